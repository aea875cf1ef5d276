// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What transformers are made of: attention, layer_norm, rms_norm; and batch_norm, dropout. A column
// is a position, or a sample of a batch.
// Read next: convolution.hpp.
#pragma once

#include <chainrule/operation/block.hpp>
#include <chainrule/operation/power.hpp>
#include <chainrule/operation/softmax.hpp>

namespace chainrule {

/// Each column less its mean, divided by its deviation, times gain, plus offset (Ba 2016): gain (x
/// - m) / sqrt(mean((x - m)^2) + epsilon) + offset. Shape: x m x n, gain and offset columns of m; m
/// x n.
template <expression Input, expression Gain, expression Offset,
          expression Epsilon = decltype(1e-5_c)>
[[nodiscard]] constexpr auto layer_norm(Input x, Gain gain, Offset offset, Epsilon epsilon = {}) {
  constexpr literal<detail::record<Input>.shape.rows> rows;
  const auto from_mean = x - column_sums(x) / rows;
  const auto deviation = sqrt(column_sums(square(from_mean)) / rows + epsilon);
  return elementwise_product(elementwise_quotient(from_mean, deviation), gain) + offset;
}

/// Each column divided by the root of its mean square, times gain (Zhang 2019): gain x /
/// sqrt(mean(x^2) + epsilon). Shape: x m x n, gain a column of m; m x n.
template <expression Input, expression Gain, expression Epsilon = decltype(1e-5_c)>
[[nodiscard]] constexpr auto rms_norm(Input x, Gain gain, Epsilon epsilon = {}) {
  constexpr literal<detail::record<Input>.shape.rows> rows;
  const auto size = sqrt(column_sums(square(x)) / rows + epsilon);
  return elementwise_product(elementwise_quotient(x, size), gain);
}

/// As it is trained (Ioffe 2015): each row less its mean m over the batch, divided by its deviation
/// there, times gain, plus offset, where a column is a sample: gain (x - m) / sqrt(mean((x - m)^2)
/// + epsilon) + offset. m is row_means(x), the variance row_means(square(x - m)), for the averages
/// that are kept for later. Shape: x m x n, gain and offset columns of m; m x n.
template <expression Batch, expression Gain, expression Offset,
          expression Epsilon = decltype(1e-5_c)>
[[nodiscard]] constexpr auto batch_norm(Batch x, Gain gain, Offset offset, Epsilon epsilon = {}) {
  const auto from_mean = x - row_means(x);
  const auto deviation = sqrt(row_means(square(from_mean)) + epsilon);
  return elementwise_product(elementwise_quotient(from_mean, deviation), gain) + offset;
}

/// Once it is trained, with means and variances that are given: gain (x - mean) / sqrt(variance +
/// epsilon) + offset. Shape: x m x n, the others columns of m; m x n.
template <expression Input, expression Gain, expression Offset, expression Mean,
          expression Variance, expression Epsilon = decltype(1e-5_c)>
[[nodiscard]] constexpr auto batch_norm(Input x, Gain gain, Offset offset, Mean mean,
                                        Variance variance, Epsilon epsilon = {}) {
  return elementwise_product(elementwise_quotient(gain, sqrt(variance + epsilon)), x - mean) +
         offset;
}

/// x where the mask is 1 and 0 where it is 0, divided by 1 - probability (Srivastava 2014). The
/// mask comes from outside; if each of its elements is 0 with this probability, the mean of the
/// result is x, so that a network without dropout computes what it was trained for. Shape: x and
/// mask of one shape; unchanged.
template <expression Input, expression Mask, expression Probability>
[[nodiscard]] constexpr auto dropout(Input x, Mask mask, Probability probability) {
  return elementwise_product(x, mask / (literal<1>{} - probability));
}

/// V softmax(K^T Q / sqrt(d) + mask) (Vaswani 2017). An element of the mask is 0 where a query sees
/// a key, and -infinity where it does not. Shape: queries Q d x m, keys K d x n, values V e x n,
/// mask n x m; e x m.
template <expression Queries, expression Keys, expression Values>
[[nodiscard]] constexpr auto attention(Queries Q, Keys K, Values V) {
  return V * softmax(transpose(K) * Q / sqrt(literal<detail::record<Queries>.shape.rows>{}));
}
template <expression Queries, expression Keys, expression Values, expression Mask>
[[nodiscard]] constexpr auto attention(Queries Q, Keys K, Values V, Mask mask) {
  return V * softmax(transpose(K) * Q / sqrt(literal<detail::record<Queries>.shape.rows>{}) + mask);
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(layer_norm, 3, 4)
CHAINRULE_EXPRESSIONS_ONLY(rms_norm, 2, 3)
CHAINRULE_EXPRESSIONS_ONLY(batch_norm, 3, 6)
CHAINRULE_EXPRESSIONS_ONLY(dropout, 3, 3)
CHAINRULE_EXPRESSIONS_ONLY(attention, 3, 4)

} // namespace chainrule
