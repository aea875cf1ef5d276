// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: an operation of f, named in this message, cannot be run
// NAMES: twice_operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct twice_operation : operation {
  static constexpr std::string_view name = "twice";
  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
#ifdef ACCEPT
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.size(); ++i)
      out[i] = T(2.0) * x[i];
  }
#endif
  static constexpr symbol code(symbol, symbol x) { return 2 * x; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {2 * d}; }
};

constexpr variable<"x", 2> x;
constexpr auto f = sum(apply_operation<twice_operation>(x));

static_assert(gradient_is_right(f, at(x = matrix<double, 2>{1, 2})));
