// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The norm of a vector, or of each row or column, whose squares neither over- nor underflow, and
// what flows back through it: d|X| = X / |X|, and 0 at 0. Read next: dot.hpp.
#pragma once

#include <chainrule/operation/sum.hpp>

namespace chainrule {

namespace detail {

/// A sum of squares of which those that count are normal numbers.
template <class T>
inline constexpr T least_sum = std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon() /
                               std::numeric_limits<T>::epsilon();

/// A power of two that brings the largest element of a vector near 1 where the square of it would
/// over- or underflow, else 1.
struct norm_scale : operation {
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &largest) {
    constexpr int half = std::numeric_limits<T>::max_exponent / 2;
    constexpr auto power = math::detail::power_of_two<math::detail::working<T>>;
    if (largest > static_cast<T>(power(half - 12)))
      return static_cast<T>(power(-half - 26));
    return largest * largest < least_sum<T> ? static_cast<T>(power(half + 26)) : T(1);
  }
};

/// Whether squares neither over- nor underflow, in any lane.
template <class T>
CHAINRULE_INLINE constexpr bool are_usual(const T &sum_of_squares) {
  const auto is_usual = [](auto sum) {
    using limits = std::numeric_limits<decltype(sum)>;
    return sum >= least_sum<decltype(sum)> && sum <= limits::max();
  };
  if constexpr (math::has_lanes<T>) {
    math::lane<T> lanes[sizeof(T) / sizeof(math::lane<T>)];
    __builtin_memcpy(lanes, &sum_of_squares, sizeof lanes);
    bool result = true;
    for (const auto each : lanes)
      result &= is_usual(each);
    return result;
  } else {
    return is_usual(sum_of_squares);
  }
}

/// A norm whose squares over- or underflow; apart, as it is rarely needed.
template <int Size, class T>
constexpr void scaled_norm(T *out, const T *x) {
  T largest = math::value_of<abs_operation, T>(x[0]);
  for (int i = 1; i < Size; ++i)
    largest = math::value_of<max_operation, T>(largest, math::value_of<abs_operation, T>(x[i]));
  const T scale = math::value_of<norm_scale, T>(largest);
  const T squares = math::detail::sum_of_terms<Size, T>(
      [&](int i) { return math::value_of<square_operation, T>(T(scale * x[i])); });
  *out = math::value_of<sqrt_operation, T>(squares) / scale;
}

/// The norm of elements that lie one after another.
template <int Size, class T>
CHAINRULE_INLINE constexpr void norm_of_vector(T *out, const T *x) {
  if constexpr (math::carries_slopes<T>) {
    *out = abs_operation::value(x[0]);
    for (int i = 1; i < Size; ++i)
      *out = x[i] == T(0.0) ? *out : math::hypot(*out, x[i]);
  } else {
    T squares = T(0.0);
    if (!__builtin_is_constant_evaluated() || !std::is_floating_point_v<T>)
      math::product_of_rows<1, 1, Size>(&squares, x, x);
    if constexpr (std::is_floating_point_v<math::lane<T>>)
      if (!are_usual(squares)) {
        scaled_norm<Size>(out, x);
        return;
      }
    *out = math::value_of<sqrt_operation, T>(squares);
  }
}

/// The norm of single numbers.
struct norm_of_numbers : operation {
  static constexpr std::string_view name = "norm_of_numbers"sv;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &first, const auto &...rest) {
    const T all[]{first, rest...};
    T result = T(0.0);
    norm_of_vector<1 + int(sizeof...(rest))>(&result, all);
    return result;
  }
};

/// The norm of all elements: apart, as clang 14 makes its rules where a template calls it.
constexpr symbol norm_of_all(symbol x);

/// The name of what goes by all elements, by rows or by columns, as Sum does.
template <class Sum>
constexpr std::string_view name_as_added(std::string_view all, std::string_view rows,
                                         std::string_view columns) {
  return std::same_as<Sum, sum_operation>        ? all
         : std::same_as<Sum, row_sums_operation> ? rows
                                                 : columns;
}

/// What Sum adds up to the result's element in this row and column, or to that which it belongs to.
template <class Sum>
constexpr element_block summands(int operand, const extent &x, int row, int column) {
  const shape to = Sum::result_shape(x);
  return {operand, to.rows == 1 ? 0 : row, to.columns == 1 ? 0 : column, x.shape.rows / to.rows,
          x.shape.columns / to.columns};
}

/// What operations share that change what flows back, d, by a matrix of the same shape.
struct flow_operation : operation {
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &, const extent &by) { return by.shape; }
};

} // namespace detail

/// d - u (u . d) of a unit u, or of each that Sum adds up: twice, as what the first has rounded in
/// u's direction is what remains where d is nearly u, as in the Hessian of the norm at (100, 1).
template <class Sum>
struct tangent_operation : detail::flow_operation {
  static constexpr std::string_view name =
      detail::name_as_added<Sum>("tangent"sv, "row_tangents"sv, "column_tangents"sv);

  template <detail::extent D, detail::extent Unit, class T>
  static constexpr void run(T *out, const T *d, const T *unit) {
    constexpr detail::shape to = Sum::result_shape(Unit);
    for (int k = 0; k < Unit.shape.size(); ++k)
      out[k] = unit[k] * d[k];
    T along[std::size_t{to.size()}]{};
    Sum::template run<Unit>(along, out);
    for (int k = 0; k < Unit.shape.size(); ++k) {
      const int row = k / Unit.shape.columns, column = k % Unit.shape.columns;
      out[k] = d[k] - along[to.columns == 1 ? (to.rows == 1 ? 0 : row) : column] * unit[k];
    }
  }
  static constexpr symbols adjoint(symbol e, symbol d, symbol unit, symbol) {
    return {apply_operation<tangent_operation>(e, unit),
            -(apply_operation<Sum>(unit * d) * e + apply_operation<Sum>(unit * e) * d)};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    for (int k = 0; k < 2; ++k)
      to.push(detail::summands<Sum>(k, all.items[k], row, column));
  }
  static constexpr symbol definition(symbol d, symbol unit) {
    return d - apply_operation<Sum>(unit * d) * unit;
  }
  static constexpr symbol code(symbol original, symbol of, symbol d, symbol unit) {
    const bool absorbs = detail::absorbs(original, of);
    for (int i = 0; i < 2; ++i)
      d = d - apply_operation<Sum>(detail::product_with(d, unit, absorbs)) * unit;
    return d;
  }
};

namespace detail {

/// An element of a unit vector.
struct unit_of_number : operation {
  static constexpr std::string_view name = "unit_of_number"sv;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &norm) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated())
        return absorbed::value(norm, T(x / norm));
    return norm == T(0.0) ? T(0.0) : T(x / norm);
  }
};

} // namespace detail

/// x / r of the norm r of x, and 0 where that is 0; of each row or column, as Sum adds them up. An
/// operation of its own: in the quotient alone derivatives by r overflow far from 1.
template <class Sum>
struct unit_operation : operation {
  static constexpr std::string_view name =
      detail::name_as_added<Sum>("unit"sv, "row_units"sv, "column_units"sv);
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true; // its derivatives divide by the norm

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &) {
    return x.shape;
  }
  template <detail::extent X, detail::extent Norm, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *norm) {
    if constexpr (Norm.shape.columns == 1) {
      constexpr int size = X.shape.size() / Norm.shape.rows;
      for (int i = 0; i < Norm.shape.rows; ++i)
        of_vector<size>(out + i * size, x + i * size, norm[i]);
    } else {
      for (int k = 0; k < X.shape.size(); ++k)
        out[k] = math::value_of<detail::unit_of_number, T>(x[k], norm[k % Norm.shape.columns]);
    }
  }
  // (D - u (u . D)) / |x|, of x and of the norm with it
  static constexpr symbols adjoint(symbol d, symbol, symbol norm, symbol unit) {
    return {apply_operation<tangent_operation<Sum>>(detail::filled(d, unit.shape()), unit) / norm,
            symbol{}};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const detail::shape norm = all.items[1].shape;
    to.push({0, row, column});
    to.push({1, norm.rows == 1 ? 0 : row, norm.columns == 1 ? 0 : column});
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return apply_operation<detail::unit_of_number>(of.items[0], of.items[1]);
  }
  static constexpr symbol definition(symbol x, symbol norm) {
    const symbol zero = x.home->constant(0);
    return select(norm <= zero, zero, 1 / norm) * x;
  }

private:
  template <int Size, class T>
  CHAINRULE_INLINE static constexpr void of_vector(T *out, const T *x, const T &norm) {
    if constexpr (std::is_floating_point_v<T>)
      if (norm >= std::numeric_limits<T>::min()) { // else 1 / norm may be infinite
        const T factor = T(1) / norm;
        for (int i = 0; i < Size; ++i)
          out[i] = factor * x[i];
        return;
      }
    for (int i = 0; i < Size; ++i)
      out[i] = math::value_of<detail::unit_of_number, T>(x[i], norm);
  }
};

/// The square root of the sum of the squares of all elements, or of each row or column, as Sum adds
/// them up; its derivative at 0 is 0.
template <class Sum>
struct norms_operation : operation {
  static constexpr std::string_view name =
      detail::name_as_added<Sum>("norm"sv, "row_norms"sv, "column_norms"sv);
  static constexpr positivity is_positive = positivity::never_negative;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return Sum::result_shape(x);
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr detail::shape to = Sum::result_shape(X);
    constexpr int size = X.shape.size() / to.size();
    if constexpr (to.columns == 1) {
      for (int i = 0; i < to.rows; ++i)
        detail::norm_of_vector<size>(out + i, x + i * size);
    } else {
      for (int j = 0; j < to.columns; ++j) {
        T column[std::size_t{size}]{};
        for (int i = 0; i < size; ++i)
          column[i] = x[i * to.columns + j];
        detail::norm_of_vector<size>(out + j, column);
      }
    }
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    return {d * apply_operation<unit_operation<Sum>>(x, result)};
  }
  static constexpr symbol simplified(symbol x) {
    const detail::shape to = Sum::result_shape({x.shape()});
    if (to == x.shape())
      return sqrt(square(x)); // |x| where x is real
    if (to.is_scalar() && !std::same_as<Sum, sum_operation>)
      return detail::norm_of_all(x);
    const symbol other = detail::without_sign(x);
    return other.exists() ? apply_operation<norms_operation>(other) : other;
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    to.push(detail::summands<Sum>(0, all.items[0], row, column));
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return apply_operation<detail::norm_of_numbers>(of);
  }
  static constexpr symbol squared(symbol x) { return apply_operation<Sum>(square(x)); }
  static constexpr symbol definition(symbol x) { return sqrt(squared(x)); }
};
using norm_operation = norms_operation<sum_operation>;

constexpr symbol detail::norm_of_all(symbol x) { return apply_operation<norm_operation>(x); }

} // namespace chainrule
