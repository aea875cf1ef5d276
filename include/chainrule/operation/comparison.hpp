// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Choices inside a network: < <= > >=, select(condition, a, b), max, min, abs, sign, relu.
// They become masks and min/max instructions, never branches. A derivative selects; it never
// multiplies by zero, so that an infinite slope of the side not taken does no harm.
// At ties max and min take the first argument; abs'(0) = sign(0) = 0 and relu'(0) = 0.
// Read next: exponential.hpp.
#pragma once

#include <chainrule/operation/arithmetic.hpp>

namespace chainrule {

struct less_operation : operation {
  static constexpr std::string_view name = "<";
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 1;
  static constexpr bool is_condition = true;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a < b ? T(1.0) : T(0.0);
  }
};

struct less_equal_operation : operation {
  static constexpr std::string_view name = "<=";
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 1;
  static constexpr bool is_condition = true;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a <= b ? T(1.0) : T(0.0);
  }
};

struct greater_operation : operation {
  static constexpr std::string_view name = ">";
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 1;
  static constexpr bool is_condition = true;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return b < a ? T(1.0) : T(0.0);
  }
};

struct greater_equal_operation : operation {
  static constexpr std::string_view name = ">=";
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 1;
  static constexpr bool is_condition = true;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return b <= a ? T(1.0) : T(0.0);
  }
};

/// a < b, a condition for select
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator<(const Left &left, const Right &right) {
  return apply_operation<less_operation>(left, right);
}

/// a <= b, a condition for select
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator<=(const Left &left, const Right &right) {
  return apply_operation<less_equal_operation>(left, right);
}

/// a > b, a condition for select
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator>(const Left &left, const Right &right) {
  return apply_operation<greater_operation>(left, right);
}

/// a >= b, a condition for select
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator>=(const Left &left, const Right &right) {
  return apply_operation<greater_equal_operation>(left, right);
}

namespace detail {

#if defined(__SSE2__)
/// The lowest lane of a vector register is the scalar; what the others hold does not matter.
template <class T>
struct lanes {
  using numbers [[gnu::vector_size(16)]] = T;
  using bits [[gnu::vector_size(16)]] = std::conditional_t<sizeof(T) == 8, long long, int>;

  [[gnu::always_inline]] static numbers of(T x) {
    numbers result;
#if defined(__clang__)
    result = numbers(__builtin_ia32_undef128());
    result[0] = x;
#else
    asm("" : "=x"(result) : "0"(x));
#endif
    return result;
  }
};
#endif

/// x < y ? a : b, or <=, where a side that is left out is 0. As compare, and, and-not, or: written
/// with ?: two choices by one condition become a jump (g++ 12 and clang 14, -O2).
enum class sides { both, first, second };

template <bool OrEqual, sides Sides, class T>
constexpr T choose(const T &x, const T &y, const T &a, const T &b) {
#if defined(__SSE2__)
  if constexpr (std::same_as<T, double> || std::same_as<T, float>)
    if (!std::is_constant_evaluated()) {
      using lane = lanes<T>;
      using bits = typename lane::bits;
      bits mask;
      if constexpr (OrEqual)
        mask = lane::of(x) <= lane::of(y);
      else
        mask = lane::of(x) < lane::of(y);
      asm("" : "+x"(mask)); // or clang 19 makes a jump of a choice between constants
      bits result{};
      if constexpr (Sides != sides::second)
        result = bits(lane::of(a)) & mask;
      if constexpr (Sides == sides::second)
        result = ~mask & bits(lane::of(b));
      if constexpr (Sides == sides::both)
        result |= ~mask & bits(lane::of(b));
      return typename lane::numbers(result)[0];
    }
#endif
  return (OrEqual ? x <= y : x < y) ? a : b;
}

} // namespace detail

/// One machine step for each kind of choice between a compared pair; `select` becomes these.
template <bool OrEqual>
struct choose_operation : operation {
  static constexpr std::string_view name = OrEqual ? "choose <=" : "choose <";
  static constexpr int arity = 4;
  static constexpr int operations = 2;

  template <class T>
  static constexpr T value(const T &x, const T &y, const T &a, const T &b) {
    return detail::choose<OrEqual, detail::sides::both>(x, y, a, b);
  }
};

/// x < y ? a : 0
template <bool OrEqual>
struct keep_operation : operation {
  static constexpr std::string_view name = OrEqual ? "keep <=" : "keep <";
  static constexpr int arity = 3;
  static constexpr int operations = 2;

  template <class T>
  static constexpr T value(const T &x, const T &y, const T &a) {
    return detail::choose<OrEqual, detail::sides::first>(x, y, a, T(0.0));
  }
};

/// x < y ? 0 : a
template <bool OrEqual>
struct drop_operation : operation {
  static constexpr std::string_view name = OrEqual ? "drop <=" : "drop <";
  static constexpr int arity = 3;
  static constexpr int operations = 2;

  template <class T>
  static constexpr T value(const T &x, const T &y, const T &a) {
    return detail::choose<OrEqual, detail::sides::second>(x, y, T(0.0), a);
  }
};

struct select_operation : operation {
  static constexpr std::string_view name = "select";
  static constexpr int arity = 3;

  template <class T>
  static constexpr T value(const T &condition, const T &a, const T &b) {
    return condition == T(0.0) ? b : a;
  }
  static constexpr symbols adjoint(symbol d, symbol condition, symbol, symbol, symbol);
  static constexpr symbol simplified(symbol, symbol a, symbol b) { return a == b ? a : symbol{}; }

  template <bool OrEqual>
  static constexpr symbol compared(symbol x, symbol y, symbol a, symbol b) {
    if (b.is(0))
      return apply_operation<keep_operation<OrEqual>>(x, y, a);
    if (a.is(0))
      return apply_operation<drop_operation<OrEqual>>(x, y, b);
    return apply_operation<choose_operation<OrEqual>>(x, y, a, b);
  }
  static constexpr symbol code(symbol, symbol, symbol, symbol condition, symbol a, symbol b) {
    const symbol left = condition.operand(0), right = condition.operand(1);
    if (is<less_operation>(condition))
      return compared<false>(left, right, a, b);
    if (is<less_equal_operation>(condition))
      return compared<true>(left, right, a, b);
    if (is<greater_operation>(condition))
      return compared<false>(right, left, a, b);
    return compared<true>(right, left, a, b);
  }
};

/// a where the condition holds, b elsewhere; the derivative of the side taken.
template <class Condition, class Then, class Otherwise>
  requires operands_of_network<Condition, Then, Otherwise>
constexpr auto select(const Condition &condition, const Then &then, const Otherwise &otherwise) {
  if constexpr (expression<Condition>)
    static_assert(record<Condition>.operation->is_condition,
                  "select(condition, a, b): the first argument is a comparison of expressions, as "
                  "in select(x > 0_c, a, b)");
  return apply_operation<select_operation>(condition, then, otherwise);
}

constexpr symbols select_operation::adjoint(symbol d, symbol condition, symbol, symbol, symbol) {
  const symbol zero = d.home->constant(0);
  return {symbol{}, select(condition, d, zero), select(condition, zero, d)};
}

struct max_operation : operation {
  static constexpr std::string_view name = "max";
  static constexpr int arity = 2;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a < b ? b : a;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(a < b, zero, d), select(a < b, d, zero)};
  }
  static constexpr symbol simplified(symbol a, symbol b) { return a == b ? a : symbol{}; }
};

/// the larger of a and b; a at a tie
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto max(const Left &left, const Right &right) {
  return apply_operation<max_operation>(left, right);
}

struct min_operation : operation {
  static constexpr std::string_view name = "min";
  static constexpr int arity = 2;

  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return b < a ? b : a;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(b < a, zero, d), select(b < a, d, zero)};
  }
  static constexpr symbol simplified(symbol a, symbol b) { return a == b ? a : symbol{}; }
};

/// the smaller of a and b; a at a tie
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto min(const Left &left, const Right &right) {
  return apply_operation<min_operation>(left, right);
}

struct sign_operation : operation {
  static constexpr std::string_view name = "sign";
  static constexpr int operations = 4;

  template <class T>
  static constexpr T value(const T &x) {
    return detail::choose<false, detail::sides::first>(T(0.0), x, T(1.0), T(0.0)) -
           detail::choose<false, detail::sides::first>(x, T(0.0), T(1.0), T(0.0));
  }
  // 0 wherever it exists
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(0); }
};

/// -1, 0 or 1
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto sign(const Operand &x) { return apply_operation<sign_operation>(x); }

struct abs_operation : operation {
  static constexpr std::string_view name = "abs";

  template <class T>
  static constexpr T value(const T &x) {
    return math::abs(x);
  }
  // |x|' = sign x
  static constexpr symbol derivative(symbol x, symbol) { return sign(x); }
  static constexpr symbol simplified(symbol x) {
    if (is<negate_operation>(x))
      return apply_operation<abs_operation>(x.operand(0));
    return is<abs_operation>(x) ? x : symbol{};
  }
};

/// |x|; its derivative at 0 is 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto abs(const Operand &x) { return apply_operation<abs_operation>(x); }

struct relu_operation : operation {
  static constexpr std::string_view name = "relu";

  template <class T>
  static constexpr T value(const T &x) {
    return x < T(0.0) ? T(0.0) : x; // NaN stays NaN
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(x > zero, d, zero)};
  }
};

/// max(x, 0), its derivative at 0 is 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto relu(const Operand &x) { return apply_operation<relu_operation>(x); }

} // namespace chainrule
