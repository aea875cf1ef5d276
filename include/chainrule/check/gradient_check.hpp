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

/// What forward mode finds for one variable: the derivative, and the sum of the magnitudes that
/// were added up to it, to which rounding errors are proportional.
struct forward_slope {
  double value = 0;
  double magnitude = 0;
};

/// Forward mode on the formula: the derivatives of the network with respect to the variables.
template <std::size_t Count>
constexpr std::array<forward_slope, Count>
forward_gradient(const expression_record &network, const std::array<std::uint64_t, Count> &wanted,
                 const std::array<double, Count> &at) {
  constexpr int count = static_cast<int>(Count);
  index_table places;
  list<double> values;
  list<forward_slope> slopes; // count for each value
  visit_parts(std::array{&network}, [&](const expression_record &next) {
    const int place = values.size;
    places.insert(next.fingerprint, place);
    slopes.append(count, {});
    forward_slope *const mine = slopes.items + place * count;
    if (*next.operation == number_record) {
      values.push(math::rounded<double>(next.value));
    } else if (*next.operation == variable_record) {
      values.push(0);
      for (int i = 0; i < count; ++i)
        if (wanted[static_cast<std::size_t>(i)] == next.fingerprint) {
          values.items[place] = at[static_cast<std::size_t>(i)];
          mine[i] = {1, 1};
        }
    } else {
      math::dual operands[most_operands];
      int from[most_operands] = {};
      for (int k = 0; k < next.operation->arity; ++k) {
        from[k] = places.find(next.operands[k]->fingerprint);
        operands[k].value = values.items[from[k]];
        operands[k].slope[static_cast<std::size_t>(k)] = 1;
      }
      const math::dual result = next.operation->evaluate(operands);
      values.push(result.value);
      for (int k = 0; k < next.operation->arity; ++k) {
        const double local = result.slope[static_cast<std::size_t>(k)];
        const forward_slope *const theirs = slopes.items + from[k] * count;
        for (int i = 0; local != 0 && i < count; ++i)
          if (theirs[i].magnitude != 0) {
            mine[i].value =
                math::bounded_sum(mine[i].value, math::bounded_product(local, theirs[i].value));
            mine[i].magnitude = math::bounded_sum(
                mine[i].magnitude, math::bounded_product(math::abs(local), theirs[i].magnitude));
          }
      }
    }
  });
  std::array<forward_slope, Count> result{};
  for (int i = 0; i < count; ++i)
    result[static_cast<std::size_t>(i)] =
        slopes.items[places.find(network.fingerprint) * count + i];
  return result;
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
  if constexpr (can_be_checked)
    return std::apply(
        [&](const auto &...bindings) {
          const auto slope = compile(gradient(function, Variables{}...))(
              Variables{} = static_cast<double>(bindings.value)...);
          const auto expected = detail::forward_gradient<sizeof...(Variables)>(
              detail::record<Function>, {detail::record<Variables>.fingerprint...},
              {static_cast<double>(bindings.value)...});
          bool right = true;
          for (std::size_t i = 0; i < sizeof...(Variables); ++i)
            right =
                right && math::in_range(slope.values[i]) && math::in_range(expected[i].magnitude) &&
                math::abs(slope.values[i] - expected[i].value) <= tolerance * expected[i].magnitude;
          return right;
        },
        where.bindings);
  else
    return false;
}

/// The same at values given directly, gradient_is_right(f, w = 0.25, x = 0.63).
template <expression Function, class... Variables, class... Values>
[[nodiscard]] constexpr bool gradient_is_right(Function function,
                                               const binding<Variables, Values> &...where) {
  return gradient_is_right(function, at(where...));
}

} // namespace chainrule
