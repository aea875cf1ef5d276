// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The chains and networks of depth_and_width.cpp by FastAD, where it is installed. Its expressions
// are types of their own, no numbers that a formula could be run on, so they are written out here:
// as its documentation advises, bound once to the memory of parameters and slopes, which stays
// where it is while a benchmark runs, and evaluated in each call.
#pragma once

#if __has_include(<fastad_bits/reverse.hpp>)
#define BENCHMARK_HAS_FASTAD 1
#include <algorithm>
#include <cstddef>
#include <fastad_bits/reverse.hpp>

namespace by_fastad {

/// Its sigmoid of a number does not compile (ad::sigmoid's slope asks Eigen for exp).
template <int Depth, int First = 0>
auto chain_of_sigmoids(ad::VarView<double> *weights, const auto &input) {
  if constexpr (First == Depth)
    return input;
  else
    return chain_of_sigmoids<Depth, First + 1>(weights,
                                               1.0 / (1.0 + ad::exp(-(weights[First] * input))));
}

/// The chain of sigmoids with a squared error.
template <int Depth>
double chain(const double (&weights)[Depth], double input, double label, double *slopes) {
  static double values[Depth + 2], adjoints[Depth + 2]; // the last two of input and label
  static auto expression = [] {
    ad::VarView<double> all[Depth];
    for (int i = 0; i < Depth; ++i)
      all[i] = ad::VarView<double>(values + i, adjoints + i);
    const ad::VarView<double> x(values + Depth, adjoints + Depth),
        y(values + Depth + 1, adjoints + Depth + 1);
    return ad::bind(ad::pow<2>(chain_of_sigmoids<Depth>(all, x) - y));
  }();
  std::copy_n(weights, Depth, values);
  values[Depth] = input;
  values[Depth + 1] = label;
  std::fill_n(adjoints, Depth + 2, 0.0);
  const double result = ad::autodiff(expression);
  std::copy_n(adjoints, Depth, slopes);
  return result;
}

/// The network N-N-N-1 with a squared error. Matrices are stored by columns there, by rows here:
/// what is multiplied are the transposed ones, from the right.
template <int N>
double network(const double *x, const double *W1, const double *b1, const double *W2,
               const double *b2, const double *v, const double &y, double *slopes) {
  static auto expression = [=, &y] {
    double *to = slopes;
    const auto variable = [&to](const double *from, std::size_t rows, std::size_t columns) {
      const ad::VarView<double, ad::mat> result(const_cast<double *>(from), to, rows, columns);
      to += rows * columns;
      return result;
    };
    const auto of_W1 = variable(W1, N, N), of_b1 = variable(b1, 1, N);
    const auto of_W2 = variable(W2, N, N), of_b2 = variable(b2, 1, N), of_v = variable(v, N, 1);
    const auto hidden = ad::tanh(ad::dot(ad::constant_view(x, 1, N), of_W1) + of_b1);
    const auto output = ad::dot(ad::tanh(ad::dot(hidden, of_W2) + of_b2), of_v);
    return ad::bind(ad::pow<2>(output - ad::constant_view(&y, 1, 1)));
  }();
  std::fill_n(slopes, 2 * N * N + 3 * N, 0.0);
  static const Eigen::MatrixXd seed = Eigen::MatrixXd::Ones(1, 1);
  return ad::autodiff(expression, seed.array()).coeff(0);
}

} // namespace by_fastad
#endif
