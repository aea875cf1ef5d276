// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

#include <array>
#include <span>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"x", 3> x;
constexpr variable<"s"> s;
constexpr auto f = sum(A * x) * s;
constexpr auto step = compile(f, A *x, gradient(f, A));

// Rows of A times x: 1 * 1 + 2 * 10 + 3 * 100 and 4 * 1 + 5 * 10 + 6 * 100.
constexpr bool is_right(const auto &rows) {
  const std::array<double, 3> column{1, 10, 100};
  const auto [value, product, slope] = step(A = rows, x = column, s = 2.0);
  return value == 2 * 975.0 && product == matrix<double, 2>{321, 654} &&
         slope[A] == matrix<double, 2, 3>{2, 20, 200, 2, 20, 200};
}

using row = std::array<double, 3>;
constexpr std::array<row, 2> rows{row{1, 2, 3}, row{4, 5, 6}};
constexpr double array_of_arrays[2][3]{{1, 2, 3}, {4, 5, 6}};
constexpr double flat[]{1, 2, 3, 4, 5, 6};
constexpr std::array<double[3], 2> mixed{{{1, 2, 3}, {4, 5, 6}}};
constexpr std::array<matrix<double, 3>, 2> matrices{
    {matrix<double, 3>{1, 2, 3}, matrix<double, 3>{4, 5, 6}}};

static_assert(is_right(rows));
static_assert(is_right(array_of_arrays));
static_assert(is_right(flat));
static_assert(is_right(mixed));
static_assert(is_right(matrices));
static_assert(is_right(std::span(rows)));
static_assert(is_right(std::span<const row>(rows)));
static_assert(is_right(matrix<double, 2, 3>{1, 2, 3, 4, 5, 6}));
static_assert(step(at(A = rows, x = matrix<double, 3>{1, 10, 100}, s = 2.0)) ==
              step(A = rows, x = matrix<double, 3>{1, 10, 100}, s = 2.0));
static_assert(gradient_is_right(f, at(A = rows, x = matrix<double, 3>{1, 10, 100}, s = 2.0)));

// A point keeps a flat array in the shape of its variable.
static_assert(step(at(A = flat, x = matrix<double, 3>{1, 10, 100}, s = 2.0)) ==
              step(A = flat, x = matrix<double, 3>{1, 10, 100}, s = 2.0));
static_assert(at(A = flat)[A](1, 2) == 6);

// A column in rows of one, and a row in one row.
using single = std::array<double, 1>;
constexpr std::array<single, 3> column{single{1}, single{10}, single{100}};
static_assert(compile(sum(x))(x = column) == 111);
constexpr variable<"r", 1, 3> r;
static_assert(compile(r * x)(r = std::array<row, 1>{row{1, 2, 3}}, x = column) == 321);

// A column serves as a row.
static_assert(compile(r * x)(r = column, x = matrix<double, 1, 3>{1, 2, 3}) == 321);

} // namespace
