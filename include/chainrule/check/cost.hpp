// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// cost(step): what one call of a compiled function costs, for a static_assert that keeps it; of a
// matrix of derivatives, cost(hessian(f, x)), also the way in which it is computed.
// Read next: the examples.
#pragma once

#include <chainrule/call/compile.hpp>
#include <chainrule/derivative/jacobian.hpp>

namespace chainrule {

/// What one call of a compiled function costs: .operations, of them .transcendentals, of them
/// .exponentials.
template <class List, class... Storage>
constexpr call_cost cost(const compiled<List, Storage...> &) {
  return compiled<List>::program::value.cost;
}

/// What a matrix of derivatives costs, and how it is computed.
struct matrix_cost : call_cost {
  std::string_view way;
};

namespace detail {

constexpr std::string_view description_of(jacobian_way way) {
  switch (way) {
  case jacobian_way::rows:
    return "a sweep back for each row";
  case jacobian_way::columns:
    return "a sweep forward for each column";
  case jacobian_way::loop_over_rows:
    return "a loop over rows, a sweep back for each";
  default:
    return "a loop over columns, a sweep forward for each";
  }
}

} // namespace detail

/// What a jacobian(f, x) or hessian(f, x) costs, and in which .way it is computed.
template <expression Matrix>
constexpr matrix_cost cost(Matrix matrix) {
  constexpr const auto &record = detail::record<Matrix>;
  constexpr bool is_chosen =
      detail::are_derivatives<false>(record) || detail::are_derivatives<true>(record);
  return {cost(compile(matrix)), is_chosen ? detail::description_of(detail::way_of_jacobian(
                                                 record.shape.rows, record.shape.columns))
                                           : std::string_view{}};
}

} // namespace chainrule
