// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// gradient_is_right(f, at(...)): the compiled gradient against forward-mode dual numbers that run
// through the formula as it was written, without graph, rewrite or derivative rule. In a
// static_assert or at run time, in double.
// Read next: cost.hpp.
#pragma once

#include <chainrule/evaluate/compile.hpp>

namespace chainrule {
namespace detail {

/// What forward mode finds for one direction: the derivative, and the sum of the magnitudes that
/// were added up to it, to which rounding errors are proportional.
struct forward_slope {
  double value = 0;
  double magnitude = 0;
};

/// Forward mode on the formula: values and slopes of all elements of all parts. It knows nothing of
/// graphs, rewrites, adjoints or kernels.
class forward_mode {
public:
  constexpr explicit forward_mode(int directions) : count(directions) {}

  /// The parts whose values are given: each of their elements is a direction.
  constexpr void give(const expression_record &variable, const double *given, int first) {
    const int place = fresh(variable);
    for (int i = 0; i < variable.of.size(); ++i) {
      values.items[place + i] = given[i];
      slope(place + i)[first + i] = {1, 1};
    }
  }

  constexpr const forward_slope *run(const expression_record &network) {
    visit_parts(std::array{&network}, [&](const expression_record &next) {
      if (places.find(next.fingerprint) >= 0)
        return;
      const int out = fresh(next);
      if (*next.operation == number_record)
        values.items[out] = math::rounded<double>(next.value);
      else if (next.operation->is_elementwise)
        elementwise(next, out);
      else
        structural(next, out);
    });
    return slope(places.find(network.fingerprint));
  }

private:
  int count; // of directions
  index_table places;
  list<double> values;
  list<forward_slope> slopes; // count for each value

  constexpr forward_slope *slope(int place) const { return slopes.items + place * count; }
  constexpr int place_of(const expression_record &part) const {
    return places.find(part.fingerprint);
  }

  constexpr int fresh(const expression_record &part) {
    const int place = values.size;
    places.insert(part.fingerprint, place);
    values.append(part.of.size(), 0);
    slopes.append(part.of.size() * count, {});
    return place;
  }

  /// The slopes of `to` grow by factor times those of `from`.
  constexpr void flow(int to, int from, double factor) {
    if (factor == 0)
      return;
    forward_slope *const mine = slope(to);
    const forward_slope *const theirs = slope(from);
    for (int i = 0; i < count; ++i)
      if (theirs[i].magnitude != 0) {
        mine[i].value =
            math::bounded_sum(mine[i].value, math::bounded_product(factor, theirs[i].value));
        mine[i].magnitude = math::bounded_sum(
            mine[i].magnitude, math::bounded_product(math::abs(factor), theirs[i].magnitude));
      }
  }

  /// value(to) += value(from), slopes too.
  constexpr void add(int to, int from) {
    values.items[to] = math::bounded_sum(values.items[to], values.items[from]);
    flow(to, from, 1);
  }

  /// Each element by the value rule of the operation, run on dual numbers.
  constexpr void elementwise(const expression_record &next, int out) {
    for (int i = 0; i < next.of.rows; ++i)
      for (int j = 0; j < next.of.columns; ++j) {
        math::dual operands[3]; // as many as a dual number has slopes
        int from[3] = {};
        for (int k = 0; k < next.operand_count; ++k) {
          const shape &of = next.operands[k]->of;
          from[k] = place_of(*next.operands[k]) + (of.rows == 1 ? 0 : i * of.columns) +
                    (of.columns == 1 ? 0 : j);
          operands[k].value = values.items[from[k]];
          operands[k].slope[static_cast<std::size_t>(k)] = 1;
        }
        const math::dual result = next.on_duals(operands);
        const int to = out + i * next.of.columns + j;
        values.items[to] = result.value;
        for (int k = 0; k < next.operand_count; ++k)
          flow(to, from[k], result.slope[static_cast<std::size_t>(k)]);
      }
  }

  /// The element (i, j) of the operand k.
  constexpr int at(const expression_record &next, int k, int i, int j) const {
    return place_of(*next.operands[k]) + i * next.operands[k]->of.columns + j;
  }
  static constexpr int number_in(const expression_record &next, int k) {
    return static_cast<int>(next.operands[k]->value.numerator);
  }
  template <class Operation>
  static constexpr bool is(const expression_record &next) {
    return *next.operation == operation_record_of<Operation>::value;
  }

  constexpr void structural(const expression_record &next, int out) {
    const shape &from = next.operands[0]->of;
    if (is<softmax_operation>(next) || is<log_softmax_operation>(next) ||
        is<logsumexp_operation>(next)) {
      for (int j = 0; j < from.columns; ++j)
        exponentials(next, out, j);
      return;
    }
    if (is<norm_operation>(next)) {
      euclidean(next, out);
      return;
    }
    if (is<largest_operation>(next)) {
      largest(next, out);
      return;
    }
    for (int i = 0; i < next.of.rows; ++i)
      for (int j = 0; j < next.of.columns; ++j) {
        const int to = out + i * next.of.columns + j;
        if (is<matrix_product_operation>(next)) {
          for (int k = 0; k < from.columns; ++k) {
            const int a = at(next, 0, i, k), b = at(next, 1, k, j);
            values.items[to] = math::bounded_sum(
                values.items[to], math::bounded_product(values.items[a], values.items[b]));
            flow(to, a, values.items[b]);
            flow(to, b, values.items[a]);
          }
        } else if (is<sum_operation>(next)) {
          for (int k = 0; k < from.size(); ++k)
            add(to, at(next, 0, 0, k));
        } else if (is<row_sums_operation>(next)) {
          for (int k = 0; k < from.columns; ++k)
            add(to, at(next, 0, i, k));
        } else if (is<column_sums_operation>(next)) {
          for (int k = 0; k < from.rows; ++k)
            add(to, at(next, 0, k, j));
        } else if (is<transpose_operation>(next)) {
          add(to, at(next, 0, j, i));
        } else if (is<rows_operation>(next)) {
          add(to, at(next, 0, number_in(next, 1) + i, j));
        } else if (is<columns_operation>(next)) {
          add(to, at(next, 0, i, number_in(next, 1) + j));
        } else if (is<stack_operation>(next)) {
          add(to, i < from.rows ? at(next, 0, i, j) : at(next, 1, i - from.rows, j));
        } else if (is<beside_operation>(next)) {
          add(to, j < from.columns ? at(next, 0, i, j) : at(next, 1, i, j - from.columns));
        } else { // reshape
          add(to, at(next, 0, 0, i * next.of.columns + j));
        }
      }
  }

  /// The mean of the slopes of the elements that are the largest.
  constexpr void largest(const expression_record &next, int out) {
    const int first = at(next, 0, 0, 0), size = next.operands[0]->of.size();
    double &result = values.items[out], count = 0;
    result = values.items[first];
    for (int k = 1; k < size; ++k)
      result = result < values.items[first + k] ? values.items[first + k] : result;
    for (int k = 0; k < size; ++k)
      count += values.items[first + k] == result ? 1 : 0;
    for (int k = 0; k < size; ++k)
      if (values.items[first + k] == result)
        flow(out, first + k, 1 / count);
  }

  /// d|x| = sum x_k dx_k / |x|, and 0 at 0.
  constexpr void euclidean(const expression_record &next, int out) {
    const int first = at(next, 0, 0, 0), size = next.operands[0]->of.size();
    double squares = 0;
    for (int k = 0; k < size; ++k)
      squares = math::bounded_sum(
          squares, math::bounded_product(values.items[first + k], values.items[first + k]));
    values.items[out] = math::sqrt(squares);
    for (int k = 0; k < size; ++k)
      if (squares > 0)
        flow(out, first + k, math::bounded_quotient(values.items[first + k], values.items[out]));
  }

  /// Softmax and its relatives of one column: a_i = e_i / s, da_i = a_i (dz_i - sum a_k dz_k).
  constexpr void exponentials(const expression_record &next, int out, int column) {
    const shape &from = next.operands[0]->of;
    double largest = values.items[at(next, 0, 0, column)], sum = 0;
    for (int i = 1; i < from.rows; ++i)
      if (values.items[at(next, 0, i, column)] > largest)
        largest = values.items[at(next, 0, i, column)];
    list<double> shares;
    for (int i = 0; i < from.rows; ++i) {
      shares.push(math::exp(values.items[at(next, 0, i, column)] - largest));
      sum += shares.items[i];
    }
    for (int i = 0; i < from.rows; ++i)
      shares.items[i] /= sum;
    for (int i = 0; i < next.of.rows; ++i) {
      const int to = out + i * next.of.columns + column;
      const double share = shares.items[i];
      const bool is_row = is<logsumexp_operation>(next);
      const bool is_logarithm = is<log_softmax_operation>(next);
      const double shifted = values.items[at(next, 0, i, column)] - largest;
      values.items[to] = is_row         ? largest + math::log(sum)
                         : is_logarithm ? shifted - math::log(sum)
                                        : share;
      for (int k = 0; k < from.rows; ++k) {
        const double own = k == i ? 1 : 0;
        flow(to, at(next, 0, k, column),
             is_row         ? shares.items[k]
             : is_logarithm ? own - shares.items[k]
                            : share * (own - shares.items[k]));
      }
    }
  }
};

/// Hands a variable's values to forward mode; `first` is its first direction.
template <class Variable, class Value>
constexpr void give_values(forward_mode &forward, const binding<Variable, Value> &given,
                           int &first) {
  if constexpr (std::same_as<Value, double>)
    forward.give(record<Variable>, &given.value, first);
  else if constexpr (!std::same_as<element_type<binding<Variable, Value>>, double>)
    return; // the call says what is wrong
  else if constexpr (is_in_rows<Variable, Value>)
    forward.give(record<Variable>, row_by_row(given).value.data(), first);
  else
    forward.give(record<Variable>, elements_of<Value>::first(given.value), first);
  first += record<Variable>.of.size();
}

/// Whether a matrix of other numbers than double has the shape of the variable, as far as its type
/// tells.
template <class Variable, class Value>
constexpr bool can_be_converted() {
  using given = elements_of<Value>;
  return std::is_arithmetic_v<typename given::type> &&
         !std::same_as<typename given::type, double> && given::in_a_row > 0 &&
         (given::count == size_of<Variable> ||
          (given::count == 0 && !is_in_rows<Variable, Value>)) &&
         have_equal_rows(record<Variable>.of, shape_told<Value>);
}

/// The value in double. What does not fit the variable stays, and the call says what is wrong.
template <class Variable, class Value>
constexpr auto in_double(const binding<Variable, Value> &given) {
  using type = element_type<binding<Variable, Value>>;
  type unused{};
  if constexpr (record<Variable>.of.is_scalar() && std::is_constructible_v<double, type>) {
    const type *const number = place_of<type, void>(given.value, unused);
    return binding<Variable, double>{static_cast<double>(*number)};
  } else if constexpr (record<Variable>.of.is_scalar() || !can_be_converted<Variable, Value>()) {
    return given;
  } else {
    const auto rows = row_by_row(given);
    const type *const from = place_of<type, Variable>(rows.value, unused);
    matrix<double, record<Variable>.of.rows, record<Variable>.of.columns> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result.values[i] = static_cast<double>(from[i]);
    return binding<Variable, decltype(result)>{result};
  }
}

template <class... Bindings>
constexpr auto in_double(const point<Bindings...> &where) {
  return std::apply(
      [](const auto &...given) {
        return point<decltype(in_double(given))...>{{in_double(given)...}};
      },
      where.bindings());
}

template <class Function>
constexpr bool contains_partial() {
  bool result = false;
  visit_parts(std::array{&record<Function>}, [&](const expression_record &part) {
    result = result || *part.operation == operation_record_of<partial_operation>::value;
  });
  return result;
}

} // namespace detail

/// Whether the gradient with respect to every variable agrees with forward mode at the point:
/// |difference| <= tolerance * (sum of the magnitudes that forward mode adds up). A point where
/// the formula as written overflows or cancels is no point to check at: the formula is wrong
/// there, and the gradient, taken of the stable form, is not.
template <expression Function, class... Variables, class... Values>
[[nodiscard]] constexpr bool
gradient_is_right(Function function, const detail::point<binding<Variables, Values>...> &where,
                  double tolerance = 1e-12) {
  constexpr bool can_be_checked = !detail::contains_partial<Function>();
  static_assert(can_be_checked, "gradient_is_right(f, at(...)): f contains partial(...), which "
                                "forward mode cannot run; check the function that is "
                                "differentiated there");
  using slope_of = decltype(gradient(function, Variables{}...));
  using step = decltype(compile(slope_of{}));
  if constexpr (can_be_checked &&
                std::same_as<slope_of, gradient_of<Function, detail::keys<Variables...>>>)
    if constexpr (detail::are_arguments<typename step::program, binding<Variables, Values>...>())
      return std::apply(
          [&](const auto &...bindings) {
            const auto slope = step{}(bindings...);
            detail::forward_mode forward(static_cast<int>(slope.count));
            int first = 0;
            (detail::give_values(forward, bindings, first), ...);
            const detail::forward_slope *const expected = forward.run(detail::record<Function>);
            bool right = true;
            for (std::size_t i = 0; i < slope.count; ++i)
              right = right && math::in_range(slope.values[i]) &&
                      math::in_range(expected[i].magnitude) &&
                      math::abs(slope.values[i] - expected[i].value) <=
                          tolerance * expected[i].magnitude;
            return right;
          },
          detail::in_double(where).bindings());
  return true; // the one error is said; false would add that of a static_assert
}

/// The same at values given directly, gradient_is_right(f, w = 0.25, x = 0.63), or by a pack of
/// parameters.
template <expression Function, class... Given>
  requires(... && (detail::is_binding<Given>::value || detail::is_point<Given>))
[[nodiscard]] constexpr bool gradient_is_right(Function function, const Given &...where) {
  return gradient_is_right(function, at(where...));
}

} // namespace chainrule
