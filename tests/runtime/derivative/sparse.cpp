// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Patterns of matrices of derivatives, drawn by hand, and their elements, each of which is that of
// the whole matrix.

#include <chainrule/linear_algebra.hpp>
#include <chainrule/sparse.hpp>

#include <array>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"c"> c;
constexpr variable<"x", 6> x;
constexpr variable<"y", 3> y;
constexpr variable<"A", 3, 2> A;
constexpr variable<"B", 2, 3> B;
constexpr variable<"S", 3, 3> S;
constexpr variable<"g", 2> g;

constexpr auto tail = rows_of<1, 5>(x);
constexpr auto head = rows_of<0, 5>(x);
constexpr auto valley = 100_c * squared_norm(tail - square(head)) + squared_norm(1_c - head);

constexpr std::array in_x{0.1, 0.5, -0.3, 0.8, 1.2, -0.4};
constexpr std::array in_A{1.0, 2.0, -1.0, 0.5, 0.25, 3.0};
constexpr std::array in_B{0.3, 0.2, -0.4, 0.1, 0.9, -0.6};

/// The elements where they stand, and all others 0: the matrix as a whole.
template <class Sparse>
bool are_elements_of(const Sparse &sparse, const auto &values, const auto &whole) {
  std::vector<double> expected(std::size_t(sparse.rows * sparse.columns), 0.0);
  for (int i = 0; i < sparse.rows; ++i)
    for (int k = sparse.row_starts[i]; k < sparse.row_starts[i + 1]; ++k) {
      if (sparse.row_indices[k] != i || !sparse.pattern(i, sparse.column_indices[k]))
        return false;
      expected[std::size_t(i * sparse.columns + sparse.column_indices[k])] = values.data()[k];
    }
  bool result = sparse.row_starts[sparse.rows] == sparse.nonzeros;
  for (int i = 0; i < sparse.rows * sparse.columns; ++i)
    result = result && whole.data()[i] == expected[std::size_t(i)];
  return result;
}

} // namespace

TEST_CASE("what can be other than 0") {
  CHECK(to_string(sparsity(hessian(valley, x))) == "xx....\n"
                                                   "xxx...\n"
                                                   ".xxx..\n"
                                                   "..xxx.\n"
                                                   "...xxx\n"
                                                   "....xx\n");
  CHECK(to_string(sparsity(hessian(a * a * b + sin(c), a, b, c))) == "xx.\n"
                                                                     "x..\n"
                                                                     "..x\n");
  CHECK(to_string(sparsity(jacobian(A * B, A))) == "xx....\nxx....\nxx....\n"
                                                   "..xx..\n..xx..\n..xx..\n"
                                                   "....xx\n....xx\n....xx\n");
  CHECK(to_string(sparsity(jacobian(softmax(A), A))) == "x.x.x.\n.x.x.x\n"
                                                        "x.x.x.\n.x.x.x\n"
                                                        "x.x.x.\n.x.x.x\n");
  CHECK(to_string(sparsity(hessian(sum(x) * element_of<0, 0>(x) + sum(exp(x)), x))) == "xxxxxx\n"
                                                                                       "xx....\n"
                                                                                       "x.x...\n"
                                                                                       "x..x..\n"
                                                                                       "x...x.\n"
                                                                                       "x....x\n");
  // a condition has no slope
  CHECK(to_string(sparsity(jacobian(stack(a * b, c, a + c, select(a > 0_c, b, 2_c)), a, b, c))) ==
        "xx.\n..x\nx.x\n.x.\n");
  CHECK(to_string(sparsity(jacobian(flip_rows(y), y))) == "..x\n.x.\nx..\n");
  CHECK(to_string(sparsity(jacobian(diagonal_of(S), S))) == "x........\n....x....\n........x\n");
  // each row's norm is a function of its own
  static_assert(sparsity(hessian(sum(norm(S, by_row)), S)).nonzeros() == 27);
  static_assert(sparsity(hessian(sum(norm(S, by_column)), S))(0, 3));
  static_assert(sparsity(hessian(valley, x)).nonzeros() == 16);
  static_assert(!sparsity(hessian(valley, x))(0, 2));
}

TEST_CASE("a recurrence depends on all that it is made of") {
  CHECK(to_string(sparsity(jacobian(stack(iterate<20>(a * b + c, b = 1_c), b), a, b, c))) ==
        "x.x\n.x.\n");
  CHECK(sparsity(jacobian(map_columns(A * g, g = B), A)).nonzeros() == 54);
}

TEST_CASE("elements by products, by rows and one by one") {
  const auto check = [](auto sparse, auto whole, auto... at) {
    const auto [values, expected] = compile(sparse.values, whole)(at...);
    CHECK(are_elements_of(sparse, values, expected));
  };
  using detail::sparse_way;
  const auto is_way = [](auto matrix, sparse_way way, int products) {
    using plan = detail::sparse_plan<decltype(matrix)>;
    return plan::way == way && plan::products == products;
  };
  // a band has three colours, an arrow two
  constexpr auto arrow = sum(x) * element_of<0, 0>(x) + sum(exp(x));
  CHECK(is_way(hessian(valley, x), sparse_way::by_columns, 3));
  check(sparse_hessian(valley, x), hessian(valley, x), x = in_x);
  CHECK(is_way(hessian(arrow, x), sparse_way::by_columns, 2));
  check(sparse_hessian(arrow, x), hessian(arrow, x), x = in_x);
  check(sparse_hessian(sum(square(A * B)), A, B), hessian(sum(square(A * B)), A, B), A = in_A,
        B = in_B);
  check(sparse_hessian(a * a * b + sin(c), a, b, c), hessian(a * a * b + sin(c), a, b, c), a = 0.3,
        b = 0.7, c = -1.1);
  CHECK(is_way(jacobian(exp(x), x), sparse_way::by_rows, 1));
  check(sparse_jacobian(exp(x), x), jacobian(exp(x), x), x = in_x);
  check(sparse_jacobian(A * B, A), jacobian(A * B, A), A = in_A, B = in_B);
  // a column that all rows meet: by columns
  CHECK(is_way(jacobian(tail * a, x, a), sparse_way::by_columns, 2));
  check(sparse_jacobian(tail * a, x, a), jacobian(tail * a, x, a), x = in_x, a = 0.3);
  check(sparse_jacobian(stack(a * b, c, a + c), a, b, c), jacobian(stack(a * b, c, a + c), a, b, c),
        a = 0.3, b = 0.7, c = -1.1);
  // nothing is 0: the matrix
  CHECK(is_way(hessian(square(sum(x)), x), sparse_way::dense, 6));
  check(sparse_hessian(square(sum(x)), x), hessian(square(sum(x)), x), x = in_x);
}

TEST_CASE("elements have derivatives") {
  CHECK(gradient_is_right(squared_norm(sparse_hessian(valley, x).values), at(x = in_x)));
  CHECK(gradient_is_right(sum(sin(sparse_jacobian(A * B, A).values)), at(A = in_A, B = in_B)));
}

TEST_CASE("both halves are the same to the bit") {
  constexpr auto f = exp(a * sin(b) / c) * log1p(a * a * b * b) + tanh(a - c * b);
  const auto h = compile(hessian(f, a, b, c))(a = 0.37, b = 1.13, c = -0.71);
  constexpr auto sums =
      sum(exp(elementwise_product(tail, sin(head)))) + sum(x) * element_of<0, 0>(cos(x));
  constexpr auto sparse = sparse_hessian(sums, x);
  const auto values = compile(sparse.values)(x = in_x);
  matrix<double, 6, 6> whole{};
  for (int k = 0; k < sparse.nonzeros; ++k)
    whole(sparse.row_indices[k], sparse.column_indices[k]) = values(k, 0);
  bool is_same = true;
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < i; ++j)
      is_same = is_same && whole(i, j) == whole(j, i) && (i > 2 || h(i, j) == h(j, i));
  CHECK(is_same);
}

TEST_CASE("a band of a thousand") {
  constexpr variable<"z", 1000> z;
  constexpr auto above = rows_of<1, 999>(z);
  constexpr auto below = rows_of<0, 999>(z);
  constexpr auto f = 100_c * squared_norm(above - square(below)) + squared_norm(1_c - below);
  constexpr auto band = sparse_hessian(f, z);
  static_assert(band.nonzeros == 2998);
  std::vector<double> at(1000);
  for (std::size_t i = 0; i < 1000; ++i)
    at[i] = double(i % 7) / 4 - 0.5;
  const auto values = compile(band.values)(z = at);
  bool is_right = true;
  for (int k = 0; k < band.nonzeros; ++k) {
    const auto i = std::size_t(band.row_indices[k]), j = std::size_t(band.column_indices[k]);
    // d2f/dz_i^2 = 1200 z_i^2 - 400 z_(i+1) + 2 for i < 999, and 200 for i > 0
    const double expected =
        i != j ? -400 * at[i < j ? i : j]
               : (i < 999 ? 1200 * at[i] * at[i] - 400 * at[i + 1] + 2 : 0) + (i > 0 ? 200 : 0);
    is_right = is_right && std::abs(values.data()[k] - expected) < 1e-9;
  }
  CHECK(is_right);
}

TEST_CASE("what is rearranged, and what flows back to it") {
  constexpr variable<"w", 1, 2> w;
  constexpr auto every_second = sum(exp(rows_of<4, 3, -2>(x)));
  CHECK(to_string(sparsity(hessian(every_second, x))) == "x.....\n......\n"
                                                         "..x...\n......\n"
                                                         "....x.\n......\n");
  CHECK(to_string(sparsity(jacobian(flip_rows(x), x))) == ".....x\n....x.\n...x..\n"
                                                          "..x...\n.x....\nx.....\n");
  constexpr auto windows = sum(exp(conv1d(w, transpose(x))));
  CHECK(to_string(sparsity(hessian(windows, x))) == "xx....\nxxx...\n.xxx..\n"
                                                    "..xxx.\n...xxx\n....xx\n");
  constexpr auto sparse = sparse_hessian(windows, x);
  const auto [values, whole] =
      compile(sparse.values, hessian(windows, x))(x = in_x, w = std::array{0.5, -2.0});
  CHECK(are_elements_of(sparse, values, whole));
}
