// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is made of a mistake is no further one.
//
// EXPECT 1: A * B: the left operand has not as many columns
// EXPECT 2: A * B: the left operand has not as many columns
// EXPECT 3: do not fit; operands have equal shapes
// EXPECT 4: a bare number, whose type
// EXPECT 5: dot(a, b), cross_entropy(a, y)
// EXPECT 6: there is no such part of x
// EXPECT 7: a bare number, whose type
// EXPECT 8: A * B: the left operand has not as many columns
#include <chainrule/chainrule.hpp>

#include <string_view>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"v", 2> v;
constexpr variable<"u", 3> u;
constexpr variable<"W", 3, 3> W;
constexpr double values[2]{}, more[9]{};

template <int Layers>
constexpr auto layers(auto h) {
  if constexpr (Layers == 0)
    return h;
  else
    return layers<Layers - 1>(tanh(W * h));
}

#ifdef ACCEPT
constexpr auto f = layers<20>(u);
#elif MISTAKE == 1
constexpr auto f = squared_norm(layers<60>(v)) * x;
#elif MISTAKE == 2
constexpr auto f = mean(softmax(W * v)) + row_sums(W * v) + affine(W, v, u);
constexpr auto step = compile(f, gradient(f, W, v));
constexpr auto result = step(W = more, v = values, x = 1.0);
const auto slope = std::get<1>(result)[W];
static_assert(gradient_is_right(f, at(v = values)));
static_assert(partial(f, W) == v);
static_assert(to_string(f) == std::string_view{} && explain(f) == std::string_view{});
static_assert(hessian(f, v) == jacobian(f, v));
#elif MISTAKE == 3
constexpr auto f = select(v + u > 0_c && x > 0_c, v + u, 1.0) + (v + u);
#elif MISTAKE == 4
constexpr auto f = pow(sigmoid(x * 2.0 + 1.0) / 3, 2);
#elif MISTAKE == 5
constexpr auto f = stack(dot(v, u), 1_c) + element_of<4>(dot(v, u) + v);
#elif MISTAKE == 6
constexpr auto f = W * rows_of<2, 2>(v) + one_hot<3>(u[0_c]);
#elif MISTAKE == 7
constexpr auto chosen(auto e) {
  if (e > 0.0)
    return e;
  return e;
}
constexpr auto f = chosen(x);
#elif MISTAKE == 8
constexpr auto f = fold(W * v, u = u, v = W) + map_columns(W * v, v = W);
#endif
