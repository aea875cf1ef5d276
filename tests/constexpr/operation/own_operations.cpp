// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations of a user, one of every kind, as the compiler sees them: printed, proved, checked,
// differentiated twice.
#include "../../own_operations.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u", 4> u;
constexpr variable<"v", 4> v;
constexpr variable<"A", 2, 3> A;
constexpr variable<"B", 2, 2> B;
constexpr variable<"C", 4, 6> C;

constexpr matrix<double, 4> some_u{0.5, -1.25, 2, 0.75};
constexpr matrix<double, 4> some_v{-0.25, 1.5, 0.5, -2};
constexpr matrix<double, 2, 3> some_A{0.5, -1.25, 2, 0.75, -0.5, 1};
constexpr matrix<double, 2, 2> some_B{1.5, -0.25, 0.5, 2};
constexpr matrix<double, 4, 6> some_C = [] {
  matrix<double, 4, 6> result{};
  for (int i = 0; i < 24; ++i)
    result.values[i] = (i * 7 % 24 - 11) / 8.0;
  return result;
}();

// printed
static_assert(to_string(own::mix(own::algebraic(x), y)) == "mix(algebraic(x), y)");
static_assert(to_string(own::leaky(x > y, x)) == "leaky(x > y, x)");
static_assert(to_string(select(own::is_near(x, y), x, y)) == "select(is_near(x, y), x, y)");
static_assert(to_string(own::cumulative_sum(own::flip(u))) == "cumulative_sum(flip(u))");
static_assert(to_string(own::kronecker(A, B)) == "kronecker(A, B)");
static_assert(to_string(own::total(x, y, 2_c)) == "total(x, y, 2)");
static_assert(to_string(partial(sum(own::cumulative_sum(u)), u)) ==
              "flip(cumulative_sum(flip(fill<4, 1>(1))))");
static_assert(to_string(partial(own::mix(x, y), y)) == "square(x)");

// proved: what is the same, and what rules say
static_assert(own::mix(x, y) == own::mix(x, y) && !(own::mix(x, y) == own::mix(y, x)));
static_assert(own::algebraic(x + y) == own::algebraic(y + x));
static_assert(own::flip(own::flip(u)) == u && !(own::flip(u) == u));
static_assert(own::cumulative_sum(u + v) == own::cumulative_sum(v + u));
static_assert(own::cumulative_sum(2_c * u - x * v) ==
              own::cumulative_sum(u) * 2_c - own::cumulative_sum(v) * x);
static_assert(own::kronecker(A, B + x * B) == (1_c + x) * own::kronecker(A, B));
static_assert(!(own::cumulative_sum(u) == u) && !(own::cumulative_sum(u) == own::flip(u)));
static_assert(!(own::kronecker(B, B) == own::kronecker(B, transpose(B))));
static_assert(!(own::leaky(x > y, x) == own::leaky(x < y, x)));
static_assert(!(own::total(x, y) == own::total(x, x)));
static_assert(select(own::is_near(x, y), x, x) == x);
static_assert(2_c * select(own::is_near(x, y), x, y) == select(own::is_near(x, y), 2_c * x, y + y));
static_assert(!(select(own::is_near(x, y), x, y) == select(x >= y, x, y)));
static_assert(!(select(own::is_near(x, y), x, y) == select(own::is_near(y, x), x, y)));
static_assert(partial(own::mix(x, y), x) == 2_c * x * y);
static_assert(partial(own::total(x, square(x), y), x) == 1_c + 2_c * x);
static_assert(partial(sum(own::flip(own::flip(u))), u) == partial(sum(u), u));

// values
static_assert(compile(own::cumulative_sum(u))(u = some_u) ==
              matrix<double, 4>{0.5, -0.75, 1.25, 2});
static_assert(compile(own::flip(u))(u = some_u) == matrix<double, 4>{0.75, 2, -1.25, 0.5});
static_assert(compile(own::kronecker(A, B))(A = some_A, B = some_B)(3, 2) ==
              some_A(1, 1) * some_B(1, 0));
static_assert(compile(own::leaky(x > y, x))(x = 3.0, y = 4.0) == 0.1 * 3.0);
static_assert(compile(own::leaky(x > y, x))(x = 5.0, y = 4.0) == 5);
static_assert(compile(select(own::is_near(x, y), x, -y))(x = 4.25, y = 4.0) == 4.25);
static_assert(compile(select(own::is_near(x, y), x, -y))(x = 3.75, y = 4.0) == 3.75);
static_assert(compile(select(own::is_near(x, y), x, -y))(x = 3.0, y = 4.0) == -4);
static_assert(compile(select(own::is_near(x, y), x, -y))(x = 5.0, y = 4.0) == -4);
static_assert(compile(own::leaky(own::is_near(x, y), x))(x = 3.0, y = 3.25) == 3);
static_assert(compile(select(!own::is_near(x, y) && x < y, x, -y))(x = 3.0, y = 4.0) == 3);

// checked, alone, on formulas, and in them
constexpr bool is_right(auto f) {
  return gradient_is_right(f, u = some_u, v = some_v, A = some_A, B = some_B, C = some_C, x = 0.75,
                           y = 1.5);
}
constexpr auto all = sum(u) + sum(v) + sum(A) + sum(B) + sum(C) + x + y;
static_assert(is_right(all + own::algebraic(x * y) + own::mix(x, sin(y))));
static_assert(is_right(all + sum(own::mix(A, x)) + sum(own::algebraic(own::mix(u, v)))));
static_assert(is_right(all + own::scaled_log(y, x) + own::total(x * y, y, sin(x), x)));
static_assert(is_right(all + own::leaky(x > y, x *y) + own::leaky(x < y, exp(x))));
static_assert(is_right(all + sum(own::leaky(u > v, u *x))));
static_assert(is_right(all + select(own::is_near(x, y), sin(x), x *y)));
static_assert(is_right(all + square(sum(own::flip(A) * row_sums(transpose(A))))));
static_assert(is_right(all + dot(own::cumulative_sum(u), v) + sum(sin(own::cumulative_sum(A)))));
static_assert(is_right(all + dot(own::flip(u), own::cumulative_sum(own::flip(exp(v))))));
static_assert(is_right(all + sum(elementwise_product(C, own::kronecker(A, B)))));
static_assert(is_right(all + squared_norm(own::kronecker(tanh(A), B *B))));
static_assert(is_right(all + max(own::cumulative_sum(u)) + norm(own::flip(v))));

// ... and found wrong
static_assert(!is_right(all + dot(apply_operation<own::wrong_cumulative_sum_operation>(u), v)));
static_assert(!is_right(all + dot(apply_operation<own::wrong_flip_operation>(u), v)));
static_assert(!is_right(
    all + sum(elementwise_product(C, apply_operation<own::wrong_kronecker_operation>(A, B)))));
static_assert(!is_right(all + apply_operation<own::wrong_leaky_operation>(x > y, x *y)));
static_assert(!is_right(all + apply_operation<own::wrong_mix_operation>(x, y)));
// ... though not where the wrong derivative is the right one
static_assert(is_right(all + apply_operation<own::wrong_leaky_operation>(x < y, x *y)));
static_assert(is_right(all + sum(apply_operation<own::wrong_flip_operation>(u))));

// second derivatives
static_assert(partial(partial(own::mix(x, y), x), y) == 2_c * x);
static_assert(compile(partial(partial(own::algebraic(x), x), x))(x = 0.0) == 0);
constexpr auto h = compile(hessian(own::mix(x, y) + own::total(x * y, x), x, y))(x = 2.0, y = 3.0);
static_assert(h(0, 0) == 6 && h(0, 1) == 5 && h(1, 0) == 5 && h(1, 1) == 0);

} // namespace
