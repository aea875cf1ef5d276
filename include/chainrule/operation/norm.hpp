// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The norm of a vector, whose squares neither over- nor underflow, and what flows back through it:
// d|X| = X / |X|, and 0 at 0.
// Read next: dot.hpp.
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

} // namespace detail

/// The square root of the sum of the squares of all elements; its derivative at 0 is 0.
struct norm_operation : operation {
  static constexpr std::string_view name = "norm"sv;
  static constexpr positivity is_positive = positivity::never_negative;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr int size = X.shape.size();
    if constexpr (math::carries_slopes<T>) {
      *out = abs_operation::value(x[0]);
      for (int i = 1; i < size; ++i)
        *out = x[i] == T(0.0) ? *out : math::hypot(*out, x[i]);
    } else {
      T squares = T(0.0);
      if (!std::is_constant_evaluated() || !std::is_floating_point_v<T>)
        math::product_of_rows<1, 1, size>(&squares, x, x);
      if constexpr (std::is_floating_point_v<math::lane<T>>)
        if (!detail::are_usual(squares)) {
          scaled<size>(out, x);
          return;
        }
      *out = math::value_of<sqrt_operation, T>(squares);
    }
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol);
  static constexpr symbol simplified(symbol x) {
    if (x.shape().is_scalar())
      return sqrt(square(x)); // |x| where x is real
    const symbol other = detail::without_sign(x);
    return other.exists() ? apply_operation<norm_operation>(other) : other;
  }
  static constexpr symbol element(symbol, const symbols &of);
  static constexpr symbol definition(symbol x) {
    return sqrt(apply_operation<sum_operation>(square(x)));
  }

private:
  /// Where the squares over- or underflow; apart, as it is rarely needed.
  template <int Size, class T>
  static constexpr void scaled(T *out, const T *x) {
    T largest = math::value_of<abs_operation, T>(x[0]);
    for (int i = 1; i < Size; ++i)
      largest = math::value_of<max_operation, T>(largest, math::value_of<abs_operation, T>(x[i]));
    const T scale = math::value_of<detail::norm_scale, T>(largest);
    const T squares = math::detail::sum_of_terms<Size, T>(
        [&](int i) { return math::value_of<square_operation, T>(T(scale * x[i])); });
    *out = math::value_of<sqrt_operation, T>(squares) / scale;
  }
};

namespace detail {

/// The same of single numbers.
struct norm_of_numbers : operation {
  static constexpr std::string_view name = "norm_of_numbers"sv;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &first, const auto &...rest) {
    const T all[]{first, rest...};
    T result = T(0.0);
    norm_operation::run<extent{{1, 1 + int(sizeof...(rest))}}>(&result, all);
    return result;
  }
};

/// What operations share that change what flows back, d, by a matrix of the same shape.
struct flow_operation : operation {
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &, const extent &by) { return by.shape; }
};

} // namespace detail

/// d - u (u . d) of a unit u: twice, as what the first has rounded in u's direction is what remains
/// where d is nearly u, as in the Hessian of the norm at (100, 1).
struct tangent_operation : detail::flow_operation {
  static constexpr std::string_view name = "tangent"sv;

  template <detail::extent D, detail::extent Unit, class T>
  static constexpr void run(T *out, const T *d, const T *unit) {
    T along = T(0.0);
    for (int i = 0; i < Unit.shape.size(); ++i)
      along = along + unit[i] * d[i];
    for (int i = 0; i < Unit.shape.size(); ++i)
      out[i] = d[i] - along * unit[i];
  }
  static constexpr symbols adjoint(symbol e, symbol d, symbol unit, symbol) {
    return {apply_operation<tangent_operation>(e, unit),
            -(apply_operation<sum_operation>(unit * d) * e +
              apply_operation<sum_operation>(unit * e) * d)};
  }
  static constexpr symbol definition(symbol d, symbol unit) {
    return d - apply_operation<sum_operation>(unit * d) * unit;
  }
  static constexpr symbol code(symbol original, symbol of, symbol d, symbol unit) {
    const bool absorbs = detail::absorbs(original, of);
    for (int i = 0; i < 2; ++i)
      d = d - apply_operation<sum_operation>(detail::product_with(d, unit, absorbs)) * unit;
    return d;
  }
};

/// x / r of the norm r of x, and 0 where that is 0. An operation of its own: in the quotient alone
/// derivatives by r overflow far from 1.
struct unit_operation : operation {
  static constexpr std::string_view name = "unit"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true; // its derivatives divide by the norm

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &) {
    return x.shape;
  }
  template <detail::extent X, detail::extent Norm, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *norm) {
    if constexpr (std::is_floating_point_v<T>)
      if (*norm >= std::numeric_limits<T>::min()) { // else 1 / norm may be infinite
        const T factor = T(1) / *norm;
        for (int i = 0; i < X.shape.size(); ++i)
          out[i] = factor * x[i];
        return;
      }
    for (int i = 0; i < X.shape.size(); ++i)
      out[i] = math::value_of<unit_operation, T>(x[i], *norm);
  }
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &norm) {
    return norm == T(0.0) ? T(0.0) : T(x / norm);
  }
  // (D - u (u . D)) / |x|, of x and of the norm with it
  static constexpr symbols adjoint(symbol d, symbol, symbol norm, symbol unit);
  static constexpr void sources(const detail::extents &, int row, int column,
                                detail::element_blocks &to) {
    to.push({0, row, column});
    to.push({1, 0, 0});
  }
  static constexpr symbol element(symbol, const symbols &of);
  static constexpr symbol definition(symbol x, symbol norm) {
    const symbol zero = x.home->constant(0);
    return select(norm <= zero, zero, 1 / norm) * x;
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
      if (!std::is_constant_evaluated())
        return absorbed::value(norm, T(x / norm));
    return unit_operation::value(x, norm);
  }
};

} // namespace detail

constexpr symbol norm_operation::element(symbol, const symbols &of) {
  return apply_operation<detail::norm_of_numbers>(of);
}
constexpr symbol unit_operation::element(symbol, const symbols &of) {
  return apply_operation<detail::unit_of_number>(of.items[0], of.items[1]);
}

constexpr symbols unit_operation::adjoint(symbol d, symbol, symbol norm, symbol unit) {
  return {apply_operation<tangent_operation>(detail::filled(d, unit.shape()), unit) / norm,
          symbol{}};
}

constexpr symbols norm_operation::adjoint(symbol d, symbol x, symbol result) {
  return {d * apply_operation<unit_operation>(x, result)};
}

} // namespace chainrule
