// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations as a user writes them, one of every kind. Two have names that the library has, too.
#pragma once

#include <chainrule/chainrule.hpp>

namespace own {

using namespace chainrule;

/// x / sqrt(1 + x^2): element by element, of one operand.
struct algebraic_operation : operation {
  static constexpr std::string_view name = "algebraic";
  template <class T>
  static constexpr T value(const T &x) {
    return x / math::sqrt(T(1.0) + x * x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return 1 / pow(1 + square(x), 1.5_c); }
};
constexpr auto algebraic(const auto &x) { return apply_operation<algebraic_operation>(x); }

/// a^2 b: of two operands.
struct mix_operation : operation {
  static constexpr std::string_view name = "mix";
  static constexpr int arity = 2;
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a * a * b;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {d * (2 * a * b), d * square(a)};
  }
};
constexpr auto mix(const auto &a, const auto &b) { return apply_operation<mix_operation>(a, b); }

/// a log b: its slope by b is infinite at 0.
struct scaled_log_operation : operation {
  static constexpr std::string_view name = "scaled_log";
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a * math::log(b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {d * log(b), d * a / b};
  }
};
constexpr auto scaled_log(const auto &a, const auto &b) {
  return apply_operation<scaled_log_operation>(a, b);
}

/// x where the condition holds, a tenth of it elsewhere: a condition is the first operand.
struct leaky_operation : operation {
  static constexpr std::string_view name = "leaky";
  static constexpr int arity = 2;
  static constexpr int conditions = 1;
  template <class T>
  static constexpr T value(const T &condition, const T &x) {
    return condition == T(0.0) ? T(0.1) * x : x;
  }
  static constexpr symbols adjoint(symbol d, symbol condition, symbol, symbol) {
    return {symbol{}, select(condition, d, d / 10)};
  }
};
constexpr auto leaky(const auto &condition, const auto &x) {
  return apply_operation<leaky_operation>(condition, x);
}

/// |a - b| < 1/2: a condition itself.
struct near_operation : condition {
  static constexpr std::string_view name = "is_near";
  static constexpr notation written = notation::function;
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return math::abs(a - b) < T(0.5) ? T(1.0) : T(0.0);
  }
};
constexpr auto is_near(const auto &a, const auto &b) {
  return apply_operation<near_operation>(a, b);
}

/// The rows in the order from the last to the first: structural, of one operand. Twice is nothing.
struct flip_operation : operation {
  static constexpr std::string_view name = "flip";
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.rows; ++i)
      for (int j = 0; j < X.shape.columns; ++j)
        out[i * X.shape.columns + j] = x[(X.shape.rows - 1 - i) * X.shape.columns + j];
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<flip_operation>(d)};
  }
  static constexpr symbol simplified(symbol x) {
    return is<flip_operation>(x) ? x.operand(0) : symbol{};
  }
};
constexpr auto flip(const auto &x) { return apply_operation<flip_operation>(x); }

/// The sum of all rows down to each.
struct cumulative_sum_operation : operation {
  static constexpr std::string_view name = "cumulative_sum";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.size(); ++i)
      out[i] = i < X.shape.columns ? x[i] : T(out[i - X.shape.columns] + x[i]);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {flip(apply_operation<cumulative_sum_operation>(flip(d)))};
  }
};
constexpr auto cumulative_sum(const auto &x) {
  return apply_operation<cumulative_sum_operation>(x);
}

/// Every element of a times the whole of b, a matrix of blocks: structural, of two operands and
/// with a shape of its own. What flows back is again a sum of blocks or of places in them.
struct kronecker_operation : operation {
  static constexpr std::string_view name = "kronecker";
  static constexpr int arity = 2;
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return {a.shape.rows * b.shape.rows, a.shape.columns * b.shape.columns};
  }
  template <detail::extent A, detail::extent B, class T>
  static constexpr void run(T *out, const T *a, const T *b) {
    constexpr int width = A.shape.columns * B.shape.columns;
    for (int i = 0; i < A.shape.rows * B.shape.rows; ++i)
      for (int j = 0; j < width; ++j)
        out[i * width + j] = a[i / B.shape.rows * A.shape.columns + j / B.shape.columns] *
                             b[i % B.shape.rows * B.shape.columns + j % B.shape.columns];
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol);
};
constexpr auto kronecker(const auto &a, const auto &b) {
  return apply_operation<kronecker_operation>(a, b);
}

/// The sum over each block of d times b: of the shape of a where d is of that of kronecker(a, b).
struct block_sums_operation : operation {
  static constexpr std::string_view name = "block_sums";
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &d, const detail::extent &b) {
    const bool fits = d.shape.rows % b.shape.rows == 0 && d.shape.columns % b.shape.columns == 0;
    return fits ? detail::shape{d.shape.rows / b.shape.rows, d.shape.columns / b.shape.columns}
                : detail::no_shape;
  }
  template <detail::extent D, detail::extent B, class T>
  static constexpr void run(T *out, const T *d, const T *b) {
    constexpr int width = D.shape.columns / B.shape.columns;
    for (int i = 0; i < D.shape.size() / B.shape.size(); ++i)
      out[i] = T(0.0);
    for (int i = 0; i < D.shape.rows; ++i)
      for (int j = 0; j < D.shape.columns; ++j) {
        T &sum = out[i / B.shape.rows * width + j / B.shape.columns];
        sum = sum + d[i * D.shape.columns + j] *
                        b[i % B.shape.rows * B.shape.columns + j % B.shape.columns];
      }
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol b, symbol);
};

/// The sum over the places in the blocks of d times a: of the shape of b.
struct place_sums_operation : operation {
  static constexpr std::string_view name = "place_sums";
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &d, const detail::extent &a) {
    return block_sums_operation::result_shape(d, a);
  }
  template <detail::extent D, detail::extent A, class T>
  static constexpr void run(T *out, const T *d, const T *a) {
    constexpr int height = D.shape.rows / A.shape.rows, width = D.shape.columns / A.shape.columns;
    for (int i = 0; i < height * width; ++i)
      out[i] = T(0.0);
    for (int i = 0; i < D.shape.rows; ++i)
      for (int j = 0; j < D.shape.columns; ++j) {
        T &sum = out[i % height * width + j % width];
        sum = sum + d[i * D.shape.columns + j] * a[i / height * A.shape.columns + j / width];
      }
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol a, symbol);
};

// d flows into kronecker(a, b), u into block_sums(x, b), v into place_sums(x, a).
constexpr symbols kronecker_operation::adjoint(symbol d, symbol a, symbol b, symbol) {
  return {apply_operation<block_sums_operation>(d, b), apply_operation<place_sums_operation>(d, a)};
}
constexpr symbols block_sums_operation::adjoint(symbol u, symbol x, symbol b, symbol) {
  return {kronecker(u, b), apply_operation<place_sums_operation>(x, u)};
}
constexpr symbols place_sums_operation::adjoint(symbol v, symbol x, symbol a, symbol) {
  return {kronecker(a, v), apply_operation<block_sums_operation>(x, v)};
}

/// The sum of its operands, of any number of them.
struct total_operation : operation {
  static constexpr std::string_view name = "total";
  static constexpr int arity = any_number;

  template <class T, class... Rest>
  static constexpr T value(const T &first, const Rest &...rest) {
    T result = first;
    ((result = result + rest), ...);
    return result;
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    symbols result;
    for (int i = 0; i < all.size; ++i)
      result.push(d);
    return result;
  }
};
constexpr auto total(const auto &...all) { return apply_operation<total_operation>(all...); }

/// All of them on two numbers, for scalars of several lanes.
constexpr auto every_kind(const auto &x, const auto &y) {
  const auto column = stack(x, y, x * y);
  return dot(cumulative_sum(column), flip(stack(y, sin(x), x))) +
         sum(kronecker(transpose(column), column)) + mix(x, algebraic(y)) +
         total(x, y, select(is_near(x, y), scaled_log(y, exp(x)), leaky(x < y, y)));
}

/// ... and the same one operation each with a derivative that is wrong.
struct wrong_cumulative_sum_operation : cumulative_sum_operation {
  static constexpr std::string_view name = "wrong_cumulative_sum";
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
};
struct wrong_flip_operation : flip_operation {
  static constexpr std::string_view name = "wrong_flip";
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol) { return {}; }
};
struct wrong_kronecker_operation : kronecker_operation {
  static constexpr std::string_view name = "wrong_kronecker";
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {apply_operation<block_sums_operation>(d, b),
            2 * apply_operation<place_sums_operation>(d, a)};
  }
};
struct wrong_leaky_operation : leaky_operation {
  static constexpr std::string_view name = "wrong_leaky";
  static constexpr symbols adjoint(symbol d, symbol condition, symbol, symbol) {
    return {symbol{}, select(condition, d, d / 9)};
  }
};
struct wrong_mix_operation : mix_operation {
  static constexpr std::string_view name = "wrong_mix";
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {d * (2 * a * b), d * a};
  }
};

} // namespace own
