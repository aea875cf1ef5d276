// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#if __has_include(<Eigen/Core>) && __has_include(<boost/hana.hpp>)
#include <chainrule/chainrule.hpp>
#include <chainrule/eigen.hpp>

#include <boost/hana.hpp>

using namespace chainrule;

namespace {

constexpr variable<"W", 2, 2> W;
constexpr variable<"x", 2> x;
constexpr auto step = compile(gradient(squared_norm(W * x), W));

// -- row_major
inline auto slopes_at(const Eigen::MatrixXd &weights, const Eigen::Vector2d &at) {
  return step(W = row_major(weights), x = at); // Eigen's matrices lie column by column
}

// -- as_eigen
inline double size_of_slope(const Eigen::Vector2d &at) {
  const auto slope = step(W = {{1.0, 2.0}, {3.0, 4.0}}, x = at);
  return as_eigen(slope[W]).norm();
}

// -- eigen_kernels
constexpr auto with_eigen = step.kernels(eigen_kernels{}); // products beyond 512 x 512 x 512

// -- variables_of
constexpr auto model = dense<"hidden", 2, 3>(tanh);
static_assert(boost::hana::size(variables_of(model)) == boost::hana::size_c<2>);

} // namespace
#endif
