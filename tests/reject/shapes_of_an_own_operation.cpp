// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the rows and columns of the operands, named in this message, do not fit
// NAMES: rows_and_columns<3, 1>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

/// The second of two of equal shape.
struct second_operation : operation {
  static constexpr std::string_view name = "second";
  static constexpr int arity = 2;
  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.shape == b.shape ? a.shape : detail::no_shape;
  }
  template <detail::extent A, detail::extent, class T>
  static constexpr void run(T *out, const T *, const T *b) {
    for (int i = 0; i < A.shape.size(); ++i)
      out[i] = b[i];
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol) { return {symbol{}, d}; }
};

constexpr variable<"x", 2> x;
constexpr variable<"y", 3> y;

#ifdef ACCEPT
constexpr auto f = sum(apply_operation<second_operation>(x, x));
#else
constexpr auto f = sum(apply_operation<second_operation>(x, y));
#endif
