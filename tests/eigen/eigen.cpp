// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Eigen's matrices as arguments and outputs, and its products in place of ours, against sums that
// Eigen and plain loops compute.
#include <chainrule/eigen.hpp>
#include <chainrule/samples.hpp>
#include <chainrule/sparse.hpp>

#include "catch.hpp"

#include <Eigen/SparseCholesky>

#include <memory>

using namespace chainrule;

double of_the_other_unit(const matrix<double, 64, 64> &left, const matrix<double, 64, 64> &right);

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"x", 3> x;
constexpr auto times_x = compile(A * x);
constexpr auto energy = squared_norm(A * x);
constexpr auto step = compile(energy, gradient(energy, A, x));

template <int Options>
using two_by_three = Eigen::Matrix<double, 2, 3, Options>;
using row_major_matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

const Eigen::Vector3d in(1, 0, -1);

void check(const auto &given) { CHECK(times_x(A = given, x = in) == matrix<double, 2>{-2, -2}); }

/// Every product by Eigen, also where it is slower: eigen_kernels takes none of them on SSE2.
struct all_by_eigen {
  template <class Operation, chainrule::detail::extent... Operands, class T>
  static constexpr void run(T *to, const auto *...operands) {
    using product = chainrule::detail::eigen_product<Operation>;
    if constexpr (requires { product::template run<Operands...>(to, operands...); })
      product::template run<Operands...>(to, operands...);
    else
      chainrule::detail::own_kernels::run<Operation, Operands...>(to, operands...);
  }
};

template <int Rows, int Inner, int Columns>
void check_products() {
  constexpr variable<"L", Rows, Inner> L;
  constexpr variable<"R", Inner, Columns> R;
  constexpr variable<"D", Rows, Columns> D;
  matrix<double, Rows, Inner> left;
  matrix<double, Inner, Columns> right;
  matrix<double, Rows, Columns> flow;
  random_numbers random(5);
  const auto fill = [&](auto &values) {
    for (double &each : values)
      each = random.normal();
  };
  fill(left), fill(right), fill(flow);
  const auto [product, by_left, by_right] =
      compile(L * R, D * transpose(R), transpose(L) * D)
          .kernels(all_by_eigen{})(L = left, R = right, D = flow);
  const auto check = [](const auto &found, const auto &expected) {
    CHECK((as_eigen(found) - expected).cwiseAbs().maxCoeff() < 1e-12);
  };
  check(product, as_eigen(left).lazyProduct(as_eigen(right)));
  check(by_left, as_eigen(flow).lazyProduct(as_eigen(right).transpose()));
  check(by_right, as_eigen(left).transpose().lazyProduct(as_eigen(flow)));
}

} // namespace

TEST_CASE("Eigen's products, plain and transposed, of several shapes") {
  check_products<2, 3, 5>();
  check_products<17, 9, 33>();
  check_products<40, 70, 20>();
}

TEST_CASE("what lies row by row is read in place") {
  two_by_three<Eigen::RowMajor> fixed;
  fixed << 1, 2, 3, 4, 5, 6;
  const row_major_matrix dynamic = fixed;
  const Eigen::Array<double, 2, 3, Eigen::RowMajor> array = fixed.array();
  const std::array<double, 6> values{1, 2, 3, 4, 5, 6};
  check(fixed);
  check(dynamic);
  check(array);
  check(Eigen::Map<const two_by_three<Eigen::RowMajor>>(values.data()));
  check(Eigen::Map<const row_major_matrix>(values.data(), 2, 3));
  const Eigen::VectorXd vector = in;
  CHECK(times_x(A = fixed, x = vector) == matrix<double, 2>{-2, -2});
  CHECK(times_x(A = fixed, x = Eigen::RowVector3d(1, 0, -1)) == matrix<double, 2>{-2, -2});
  row_major_matrix tall(4, 3);
  tall << 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0;
  check(tall.middleRows(1, 2));
}

TEST_CASE("everything else is copied on demand") {
  two_by_three<Eigen::ColMajor> columns;
  columns << 1, 2, 3, 4, 5, 6;
  const Eigen::MatrixXd dynamic = columns;
  check(columns); // few enough to be copied
  check(row_major(columns));
  check(row_major(dynamic));
  check(row_major(columns.array()));
  check(row_major(2 * columns - columns));
  check(row_major(columns.transpose().eval().transpose()));
}

TEST_CASE("outputs are written into Eigen's matrices and seen as such") {
  two_by_three<Eigen::RowMajor> a;
  a << 1, 2, 3, 4, 5, 6;
  const Eigen::MatrixXd by_a = 2 * (a * in) * in.transpose();
  const Eigen::VectorXd by_x = 2 * a.transpose() * (a * in);
  const auto [value, slope] = step(A = a, x = in);
  CHECK(value == (a * in).squaredNorm());
  CHECK(as_eigen(slope[A]) == by_a);
  CHECK(as_eigen(slope[x]) == by_x);
  static_assert(decltype(as_eigen(slope[A]))::IsRowMajor);
  const auto of_a_temporary = as_eigen(compile(gradient(energy, A))(A = a, x = in)[A]);
  CHECK(of_a_temporary == by_a);

  constexpr auto apart = compile(energy, gradient(energy, A), gradient(energy, x));
  row_major_matrix slope_a(2, 3);
  Eigen::VectorXd slope_x(3);
  double written = 0;
  apart.into(written, slope_a, Eigen::Map<Eigen::VectorXd>(slope_x.data(), 3))(A = a, x = in);
  CHECK(written == value);
  CHECK(slope_a == by_a);
  CHECK(slope_x == by_x);

  matrix<double, 2, 3> own{1, 2, 3, 4, 5, 6};
  as_eigen(own) *= 2;
  CHECK(own == matrix<double, 2, 3>{2, 4, 6, 8, 10, 12});
}

TEST_CASE("a sparse Hessian is Eigen's to solve with") {
  constexpr variable<"z", 4> z;
  constexpr auto f = squared_norm(z) + square(element_of<0, 0>(z) - element_of<2, 0>(z));
  constexpr auto H = sparse_hessian(f, z);
  const Eigen::Vector4d at(1, 2, 3, 4);
  const auto [values, slope] = compile(H.values, partial(f, z))(z = at);
  const auto sparse = as_eigen(H, values);
  Eigen::Matrix4d expected = 2 * Eigen::Matrix4d::Identity(); // and 2 (1, 0, -1, 0)^T (1, 0, -1, 0)
  expected(0, 0) = expected(2, 2) = 4;
  expected(0, 2) = expected(2, 0) = -2;
  CHECK(sparse.nonZeros() == 6);
  CHECK(Eigen::Matrix4d(sparse) == expected);
  const auto of_a_temporary = as_eigen(H, compile(H.values)(z = at));
  CHECK(Eigen::Matrix4d(of_a_temporary) == expected);
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factors(sparse);
  const Eigen::Vector4d newton = at - factors.solve(as_eigen(slope)); // f is quadratic
  CHECK(newton.norm() < 1e-12);
}

TEST_CASE("Eigen's products agree with ours, in one program with them") {
  constexpr variable<"L", 64, 64> L;
  constexpr variable<"R", 64, 64> R;
  constexpr auto all = compile(L * R, transpose(L) * R, L * transpose(R), sum(L * R));
  random_numbers random(5);
  const auto left = std::make_unique<matrix<double, 64, 64>>(),
             right = std::make_unique<matrix<double, 64, 64>>();
  for (double &each : *left)
    each = random.normal();
  for (double &each : *right)
    each = random.normal();
  const auto own = all(L = *left, R = *right);
  const auto others = all.kernels(eigen_kernels{})(L = *left, R = *right);
  const auto l = as_eigen(*left), r = as_eigen(*right);
  CHECK((as_eigen(std::get<0>(others)) - l * r).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((as_eigen(std::get<1>(others)) - l.transpose() * r).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((as_eigen(std::get<2>(others)) - l * r.transpose()).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((as_eigen(std::get<0>(own)) - l * r).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(std::get<3>(own) == of_the_other_unit(*left, *right));
}

namespace {

// a function with these kernels can be called in constant evaluation
constexpr auto squares = [] {
  matrix<double, 64, 64> ones{}, result{};
  for (double &each : ones)
    each = 1;
  constexpr variable<"L", 64, 64> L;
  constexpr variable<"c", 64, 1> c;
  matrix<double, 64> column{1};
  compile(L * c)
      .kernels(eigen_kernels{})
      .into(matrix_view<double, 64>(result.data()))(L = ones, c = column);
  return result(0, 63);
}();
static_assert(squares == 1);

} // namespace

TEST_CASE("samples in matrices of Eigen's, which lie column by column or row by row") {
  constexpr variable<"s", 2> s;
  constexpr variable<"weight"> weight;
  const Eigen::MatrixXd columns{{1, 2, 3, 4, 5}, {-1, 0, 2, 1, 3}};
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> in_order = columns;
  const Eigen::MatrixXd rows = columns.transpose();
  const Eigen::MatrixXf narrow = columns.cast<float>();
  const Eigen::VectorXd weights{{1, -1, 2, 0, 3}};
  const auto mean = mean_over_samples(compile(s * weight));
  const matrix<double, 2> expected{20.0 / 5, 12.0 / 5};
  CHECK(mean(s = in_columns(columns), weight = in_rows(weights)) == expected);
  CHECK(mean(s = in_columns(in_order), weight = in_columns(weights)) == expected);
  CHECK(mean(s = in_rows(rows), weight = in_rows(weights)) == expected);
  CHECK(mean(s = in_columns(narrow), weight = in_rows(weights)) == expected);
}
