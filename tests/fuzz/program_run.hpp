// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The program of networks that are known only at run time, made as the compiler makes it up to the
// workspace, and run as code/run.hpp and code/rounds.hpp would: groups one after another, matrices
// in the workspace. What a group needs no longer is NaN afterwards.

#pragma once

#include "shaped.hpp"

#include <map>
#include <stdexcept>

namespace fuzz {

/// What detail::program is, of sizes known at run time.
struct run_time_program {
  template <class T>
  struct indexed { // by numbers of any type
    std::vector<T> all;
    T &operator[](auto i) { return all.at(static_cast<std::size_t>(i)); }
    const T &operator[](auto i) const { return all.at(static_cast<std::size_t>(i)); }
  };
  template <class T, int Which>
  struct run_time_list {
    static inline std::size_t count = 0;
    indexed<T> items{std::vector<T>(count)};
    std::size_t size() const { return items.all.size(); }
    auto begin() const { return items.all.begin(); }
    auto end() const { return items.all.end(); }
  };
  run_time_list<detail::variable_name, 0> variables;
  run_time_list<detail::variable_name, 1> mentioned;
  run_time_list<math::number, 2> constants;
  run_time_list<detail::instruction, 3> code;
  run_time_list<int, 4> inputs;
  run_time_list<detail::group, 5> groups;
  run_time_list<detail::placing, 6> placings;
  run_time_list<int, 7> outputs;
  run_time_list<detail::recurrence, 8> loops;
  run_time_list<detail::link, 9> links;
  run_time_list<detail::shape, 10> place_shapes;
  run_time_list<detail::element_of_variable, 11> elements;
  int workspace = 0;
  call_cost cost;

  static inline int first_element, first_place, first_constant, first_number_place, first_result;
  static inline bool has_placings, has_loops;

  static void set_sizes(const detail::program_size &size) {
    decltype(variables)::count = size.variables;
    decltype(mentioned)::count = size.mentioned;
    decltype(constants)::count = size.constants;
    decltype(code)::count = size.code;
    decltype(inputs)::count = size.inputs;
    decltype(groups)::count = size.groups;
    decltype(placings)::count = size.placings;
    decltype(outputs)::count = size.outputs;
    decltype(loops)::count = size.loops;
    decltype(links)::count = size.links;
    decltype(place_shapes)::count = size.matrix_places;
    decltype(elements)::count = size.elements;
    first_element = static_cast<int>(size.variables);
    first_place = first_element + static_cast<int>(size.elements);
    first_constant = first_place + static_cast<int>(size.matrix_places);
    first_number_place = first_constant + static_cast<int>(size.constants);
    first_result = first_number_place + static_cast<int>(size.number_places);
    has_placings = size.placings > 0;
    has_loops = size.loops > 0;
  }

  std::size_t outer_groups() const {
    return has_loops ? static_cast<std::size_t>(loops.items[0].first_group) : groups.size();
  }
  detail::extent extent_of(int place) const {
    const auto at = [place](int first) { return static_cast<std::size_t>(place - first); };
    if (place < 0)
      throw std::logic_error("what is read has no register");
    if (place < first_element)
      return {variables.items[at(0)].shape};
    if (place < first_place)
      return {};
    if (place < first_constant)
      return {place_shapes.items[at(first_place)]};
    if (place >= first_number_place && place < first_result)
      return {};
    if (place < first_result) {
      const math::number &value = constants.items[at(first_constant)];
      return {{}, value.denominator == 1 ? value.numerator : -1};
    }
    if (!has_placings)
      return {};
    return {groups.items[static_cast<std::size_t>(placings.items[at(first_result)].group)].shape};
  }
};

/// The program of networks, and the operations of its instructions.
struct made_program {
  run_time_program program;
  std::vector<const detail::operation_record *> operations;
  std::vector<detail::shape> shapes; // of the outputs, which may be taken apart

  made_program(const std::vector<const detail::expression_record *> &networks, way how,
               detail::recurrences are = detail::recurrences::as_loops) {
    const detail::part_list all = detail::parts_in(networks, how);
    detail::construction work({all.all.items, all.operands.items, all.all.size, true, are});
    while (work.now != detail::construction::is_done) {
      work.home.calls = 0;
      work.run(all.outputs.items, all.outputs.size);
    }
    run_time_program::set_sizes(detail::size_of_program(work));
    program = detail::program_from<run_time_program>(work);
    detail::plan_workspace(program);
    for (const detail::expression_record *network : networks)
      shapes.push_back(network->shape);
    for (const int index : work.plan.order)
      operations.push_back(work.home.nodes.items[index].operation);
  }
};

/// A program while it runs.
class program_run {
public:
  /// The values of variables by their names, row by row.
  program_run(const made_program &what,
              const std::map<std::string_view, std::vector<double>> &given)
      : plan(what.program), operations(what.operations), shapes(what.shapes),
        registers(static_cast<std::size_t>(plan.first_result) + plan.code.size(), unknown),
        matrices(registers.size(), nullptr), own(registers.size()),
        workspace(static_cast<std::size_t>(plan.workspace), unknown) {
    for (std::size_t i = 0; i < plan.variables.size(); ++i)
      matrices[i] = given.at(plan.variables.items[i].text).data();
    for (std::size_t i = 0; i < plan.elements.size(); ++i) {
      const detail::element_of_variable &of = plan.elements.items[i];
      matrices[static_cast<std::size_t>(plan.first_element) + i] =
          matrices[static_cast<std::size_t>(of.variable)] + of.place;
    }
    for (std::size_t i = 0; i < plan.constants.size(); ++i)
      registers[static_cast<std::size_t>(plan.first_constant) + i] =
          math::rounded<double>(plan.constants.items[i]);
    for (std::size_t i = 0; plan.has_placings && i < plan.code.size(); ++i) {
      const std::size_t here = static_cast<std::size_t>(plan.first_result) + i;
      const detail::placing place = plan.placings.items[i];
      if (place.turned >= 0) {
        matrices[here] = matrices[static_cast<std::size_t>(place.turned)];
        continue;
      }
      own[here].assign(static_cast<std::size_t>(shape_of(here).size()), unknown);
      matrices[here] = place.offset < 0 ? own[here].data()
                                        : workspace.data() + static_cast<std::size_t>(place.offset);
    }
    run_groups(0, plan.outer_groups());
  }

  numbers output(std::size_t which) const {
    if (plan.outputs.size() == shapes.size())
      return read(static_cast<std::size_t>(plan.outputs.items[which]));
    numbers result(shapes[which]);
    std::size_t first = 0;
    for (std::size_t i = 0; i < which; ++i)
      first += static_cast<std::size_t>(shapes[i].size());
    for (std::size_t i = 0; i < result.elements.size(); ++i)
      result.elements[i] =
          read(static_cast<std::size_t>(plan.outputs.items[first + i])).elements[0];
    return result;
  }

private:
  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  const run_time_program &plan;
  const std::vector<const detail::operation_record *> &operations;
  const std::vector<detail::shape> &shapes;
  std::vector<double> registers;        // numbers, but for variables
  std::vector<const double *> matrices; // and variables that are numbers
  std::vector<std::vector<double>> own; // of what is not in the workspace
  std::vector<double> workspace;

  detail::shape shape_of(std::size_t place) const {
    return plan.extent_of(static_cast<int>(place)).shape;
  }
  bool is_number(std::size_t place) const { return shape_of(place).is_scalar(); }
  double number(std::size_t place) const {
    return place < static_cast<std::size_t>(plan.first_constant) ? *matrices[place]
                                                                 : registers[place];
  }
  const double *begin_of(std::size_t place) const {
    return is_number(place) && place >= static_cast<std::size_t>(plan.first_constant)
               ? &registers[place]
               : matrices[place];
  }
  double *result(std::size_t place) { // not of variables
    return is_number(place) ? &registers[place] : const_cast<double *>(matrices[place]);
  }
  numbers read(std::size_t place) const {
    numbers all(shape_of(place));
    for (std::size_t i = 0; i < all.elements.size(); ++i)
      all.elements[i] = begin_of(place)[i];
    return all;
  }

  std::vector<std::size_t> operands(std::size_t instruction) const {
    const detail::instruction &what = plan.code.items[instruction];
    std::vector<std::size_t> all;
    for (int k = 0; k < what.input_count; ++k)
      all.push_back(static_cast<std::size_t>(
          plan.inputs.items[static_cast<std::size_t>(what.first_input + k)]));
    return all;
  }

  void run_groups(std::size_t first, std::size_t count) {
    for (std::size_t g = first; g < first + count; ++g)
      run_group(g);
  }
  void run_group(std::size_t g) {
    const detail::group &here = plan.groups.items[g];
    const auto first = static_cast<std::size_t>(here.first),
               count = static_cast<std::size_t>(here.count);
    if (here.role == detail_role::loop) {
      for (const detail::recurrence &loop : plan.loops)
        if (loop.group == static_cast<int>(g))
          run_recurrence(loop);
    } else if (here.role == detail_role::seen ||
               (plan.has_placings && plan.placings.items[first].turned >= 0)) {
      return;
    } else if (here.is_elementwise) {
      for (int i = 0; i < here.shape.rows; ++i)
        for (int j = 0; j < here.shape.columns; ++j)
          for (std::size_t k = first; k < first + count; ++k)
            run_element(k, i, j);
    } else {
      run_kernel(first);
    }
    // What is in no place of the workspace is there for its group alone.
    for (std::size_t k = first; k < first + count; ++k)
      if (plan.has_placings && plan.placings.items[k].offset < 0 && plan.code.items[k].output < 0 &&
          here.role == detail_role::none && !here.shape.is_scalar())
        own[static_cast<std::size_t>(plan.first_result) + k].assign(
            static_cast<std::size_t>(here.shape.size()), unknown);
  }
  using detail_role = loop_role;

  void run_element(std::size_t instruction, int i, int j) {
    std::array<double, most_operands> in{};
    std::size_t count = 0;
    for (const std::size_t from : operands(instruction)) {
      const detail::shape of = shape_of(from);
      in.at(count++) =
          begin_of(from)[(of.rows == 1 ? 0 : i) * of.columns + (of.columns == 1 ? 0 : j)];
    }
    const value_rule rule = rule_of(*operations[instruction]);
    if (rule == nullptr) // an operation that is missing in `steps`
      throw std::logic_error("no rule is known here of " +
                             std::string(operations[instruction]->name));
    const std::size_t to = static_cast<std::size_t>(plan.first_result) + instruction;
    result(to)[i * shape_of(to).columns + j] = rule(in.data(), static_cast<int>(count));
  }

  void run_kernel(std::size_t instruction) {
    const std::size_t to = static_cast<std::size_t>(plan.first_result) + instruction;
    std::vector<numbers> copies;
    for (const std::size_t from : operands(instruction)) {
      copies.push_back(read(from));
      const double *const begin = begin_of(from), *const out = result(to);
      if (begin < out + shape_of(to).size() && out < begin + shape_of(from).size())
        throw std::logic_error("a kernel writes what it reads");
    }
    std::vector<const numbers *> in;
    for (const numbers &each : copies)
      in.push_back(&each);
    numbers found(shape_of(to));
    run_shaped(*operations[instruction], found, in);
    copy(result(to), found.elements.data(), found.elements.size());
  }

  static void copy(double *to, const double *from, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      to[i] = from[i];
  }

  /// As code/rounds.hpp says.
  void run_recurrence(const detail::recurrence &loop) {
    const std::size_t first = static_cast<std::size_t>(loop.first_link),
                      end = first + static_cast<std::size_t>(loop.link_count);
    const double wanted = number(static_cast<std::size_t>(loop.rounds));
    int rounds = 0;
    while (rounds < loop.capacity && rounds < wanted)
      ++rounds;
    for (std::size_t l = first; l < end; ++l)
      begin_link(plan.links.items[l]);
    for (int round = 0; round < rounds; ++round) {
      const int t = loop.is_backward ? rounds - 1 - round : round;
      for (std::size_t l = first; l < end; ++l)
        give_link(plan.links.items[l], t);
      run_groups(static_cast<std::size_t>(loop.first_group),
                 static_cast<std::size_t>(loop.group_count));
      std::vector<double> next;
      for (std::size_t l = first; l < end; ++l) {
        take_link(plan.links.items[l], t, round);
        next.push_back(plan.links.items[l].what == detail::link::state
                           ? *begin_of(static_cast<std::size_t>(plan.links.items[l].next))
                           : 0);
      }
      for (std::size_t l = first; l < end; ++l)
        move_link(plan.links.items[l], next[l - first], round);
    }
    for (std::size_t l = first; l < end; ++l)
      end_link(plan.links.items[l], rounds);
  }

  std::size_t size_of_link(const detail::link &here) const {
    const bool is_seen = here.what == detail::link::sequence || here.what == detail::link::total;
    return static_cast<std::size_t>(
        shape_of(static_cast<std::size_t>(is_seen ? here.from : here.place)).size());
  }
  double *buffer(const detail::link &here, int round) {
    const std::size_t whole = (size_of_link(here) + 7) / 8 * 8;
    return workspace.data() + static_cast<std::size_t>(here.buffer) + (round % 2 != 0 ? whole : 0);
  }
  void set_place(const detail::link &here, const double *at) {
    const auto place = static_cast<std::size_t>(here.place);
    if (size_of_link(here) == 1)
      registers[place] = *at;
    else
      matrices[place] = at;
  }

  void begin_link(const detail::link &here) {
    const auto place = static_cast<std::size_t>(here.place);
    if (here.what == detail::link::state)
      set_place(here, begin_of(static_cast<std::size_t>(here.from)));
    if (here.what == detail::link::total)
      for (std::size_t i = 0; i < size_of_link(here); ++i)
        result(place)[i] = 0;
  }
  void give_link(const detail::link &here, int t) {
    if (here.what != detail::link::element)
      return;
    const auto from = static_cast<std::size_t>(here.from);
    if (is_number(from) && size_of_link(here) > 1)
      throw std::logic_error("a sequence of matrices is a number");
    set_place(here, begin_of(from) +
                        (is_number(from) ? 0 : static_cast<std::size_t>(t) * size_of_link(here)));
  }
  void take_link(const detail::link &here, int t, int round) {
    const auto place = static_cast<std::size_t>(here.place);
    const std::size_t size = size_of_link(here);
    const double *const from = begin_of(static_cast<std::size_t>(here.from));
    if (here.what == detail::link::sequence)
      copy(result(place) + static_cast<std::size_t>(t) * size, from, size);
    else if (here.what == detail::link::total)
      for (std::size_t i = 0; i < size; ++i)
        result(place)[i] += from[i];
    else if (here.what == detail::link::state && size > 1)
      copy(buffer(here, round), begin_of(static_cast<std::size_t>(here.next)), size);
  }
  void move_link(const detail::link &here, double next, int round) {
    if (here.what == detail::link::state)
      set_place(here, size_of_link(here) == 1 ? &next : buffer(here, round));
  }
  void end_link(const detail::link &here, int rounds) {
    const auto place = static_cast<std::size_t>(here.place);
    if (here.what == detail::link::last)
      copy(result(place), begin_of(static_cast<std::size_t>(here.from)), size_of_link(here));
    if (here.what == detail::link::sequence)
      for (std::size_t i = static_cast<std::size_t>(rounds) * size_of_link(here);
           i < static_cast<std::size_t>(shape_of(place).size()); ++i)
        result(place)[i] = 0;
  }
};

} // namespace fuzz
