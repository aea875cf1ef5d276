// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The steps from one exponential. A sigmoid and its derivative come from one e = exp(-z):
//   sigmoid z = s = 1 / (1 + e)      sigmoid(-z) = c = e s      sigmoid' z = s c
// Where a cross-entropy, a softplus or sigmoid z - y needs the same z, all of them come from one
// exponential of a negative number, t = exp(-|z|), and the smaller tail q = t / (1 + t):
//   sigmoid z = h - copysign(q, z), h = 1 for z > 0, else 0      sigmoid' z = q (1 - q)
//   softplus z = log(1 + e^z) = max(z, 0) + log1p(t)
// Read next: sigmoid.hpp.
#pragma once

#include <limits>

#include <chainrule/operation/power.hpp>

namespace chainrule {

namespace detail {

/// Whether numbers have a sign. Complex ones have none: what depends on it is computed from z
/// itself; q (1 - q) is the same for z and -z.
template <class T>
inline constexpr bool has_sign = math::is_pack<T> || requires(const T &a) {
  a < a;
};

/// |z|, or either of z and -z
template <class T>
CHAINRULE_INLINE constexpr T magnitude(const T &z) {
  if constexpr (has_sign<T>)
    return math::abs(z);
  else
    return z;
}

/// 1 where the sign bit of z is clear, else 0; two bit operations and one addition, no compare.
template <class T>
CHAINRULE_INLINE constexpr T heaviside(const T &z) {
  return T(0.5) + math::copysign(T(0.5), z);
}

} // namespace detail

/// t = exp(-|z|)
struct decay_operation : operation {
  static constexpr std::string_view name = "exp(-abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return math::exp(-detail::magnitude(z));
  }
  static constexpr symbol simplified(symbol z) {
    return is<negate_operation>(z) ? apply_operation<decay_operation>(z.operand(0)) : symbol{};
  }
};

/// q = t / (1 + t) = sigmoid(-|z|)
struct tail_operation : operation {
  static constexpr std::string_view name = "sigmoid(-abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &t) {
    return t / (T(1.0) + t);
  }
};

/// log(1 + t) for t in [0, 1]: log u, corrected by what rounding u = 1 + t lost, over u, and 1/u is
/// 1 - q. One call of log, several times cheaper than the C library's log1p.
struct log_tail_operation : operation {
  static constexpr std::string_view name = "log(1 + exp(-abs))"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 6;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &t, const T &q) {
    const T u = T(1.0) + t;
    return math::log(u) + (t - (u - T(1.0))) * (T(1.0) - q);
  }
};

namespace detail {

constexpr symbol decay(symbol z) { return apply_operation<decay_operation>(z); }
/// Says that z is going to be computed from its tail.
constexpr void announce_decay(symbol z) {
  announce<decay_operation>(is<negate_operation>(z) ? z.operand(0) : z);
}
constexpr symbol tail(symbol z) { return apply_operation<tail_operation>(decay(z)); }
constexpr symbol log_tail(symbol z) {
  return apply_operation<log_tail_operation>(decay(z), tail(z));
}

} // namespace detail

/// sigmoid z from its tail
struct sigmoid_of_tail_operation : operation {
  static constexpr std::string_view name = "sigmoid of tail"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &q, const T &z) {
    if constexpr (detail::has_sign<T>)
      return detail::heaviside(z) - math::copysign(q, z);
    else
      return T(1.0) / (T(1.0) + math::exp(-z));
  }
  static constexpr symbol difference(symbol s, symbol y);
};

/// sigmoid z - y from the tail of z: exact where y is 0 or 1, at any z
struct sigmoid_minus_operation : operation {
  static constexpr std::string_view name = "sigmoid of tail minus"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 3;
  static constexpr int operations = 5;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &q, const T &z, const T &y) {
    if constexpr (detail::has_sign<T>)
      return (detail::heaviside(z) - y) - math::copysign(q, z);
    else
      return sigmoid_of_tail_operation::value(q, z) - y;
  }
};

constexpr symbol sigmoid_of_tail_operation::difference(symbol s, symbol y) {
  return apply_operation<sigmoid_minus_operation>(s.operand(0), s.operand(1), y);
}

/// q (1 - q)
struct slope_of_tail_operation : operation {
  static constexpr std::string_view name = "sigmoid' of tail"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &q) {
    return q * (T(1.0) - q);
  }
};

/// e = exp(-z)
struct growth_operation : operation {
  static constexpr std::string_view name = "exp(-z)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return math::exp(-z);
  }
};

/// s = 1 / (1 + e)
struct sigmoid_of_growth_operation : operation {
  static constexpr std::string_view name = "1 / (1 + exp(-z))"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &e) {
    return T(1.0) / (T(1.0) + e);
  }
};

/// c = sigmoid(-z) from e and s: e s where e < 1, else 1 - s, which holds for an infinite e too
struct other_side_operation : operation {
  static constexpr std::string_view name = "1 - 1 / (1 + exp(-z))"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 3;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &e, const T &s) {
    if constexpr (detail::has_sign<T>) {
      const T is_small = mask_operation<false>::value(e, T(1.0));
      const T bounded = keep_operation::value(is_small, e); // no infinity times 0
      return choose_operation::value(is_small, bounded * s, T(1.0) - s);
    } else {
      return T(1.0) / (T(1.0) + T(1.0) / e); // an increment of e s would cancel
    }
  }
};

/// e s as a factor of the derivative, beside s: with a finite e, so that s = 0 makes it 0 and not
/// NaN
struct complement_operation : operation {
  static constexpr std::string_view name = "exp(-z) / (1 + exp(-z))"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &e, const T &s) {
    if constexpr (math::is_pack<T>) {
      const T largest(std::numeric_limits<typename T::value_type>::max());
      return math::smaller(e, largest) * s;
    } else if constexpr (std::numeric_limits<T>::is_specialized) {
      const T largest = std::numeric_limits<T>::max();
      return (e < largest ? e : largest) * s;
    } else if constexpr (!detail::has_sign<T>) {
      return other_side_operation::value(e, s);
    } else {
      return e * s;
    }
  }
};

namespace detail {

/// Whether z is computed from its tail.
constexpr bool is_from_tail(symbol z) {
  return is_announced<decay_operation>(is<negate_operation>(z) ? z.operand(0) : z);
}

struct growth {
  symbol e, s;

  constexpr explicit growth(symbol z)
      : e(apply_operation<growth_operation>(z)),
        s(apply_operation<sigmoid_of_growth_operation>(e)) {}
  constexpr symbol other_side() const { return apply_operation<other_side_operation>(e, s); }
  constexpr symbol complement() const { return apply_operation<complement_operation>(e, s); }
};

} // namespace detail

/// max(z, 0) + log(1 + t)
struct softplus_of_decay_operation : operation {
  static constexpr std::string_view name = "softplus of exp(-abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &log_tail, const T &z) {
    if constexpr (detail::has_sign<T>)
      return relu_operation::value(z) + log_tail;
    else
      return math::log1p(math::exp(z));
  }
};

} // namespace chainrule
