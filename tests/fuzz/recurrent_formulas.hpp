// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random formulas of recurrences, as the records that their types would have, and the same written
// out: every round of every loop, element by element, as parts of a scalar formula. Names are few,
// so that variables of bodies are called as what is given, or as those of another body.

#pragma once

#include "formula.hpp"

#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <random>
#include <string>

namespace fuzz {

using term = const detail::expression_record *;

/// Makes records.
class terms {
public:
  term variable(const std::string &letter, const detail::shape &of) {
    const std::string &name =
        texts.emplace_back(letter + std::to_string(of.rows) + std::to_string(of.columns));
    return keep({.operation = &detail::variable_record,
                 .fingerprint = detail::hash(name),
                 .shape = of,
                 .name = name});
  }
  term number(const math::number &value) {
    std::uint64_t fingerprint = detail::fingerprint_of(detail::kind::number);
    for (const std::int64_t each :
         {value.numerator, value.denominator, std::int64_t{value.exponent}})
      fingerprint = detail::mix(fingerprint, static_cast<std::uint64_t>(each));
    return keep({.operation = &detail::number_record, .fingerprint = fingerprint, .value = value});
  }
  term of(const detail::operation_record &operation, const std::vector<term> &operands) {
    detail::expression_record fresh{.operation = &operation, .fingerprint = operation.fingerprint};
    for (const term operand : operands)
      fresh.fingerprint = detail::mix(fresh.fingerprint, operand->fingerprint);
    fresh.operands = operand_lists.emplace_back(operands).data();
    fresh.operand_count = static_cast<int>(operands.size());
    fresh.shape = detail::shape_of(operation, {fresh.operands, fresh.operand_count});
    return keep(fresh);
  }
  template <class Operation>
  term of(const std::vector<term> &operands) {
    return of(detail::operation_record_of<Operation>::value, operands);
  }
  term element(term of_all, int place) {
    const int columns = of_all->shape.columns;
    term result = of_all;
    if (of_all->shape.rows > 1)
      result = of<rows_operation>({result, number(place / columns), number(1)});
    return columns > 1 ? of<columns_operation>({result, number(place % columns), number(1)})
                       : result;
  }

private:
  std::deque<detail::expression_record> records;
  std::deque<std::vector<term>> operand_lists;
  std::deque<std::string> texts;

  term keep(const detail::expression_record &fresh) { return &records.emplace_back(fresh); }
};

template <class Operation>
bool is_of(term t) {
  return *t->operation == detail::operation_record_of<Operation>::value;
}

/// Whether a part stands in a term where none of its variables is bound to something else.
inline bool stands_in(term part, term t) {
  if (*t == *part)
    return true;
  for (int i = 0; i < t->operand_count; ++i) {
    bool is_bound = false;
    if (detail::is_recurrence(*t)) {
      const detail::recurrence_layout layout{*t};
      for (int k = 0; k < layout.places() && !layout.is_value(i); ++k)
        is_bound = is_bound || stands_in(t->operands[layout.variable(k)], part);
    }
    if (!is_bound && stands_in(part, t->operands[i]))
      return true;
  }
  return false;
}

/// Writes a formula, what its variables are given, and by what it is differentiated.
class recurrent_formula {
public:
  terms all;
  term whole = nullptr;
  std::vector<term> variables; // that are given
  std::map<std::string_view, std::vector<double>> given;

  /// Elements of variables, or first of a part; by is null where there are fewer.
  struct direction {
    term by = nullptr;
    int element = 0;
    bool is_part() const { return by->operand_count > 0; }
  };
  std::array<direction, most_variables> directions;

  explicit recurrent_formula(std::mt19937_64 &from) : source(from) {
    columns = 1 + choice(4);
    count_of_rounds = give("n", {1, 1});
    static constexpr double counts[]{0, 1, 2, 3, 1.5, -2, 7};
    given.begin()->second[0] =
        choice(8) == 0 ? std::numeric_limits<double>::quiet_NaN() : counts[choice(7)];
    std::vector<term> pool;
    for (const detail::shape of : {detail::shape{1, 1}, {1, 1}, {2, 1}, {2, 2}, {1, columns}})
      pool.push_back(give(pool.size() == 1 ? "y" : "x", of));
    if (columns > 1)
      pool.push_back(give("x", {2, columns}));
    pool.push_back(give("x", {2, 2 * columns}));
    grow(pool, choice(3));
    term last = recurrence(pool, 0);
    pool.push_back(last);
    if (choice(3) == 0)
      pool.push_back(recurrence(pool, 0));
    grow(pool, 1 + choice(3));
    whole = all.of<add_operation>({sum(pool.back()), sum(last)});
    choose_directions(pool);
  }

private:
  std::mt19937_64 &source;
  int columns;
  term count_of_rounds;

  int choice(int below) { return static_cast<int>(source() % static_cast<std::uint64_t>(below)); }
  template <class T>
  const T &one_of(const std::vector<T> &list) {
    return list[static_cast<std::size_t>(choice(static_cast<int>(list.size())))];
  }

  term give(const std::string &letter, const detail::shape &of) {
    const term variable = all.variable(letter, of);
    for (const term known : variables)
      if (*known == *variable)
        return known;
    variables.push_back(variable);
    std::vector<double> &values = given[variable->name];
    for (int i = 0; i < of.size(); ++i)
      values.push_back((choice(65) - 32) / 16.0);
    return variables.back();
  }

  term sum(term t) { return t->shape.is_scalar() ? t : all.of<sum_operation>({t}); }
  term small_number() {
    static constexpr std::array<std::array<int, 2>, 8> values{
        {{0, 1}, {1, 1}, {-1, 1}, {1, 2}, {2, 1}, {1, 10}, {-3, 4}, {1, 4}}};
    const auto &value = values[static_cast<std::size_t>(choice(8))];
    return all.number(math::reduced(value[0], value[1]));
  }

  /// A late term, if there is one, in a shape.
  term any(const std::vector<term> &pool) {
    const int count = static_cast<int>(pool.size());
    const int late = count < 4 ? count : 4;
    return pool[static_cast<std::size_t>(count - 1 - choice(choice(2) == 0 ? count : late))];
  }
  term any_of_shape(const std::vector<term> &pool, const detail::shape &of) {
    std::vector<term> fitting;
    for (const term each : pool)
      if (each->shape == of)
        fitting.push_back(each);
    if (fitting.empty())
      return nullptr;
    return choice(2) == 0 ? fitting.back() : one_of(fitting);
  }

  term elementwise(term a) {
    switch (choice(11)) {
    case 0:
      return all.of<negate_operation>({a});
    case 1:
      return all.of<sigmoid_operation>({a});
    case 2:
      return all.of<square_operation>({a});
    case 3: // of a square it has no kink at 0
      return all.of<relu_operation>({is_of<square_operation>(a) ? all.of<sin_operation>({a}) : a});
    case 4:
      return all.of<cos_operation>({a});
    case 5:
      return all.of<softplus_operation>({a});
    case 6:
      return all.of<exp_operation>({choice(4) == 0 ? a : all.of<tanh_operation>({a})});
    case 7:
      return all.of<multiply_operation>({small_number(), a});
    case 8:
      return all.of<log_operation>(
          {choice(4) == 0 ? a : all.of<add_operation>({all.number(1), square(a)})});
    case 9:
      return all.of<sin_operation>({a});
    default:
      return all.of<tanh_operation>({a});
    }
  }
  term square(term a) { return all.of<square_operation>({a}); }

  term pair(term a, term b) {
    switch (choice(8)) {
    case 0:
      return all.of<subtract_operation>({a, b});
    case 1:
      return all.of<max_operation>({a, b});
    case 2:
      return all.of<divide_operation>(
          {a, choice(6) == 0
                  ? b
                  : all.of<add_operation>({all.number(2), all.of<tanh_operation>({b})})});
    case 3: {
      const term condition = all.of<less_operation>({a, choice(2) == 0 ? small_number() : b});
      const term other = choice(2) == 0 ? b : small_number();
      return choice(2) == 0 ? all.of<select_operation>({condition, a, other})
                            : all.of<select_operation>({condition, other, a});
    }
    case 4:
      return all.of<add_operation>({a, b});
    default:
      return *a == *b ? square(a) : all.of<multiply_operation>({a, b});
    }
  }

  term of_matrix(term a) {
    const detail::shape of = a->shape;
    switch (choice(10)) {
    case 6:
      return all.of<rearrange_operation<detail::taken::flipped_columns>>({a});
    case 7:
      return all.of<rearrange_operation<detail::taken::every_row>>(
          {a, all.number(of.rows - 1), all.number((of.rows + 1) / 2), all.number(-2)});
    case 8:
      return all.of<rearrange_operation<detail::taken::windows>>(
          {a, all.number(1), all.number(2), all.number(1), all.number(1),
           all.number((of.columns + 3) / 2)});
    case 9:
      return all.of<gather_operation>({a, all.number(choice(of.columns))});
    case 0:
      return all.of<transpose_operation>({a});
    case 1:
      return all.of<column_sums_operation>({a});
    case 2:
      return all.of<row_sums_operation>({a});
    case 3:
      return all.element(a, choice(of.size()));
    case 4:
      return all.of<columns_operation>({a, all.number(of.columns - 1), all.number(1)});
    default:
      return of.size() > 4 ? sum(a) : all.of<beside_operation>({a, a});
    }
  }

  static bool fits(const detail::shape &a, const detail::shape &b) {
    const detail::shape whole = detail::repeated(a, b);
    return !(whole == detail::no_shape) && (whole == a || whole == b);
  }

  void grow(std::vector<term> &pool, int count) {
    for (int i = 0; i < count; ++i) {
      const term a = any(pool), b = any(pool);
      const int which = choice(8);
      if (which < 3 && !a->shape.is_scalar() && !b->shape.is_scalar() &&
          a->shape.columns == b->shape.rows)
        pool.push_back(all.of<matrix_product_operation>({a, b}));
      else if (which < 5 && fits(a->shape, b->shape))
        pool.push_back(pair(a, b));
      else if (which < 6 && !a->shape.is_scalar())
        pool.push_back(of_matrix(a));
      else
        pool.push_back(elementwise(a));
    }
  }

  /// A variable of a body, none of those that it has.
  term placeholder(const detail::shape &of, const std::vector<term> &known) {
    static const std::vector<std::string> letters{"x", "y", "h", "k", "u", "v"};
    for (;;) {
      const term result = all.variable(one_of(letters), of);
      bool is_new = true;
      for (const term other : known)
        is_new = is_new && !(*other == *result);
      if (is_new)
        return result;
    }
  }

  term recurrence(const std::vector<term> &outside, int depth) {
    std::vector<term> states, initial, next, elements, sequences, known;
    int capacity = 0;
    for (int inputs = choice(3); inputs > 0; --inputs) {
      const term sequence = any(outside);
      const int its = sequence->shape.columns;
      const int rounds = capacity > 0 ? capacity : its % 2 == 0 && choice(2) == 0 ? its / 2 : its;
      const detail::shape of{sequence->shape.rows, its / rounds};
      if (its % rounds != 0 || of.columns > 2 || of.rows > 2)
        continue;
      capacity = rounds;
      sequences.push_back(sequence);
      elements.push_back(placeholder(of, known));
      known.push_back(elements.back());
    }
    if (capacity == 0)
      capacity = 1 + choice(4);
    static constexpr detail::shape shapes[]{{1, 1}, {1, 1}, {2, 1}, {2, 2}};
    const int state_count = elements.empty() ? 1 + choice(3) : choice(4);
    for (int k = 0; k < state_count; ++k) {
      const detail::shape of = shapes[choice(4)];
      const term start = choice(6) == 0 ? small_number() : any_of_shape(outside, of);
      initial.push_back(start != nullptr ? start : small_number());
      states.push_back(placeholder(of, known));
      known.push_back(states.back());
    }
    std::vector<term> body = outside;
    for (int twice = 0; twice < 2; ++twice)
      body.insert(body.end(), known.begin(), known.end());
    grow(body, 1 + choice(4));
    if (depth < 2 && choice(3) == 0) {
      body.push_back(recurrence(body, depth + 1));
      grow(body, choice(3));
    }
    for (const term state : states) {
      term found = any_of_shape(body, state->shape);
      if (found == nullptr || choice(12) == 0)
        found = any_of_shape(body, {1, 1});
      next.push_back(found);
    }
    const bool is_path = states.empty() || choice(2) == 0;
    const term shown = !is_path || (!states.empty() && choice(3) != 0) ? next[0] : any(body);
    const bool is_short = shown->shape.columns * capacity > 8;
    const term rounds = choice(3) != 0   ? all.number(capacity)
                        : choice(2) == 0 ? all.number(choice(6) - 1)
                                         : count_of_rounds;
    std::vector<term> operands{all.number(static_cast<int>(states.size())),
                               all.number(static_cast<int>(elements.size())),
                               all.number(states.empty() ? 0 : choice(state_count)),
                               all.number(capacity),
                               all.number(choice(4)),
                               rounds,
                               is_short ? sum(shown) : shown};
    for (const std::vector<term> *each : {&states, &initial, &next, &elements, &sequences})
      operands.insert(operands.end(), each->begin(), each->end());
    return is_path ? all.of<scan_operation>(operands) : all.of<fold_operation>(operands);
  }

  void choose_directions(const std::vector<term> &pool) {
    std::size_t count = 0;
    if (choice(3) == 0)
      for (int attempt = 0; attempt < 5 && count == 0; ++attempt)
        if (const term part = one_of(pool);
            part->operand_count > 0 && !(*part == *whole) && stands_in(part, whole))
          directions[count++] = {part, choice(part->shape.size())};
    for (int attempt = 0; attempt < 9 && count < directions.size(); ++attempt) {
      const term by = one_of(variables);
      const direction next{by, choice(by->shape.size())};
      bool is_new = stands_in(by, whole) && !(*by == *count_of_rounds);
      for (const direction &other : directions)
        is_new = is_new && !(other.by == by && other.element == next.element);
      if (is_new)
        directions[count++] = next;
    }
  }
};

} // namespace fuzz
