// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/samples.hpp>

#include <array>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr variable<"M", 2, 2> M;
constexpr auto f = w * square(x);

// -- compile
constexpr auto step = compile(f, gradient(f, w, x)); // one result each
constexpr auto both = step(w = 2.0, x = 3.0);        // by name, in any order
static_assert(std::get<0>(both) == 18 && std::get<1>(both)[x] == 12);
static_assert(compile(f)(x = 3.0, w = 2.0) == 18); // one result alone is no tuple

// -- compiled
inline double into_memory() {
  double value = 0, slopes[2]{}; // by w, by x
  step.into(value, slopes)(w = 2.0, x = 3.0);
  return value + slopes[0];
}

// -- at
constexpr auto point = at(w = 2.0, x = 3.0);
static_assert(compile(f)(point) == 18);
static_assert(compile(f + M(0_c, 1_c))(point, M = {{1.0, 2.0}, {3.0, 4.0}}) == 20);

// -- matrix_view
constexpr std::array numbers{1.0, 2.0, 3.0, 4.0};
constexpr matrix_view<const double, 2, 2> view(numbers.data());
static_assert(view(1, 0) == 3);

// -- matrix
constexpr matrix<double, 2, 2> m{1, 2, 3, 4};
static_assert(m(1, 0) == 3 && m.rows() == 2);
static_assert(compile(M * M)(M = m)(0, 0) == 7);

// -- operator==
static_assert(matrix<double, 2>{1, 2} == matrix<double, 2>{1, 2}); // elements and shape

// -- slopes
constexpr auto slope = std::get<1>(both);
static_assert(slope[w] == 9 && slope.count == 2 && slope.values[1] == 12);

// -- random_numbers
constexpr double first = random_numbers(1).uniform();
static_assert(0 <= first && first < 1);

// -- parameter_pack
constexpr auto trained = [] {
  auto theta = parameters<double>(w, x);
  theta[w] = 2;
  theta[x] = 3;
  for (int i = 0; i < 2; ++i)
    theta.descend(std::get<1>(step(theta)), 0.0);
  return theta;
}();
static_assert(trained.count == 2 && trained.values[0] == 2 && compile(f)(trained) == 18);

// -- parameters
static_assert(parameters<float>(w, M).count == 5); // zeros, in one array

// -- glorot
constexpr auto started = [](auto fill) {
  auto theta = parameters<double>(dense<"hidden", 2, 3>(tanh));
  fill(theta);
  return theta;
};
static_assert(started([](auto &theta) { glorot(theta, 1); }).values[0] != 0);
static_assert(started([](auto &theta) { glorot(theta, 1); }).values[6] == 0); // a bias

// -- he
static_assert(started([](auto &theta) { he(theta, 1); }).values[0] != 0);

// -- mean_over_samples
[[maybe_unused]] double mean_square(const std::vector<double> &values) {
  return mean_over_samples(compile(square(x)))(x = in_rows(values));
}

// -- sum_over_samples
[[maybe_unused]] double sum_of_squares(const std::vector<double> &values) {
  return sum_over_samples(compile(square(x)))(x = in_rows(values));
}

// -- in_columns
constexpr variable<"p", 2> p;
[[maybe_unused]] double mean_of_points(const matrix<double, 2, 100> &points) {
  return mean_over_samples(compile(squared_norm(p)))(p = in_columns(points));
}

// -- in_rows
[[maybe_unused]] double mean_of_rows(const std::vector<std::array<double, 2>> &points) {
  return mean_over_samples(compile(squared_norm(p)))(p = in_rows(points));
}

// -- in_each
struct measurement {
  double time, length;
};
[[maybe_unused]] double mean_length(const std::vector<measurement> &measured) {
  return mean_over_samples(compile(x))(x = in_each(measured, &measurement::length));
}

// -- normal
static_assert(started([](auto &theta) { normal(theta, 0.1, 1); }).values[0] != 0);

} // namespace
