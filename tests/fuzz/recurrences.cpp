// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random recurrences, their slopes and for one in four second derivatives: the program that the
// library makes, run here, against the same rounds written out element by element, in 50 digits.
//   fuzz recurrences [number of formulas] [seed]

#include "fuzz.hpp"
#include "program_run.hpp"
#include "recurrent_formulas.hpp"
#include "reference.hpp"

#include <algorithm>

#include <chainrule/sparse/dependence.hpp>

namespace fuzz::in_recurrences {
namespace {

/// A formula of recurrences written out.
class written_out {
public:
  std::vector<part> parts; // the first three are what varies
  std::array<double, most_variables> at{};
  int whole_formula; // its part
  /// The next values of the last rounds, which nobody may see: a slope that is infinite there meets
  /// a flow that is 0. Of a state that nothing ever sees they do not matter.
  std::vector<int> unseen;

  explicit written_out(const recurrent_formula &of) : formula(of) {
    for (int i = 0; i < most_variables; ++i)
      parts.push_back({nullptr, {-1, -1, -1}, i, {}, 0});
    frame outside;
    for (const term variable : of.variables) {
      std::vector<int> all;
      for (const double value : of.given.at(variable->name))
        all.push_back(
            std::isfinite(value) ? constant(math::reduced(static_cast<int>(value * 16), 16)) : -1);
      for (std::size_t d = 0; d < most_variables; ++d)
        if (of.directions[d].by != nullptr && *of.directions[d].by == *variable) {
          const auto place = static_cast<std::size_t>(of.directions[d].element);
          at[d] = of.given.at(variable->name)[place];
          all[place] = static_cast<int>(d);
        }
      outside.bound.push_back({variable, all});
    }
    whole_formula = elements(of.whole, outside)[0];
  }

private:
  /// What variables stand for, in a round of a loop or outside.
  struct frame {
    const frame *around = nullptr;
    std::vector<std::pair<term, std::vector<int>>> bound;
    std::unordered_map<term, std::vector<int>> known;
  };

  const recurrent_formula &formula;

  int constant(const math::number &value) {
    parts.push_back({nullptr, {-1, -1, -1}, -1, value, 0});
    return static_cast<int>(parts.size()) - 1;
  }
  int part_of(const detail::operation_record &operation, int a, int b = -1, int c = -1) {
    parts.push_back({&operation, {a, b, c}, -1, {}, 0});
    return static_cast<int>(parts.size()) - 1;
  }
  template <class Operation>
  int part_of(int a, int b = -1) {
    return part_of(*record_of<Operation>(), a, b);
  }

  static const std::vector<int> *bound_to(term variable, const frame &here) {
    for (const frame *each = &here; each != nullptr; each = each->around)
      for (const auto &[name, value] : each->bound)
        if (*name == *variable)
          return &value;
    return nullptr;
  }
  /// Whether a round binds what stands in a part.
  static bool is_bound_anew(term part, const frame &here) {
    for (const frame *each = &here; each->around != nullptr; each = each->around)
      for (const auto &[name, value] : each->bound)
        if (stands_in(name, part))
          return true;
    return false;
  }

  const std::vector<int> &elements(term t, frame &here) {
    if (const auto known = here.known.find(t); known != here.known.end())
      return known->second;
    std::vector<int> found = elements_of(t, here);
    const recurrent_formula::direction &first = formula.directions[0];
    if (first.by != nullptr && first.is_part() && *first.by == *t && !is_bound_anew(t, here)) {
      int &varied = found[static_cast<std::size_t>(first.element)];
      varied = part_of<add_operation>(varied, 0);
    }
    return here.known[t] = found;
  }

  /// An element, repeated where there are fewer.
  int element(term t, frame &here, int i, int j) {
    const detail::shape of = t->shape;
    return elements(t, here)[static_cast<std::size_t>((of.rows == 1 ? 0 : i) * of.columns +
                                                      (of.columns == 1 ? 0 : j))];
  }
  static int whole(term number) { return static_cast<int>(number->value.numerator); }

  std::vector<int> elements_of(term t, frame &here) {
    if (*t->operation == detail::variable_record)
      return *bound_to(t, here);
    if (*t->operation == detail::number_record)
      return {constant(t->value)};
    if (detail::is_recurrence(*t))
      return of_recurrence(t, here);
    std::vector<int> result;
    for (int i = 0; i < t->shape.rows; ++i)
      for (int j = 0; j < t->shape.columns; ++j)
        result.push_back(t->operation->is_elementwise ? of_elements(t, here, i, j)
                                                      : of_matrix(t, here, i, j));
    return result;
  }

  int of_elements(term t, frame &here, int i, int j) {
    std::array<int, 3> in{-1, -1, -1};
    for (int k = 0; k < t->operand_count; ++k)
      in[static_cast<std::size_t>(k)] = element(t->operands[k], here, i, j);
    return part_of(*t->operation, in[0], in[1], in[2]);
  }

  int of_matrix(term t, frame &here, int i, int j) {
    const term a = t->operands[0];
    if (is_of<transpose_operation>(t))
      return element(a, here, j, i);
    if (is_of<rows_operation>(t))
      return element(a, here, i + whole(t->operands[1]), j);
    if (is_of<columns_operation>(t))
      return element(a, here, i, j + whole(t->operands[1]));
    if (is_of<beside_operation>(t))
      return element(a, here, i, j % a->shape.columns);
    if (is_of<rearrange_operation<detail::taken::flipped_columns>>(t))
      return element(a, here, i, a->shape.columns - 1 - j);
    if (is_of<rearrange_operation<detail::taken::every_row>>(t))
      return element(a, here, whole(t->operands[1]) + i * whole(t->operands[3]), j);
    if (is_of<gather_operation>(t))
      return element(a, here, i, whole(t->operands[1]));
    if (is_of<rearrange_operation<detail::taken::windows>>(t)) {
      const int from = 2 * j - 1; // of one element, every second, one zero before
      return 0 <= from && from < a->shape.columns ? element(a, here, i, from) : constant(0);
    }
    std::vector<int> terms;
    if (is_of<matrix_product_operation>(t)) {
      for (int k = 0; k < a->shape.columns; ++k)
        terms.push_back(part_of<multiply_operation>(element(a, here, i, k),
                                                    element(t->operands[1], here, k, j)));
    } else {
      const bool over_rows = !is_of<row_sums_operation>(t),
                 over_columns = !is_of<column_sums_operation>(t);
      for (int k = over_rows ? 0 : i; k < (over_rows ? a->shape.rows : i + 1); ++k)
        for (int l = over_columns ? 0 : j; l < (over_columns ? a->shape.columns : j + 1); ++l)
          terms.push_back(element(a, here, k, l));
    }
    int result = terms[0];
    for (std::size_t k = 1; k < terms.size(); ++k)
      result = part_of<add_operation>(result, terms[k]);
    return result;
  }

  /// Of the states of a recurrence, those that what it shows depends on.
  static std::vector<bool> seen_states(term t) {
    using known = detail::recurrence_layout;
    const known layout{*t};
    const int states = layout.number(known::states);
    std::vector<bool> result(static_cast<std::size_t>(states), false);
    if (is_of<fold_operation>(t))
      result[static_cast<std::size_t>(layout.number(known::which))] = true;
    for (int turn = 0; turn <= states; ++turn)
      for (int k = 0; k < states; ++k) {
        const term state = t->operands[layout.state(k)];
        bool is_seen = is_of<scan_operation>(t) && stands_in(state, t->operands[known::shown]);
        for (int j = 0; j < states; ++j)
          is_seen = is_seen || (result[static_cast<std::size_t>(j)] &&
                                stands_in(state, t->operands[layout.next(j)]));
        if (is_seen)
          result[static_cast<std::size_t>(k)] = true;
      }
    return result;
  }

  std::vector<int> of_recurrence(term t, frame &here) {
    const detail::recurrence_layout layout{*t};
    using known = detail::recurrence_layout;
    const int states = layout.number(known::states), inputs = layout.number(known::elements),
              capacity = layout.number(known::capacity);
    const term rounds_wanted = t->operands[known::rounds];
    const double wanted = *rounds_wanted->operation == detail::number_record
                              ? whole(rounds_wanted)
                              : formula.given.at(rounds_wanted->name)[0];
    int rounds = 0;
    while (rounds < capacity && rounds < wanted)
      ++rounds;
    const auto filled = [&](term of, frame &within, const detail::shape &to) {
      std::vector<int> result;
      for (int i = 0; i < to.rows; ++i)
        for (int j = 0; j < to.columns; ++j)
          result.push_back(element(of, within, i, j));
      return result;
    };
    std::vector<std::vector<int>> state;
    for (int k = 0; k < states; ++k)
      state.push_back(
          filled(t->operands[layout.initial(k)], here, t->operands[layout.state(k)]->shape));
    const term shown = t->operands[known::shown];
    const int width = shown->shape.columns;
    std::vector<int> path;
    const bool is_path = is_of<scan_operation>(t);
    if (is_path)
      path.assign(static_cast<std::size_t>(t->shape.size()), -1);
    const std::vector<bool> is_seen = seen_states(t);
    for (int round = 0; round < (rounds > 0 ? rounds : 1); ++round) {
      const bool is_made = round < rounds;
      const int step = is_made && layout.is_backward() ? rounds - 1 - round : round;
      frame inside;
      inside.around = &here;
      for (int k = 0; k < states; ++k)
        inside.bound.push_back({t->operands[layout.state(k)], state[static_cast<std::size_t>(k)]});
      for (int k = 0; k < inputs; ++k) {
        const term place = t->operands[layout.element(k)];
        std::vector<int> given;
        for (int i = 0; i < place->shape.rows; ++i)
          for (int j = 0; j < place->shape.columns; ++j)
            given.push_back(
                element(t->operands[layout.sequence(k)], here, i, step * place->shape.columns + j));
        inside.bound.push_back({place, given});
      }
      for (int k = 0; k < states; ++k) {
        const std::vector<int> next =
            filled(t->operands[layout.next(k)], inside, t->operands[layout.state(k)]->shape);
        if (is_seen[static_cast<std::size_t>(k)])
          unseen.insert(unseen.end(), next.begin(), next.end());
        if (is_made)
          state[static_cast<std::size_t>(k)] = next;
      }
      for (int i = 0; is_path && i < shown->shape.rows; ++i)
        for (int j = 0; j < width; ++j) {
          const int found = element(shown, inside, i, j);
          unseen.push_back(found);
          if (is_made)
            path[static_cast<std::size_t>((i * capacity + step) * width + j)] = found;
        }
    }
    if (!is_path)
      return state[static_cast<std::size_t>(layout.number(known::which))];
    for (int &each : path)
      each = each < 0 ? constant(0) : each;
    return path;
  }
};

struct counts {
  long formulas = 0, undefined = 0, extreme = 0, compared = 0, second = 0, zeros = 0, wrong = 0;
  std::vector<std::string> reports;
};

std::string text_of_term(term t) {
  detail::graph home;
  detail::text_writer out;
  detail::formula_writer(home).write(detail::lowered(home, *t, way::as_written), out);
  return {out.text.items, static_cast<std::size_t>(out.text.size)};
}

/// The recurrences in it as the records say, for the formula leaves some of that out.
void describe_recurrences(term t, std::string &to, std::vector<term> &met) {
  for (const term known : met)
    if (*known == *t)
      return;
  met.push_back(t);
  for (int i = 0; i < t->operand_count; ++i)
    describe_recurrences(t->operands[i], to, met);
  if (!detail::is_recurrence(*t))
    return;
  using known = detail::recurrence_layout;
  const known layout{*t};
  to += is_of<scan_operation>(t) ? "  scan" : "  fold";
  to += layout.is_backward() ? "_backward" : "";
  to += layout.is_recomputed() ? " (recomputed)" : "";
  to += " of " + std::to_string(layout.number(known::capacity)) + ", rounds " +
        text_of_term(t->operands[known::rounds]);
  to += is_of<scan_operation>(t) ? ", shown " + text_of_term(t->operands[known::shown])
                                 : ", state " + std::to_string(layout.number(known::which));
  for (int k = 0; k < layout.number(known::states); ++k)
    to += "\n    " + text_of_term(t->operands[layout.state(k)]) + " = " +
          text_of_term(t->operands[layout.next(k)]) + " from " +
          text_of_term(t->operands[layout.initial(k)]);
  for (int k = 0; k < layout.number(known::elements); ++k)
    to += "\n    " + text_of_term(t->operands[layout.element(k)]) + " of " +
          text_of_term(t->operands[layout.sequence(k)]);
  to += "\n";
}

std::string report(const recurrent_formula &formula, const std::string &what, double got,
                   const bounded &want, const char *how, bool is_tame) {
  std::string result = what + " of f = " + text_of_term(formula.whole) + "\n";
  std::vector<term> met;
  describe_recurrences(formula.whole, result, met);
  for (const recurrent_formula::direction &each : formula.directions)
    if (each.by != nullptr)
      result +=
          "  by element " + std::to_string(each.element) + " of " + text_of_term(each.by) + "\n";
  for (const auto &[name, values] : formula.given) {
    result += "  " + std::string(name) + " =";
    for (const double each : values)
      result += " " + std::to_string(each);
    result += "\n";
  }
  std::array<char, 300> numbers_of{};
  std::snprintf(numbers_of.data(), numbers_of.size(), "  %s: %.17g instead of %s, bound %.3Lg%s\n",
                how, got, want.value.str(20).c_str(), want.error, is_tame ? "" : " (extreme)");
  return result + numbers_of.data();
}

/// Whether an element of a slope is found to depend on an element of a variable.
bool is_foreseen(term slope, int element, const recurrent_formula::direction &by) {
  detail::graph home;
  const detail::list<int> nodes = detail::lowered(home, std::array{slope, by.by});
  const detail::list<int> slopes(1, nodes.items[0]), variables(1, nodes.items[1]);
  bool result = false;
  detail::dependence(home, variables)
      .find(slopes, element, element + 1, [&](const detail::index_range *ranges, int size) {
        for (int k = 0; k < size; ++k)
          result = result || (ranges[k].first <= by.element && by.element < ranges[k].end);
      });
  return result;
}

void one_formula(std::mt19937_64 &source, counts &count) {
  recurrent_formula formula(source);
  ++count.formulas;
  const bool with_second_order = count.formulas % 4 == 0;
  const written_out expected_of(formula);
  if (expected_of.parts.size() > 2500)
    return;
  const reference expected(expected_of.parts, expected_of.at, with_second_order);
  const jet &right = expected[expected_of.whole_formula];
  const bool are_defined =
      std::all_of(expected_of.unseen.begin(), expected_of.unseen.end(), [&expected](int each) {
        return expected[each].is_defined && expected[each].is_tame;
      });
  if (!right.is_defined || (!are_defined && right.is_tame)) {
    ++count.undefined;
    return;
  }
  std::vector<term> networks{formula.whole};
  std::vector<bounded> wanted{{right.value, size_of(right.value), right.error}};
  std::vector<std::pair<int, std::string>> names_of{{0, "value"}};
  const auto add = [&](term network, int element, const bounded &want, const std::string &name) {
    networks.push_back(network);
    wanted.push_back(want);
    names_of.push_back({element, name});
  };
  // A product that is linear in a factor, of which its derivative by that is free. Together with
  // the other derivatives it may depend on the factor (docs/limitations.md).
  const term factor = formula.all.variable("(left)", {});
  const term scaled = formula.all.of<multiply_operation>({factor, formula.whole});
  std::vector<term> forward;
  std::vector<const bounded *> forward_wanted;
  for (std::size_t i = 0; i < most_variables; ++i) {
    const recurrent_formula::direction &by = formula.directions[i];
    if (by.by == nullptr)
      continue;
    const term slope = formula.all.of<partial_operation>({formula.whole, by.by});
    add(slope, by.element, right.slope[i], "slope " + std::to_string(i));
    if (!by.is_part()) {
      forward.push_back(formula.all.of<partial_operation>(
          {formula.all.element(formula.all.of<partial_operation>({scaled, by.by}), by.element),
           factor}));
      forward_wanted.push_back(&right.slope[i]);
    }
    for (std::size_t k = i; with_second_order && k < most_variables; ++k) {
      const recurrent_formula::direction &next = formula.directions[k];
      if (next.by == nullptr)
        continue;
      std::size_t pair = 0;
      while (pair_of[pair] != std::array{i, k})
        ++pair;
      const bounded &second = right.curvature[pair];
      add(formula.all.of<partial_operation>({formula.all.element(slope, by.element), next.by}),
          next.element, second, "second derivative " + std::to_string(i) + std::to_string(k));
      if (!right.is_tame || by.is_part() || next.is_part())
        continue;
      const bool is_there = is_foreseen(slope, by.element, next);
      count.zeros += !is_there;
      if (!is_there && abs(second.value) > second.error) {
        ++count.wrong;
        count.reports.push_back(
            report(formula, "sparsity of " + names_of.back().second, 0, second, "pattern", true));
      }
    }
  }
  if (right.is_tame && !forward.empty()) {
    try {
      const made_program made(forward, way::simplified);
      const program_run run(made, formula.given);
      for (std::size_t i = 0; i < forward.size(); ++i, ++count.compared)
        if (const wide got = run.output(i).elements[0];
            !(size_of(got - forward_wanted[i]->value) <= forward_wanted[i]->error + 1e-290L))
          throw std::logic_error("forward slope " + std::to_string(i));
    } catch (const std::logic_error &error) {
      ++count.wrong;
      count.reports.push_back(
          report(formula, error.what(), 0, *forward_wanted[0], "forward", true));
      return;
    }
  }
  struct trial {
    way how;
    detail::recurrences are;
    const char *name;
  };
  for (const auto &[how, are, name] :
       {trial{way::simplified, detail::recurrences::as_loops, "simplified"},
        trial{way::as_written, detail::recurrences::as_loops, "as it is written"},
        trial{way::simplified, detail::recurrences::unrolled, "unrolled"}}) {
    if (are == detail::recurrences::unrolled && !right.is_tame)
      continue;
    std::vector<double> all;
    try {
      const made_program made(networks, how, are);
      const program_run run(made, formula.given);
      for (std::size_t i = 0; i < networks.size(); ++i)
        all.push_back(run.output(i).elements[static_cast<std::size_t>(names_of[i].first)]);
    } catch (const std::logic_error &error) { // no program
      ++count.wrong;
      count.reports.push_back(report(formula, error.what(), 0, wanted[0], name, true));
      return;
    }
    for (std::size_t i = 0; i < networks.size(); ++i) {
      const double got = all[i];
      const bounded &want = wanted[i];
      // Written out, relu(x x) at 0 is known to be x x, which has no kink.
      if (are == detail::recurrences::unrolled && names_of[i].second[1] == 'e' && want.value == 0)
        continue;
      if (!right.is_tame) {
        ++count.extreme;
        if (!are_defined || std::isfinite(got) || abs(want.value) > wide("1e300") || want.error > 1)
          continue;
      } else {
        ++count.compared;
        count.second += names_of[i].second[1] == 'e';
        if (std::isfinite(got) && size_of(wide(got) - want.value) <= want.error + 1e-290L)
          continue;
      }
      ++count.wrong;
      count.reports.push_back(report(formula, names_of[i].second, got, want, name, right.is_tame));
      return;
    }
  }
}

} // namespace
} // namespace fuzz::in_recurrences

int fuzz::search_recurrences(int count, char **arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); // what is found is seen at once
  const long formulas = count > 1 ? std::atol(arguments[1]) : 2000;
  const auto seed = static_cast<std::uint64_t>(count > 2 ? std::atoll(arguments[2]) : 1);
  std::mt19937_64 source(seed);
  in_recurrences::counts counts;
  for (long i = 0; i < formulas; ++i)
    in_recurrences::one_formula(source, counts);
  std::sort(counts.reports.begin(), counts.reports.end(),
            [](const auto &a, const auto &b) { return a.size() < b.size(); });
  for (std::size_t i = 0; i < counts.reports.size() && i < 10; ++i) // the shortest ones
    std::printf("%s", counts.reports[i].c_str());
  std::printf(
      "%ld formulas of recurrences (%ld not defined where they were tried), %ld numbers "
      "compared (%ld second derivatives, %ld of them 0 by their pattern), %ld with overflow on "
      "the way, %ld wrong\n",
      counts.formulas, counts.undefined, counts.compared, counts.second, counts.zeros,
      counts.extreme, counts.wrong);
  return counts.wrong == 0 ? 0 : 1;
}
