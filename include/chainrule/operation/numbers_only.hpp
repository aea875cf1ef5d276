// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a function of expressions says where it is called with numbers only, relu(0.5): one
// sentence. These overloads are chosen where nothing else fits: a conversion by a constructor is
// worse than any conversion of numbers, and a template worse than a function. So exp(2) is std::exp
// where that is in sight, and a user's own relu(double) stays the one that is called.
// Read next: arithmetic.hpp.
#pragma once

namespace chainrule {
namespace detail {

/// A number of any type in the place of an expression.
struct bare {
  constexpr bare(long double) {}
};

/// What a call with numbers only comes to: the error.
template <class T>
constexpr double refused() {
  static_assert(sizeof(T) == 0,
                "relu(0.5), max(1, 2): a function of chainrule makes a formula of expressions and "
                "was given numbers only; its value at a number is compile(relu(x))(x = 0.5), and "
                "a constant in a formula is a literal, relu(0.5_c)");
  return 0;
}

} // namespace detail

// clang-format off
template <class T = int> constexpr double exp(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double expm1(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log1p(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double exp2(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log2(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log10(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double square(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double sqrt(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double cbrt(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double reciprocal(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double sin(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double cos(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double tan(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double asin(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double acos(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double atan(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double sinh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double cosh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double tanh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double asinh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double acosh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double atanh(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double erf(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double erfc(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double normal_density(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double normal_cdf(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log_normal_cdf(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double lgamma(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double digamma(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double trigamma(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double abs(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double sign(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double max(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double relu(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double leaky_relu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double elu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double selu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double celu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double gelu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double gelu_tanh(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double silu(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double mish(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double softsign(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hard_sigmoid(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hard_swish(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hard_tanh(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double sigmoid(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double softplus(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log_sigmoid(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double logit(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log1mexp(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double transpose(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double sum(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double row_sums(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double column_sums(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double mean(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double norm(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double squared_norm(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double softmax(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double log_softmax(detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double logsumexp(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double no_rewrite(detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double max(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double max(detail::bare, detail::bare, detail::bare, ...) { return detail::refused<T>(); }
template <class T = int> constexpr double min(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double min(detail::bare, detail::bare, detail::bare, ...) { return detail::refused<T>(); }
template <class T = int> constexpr double pow(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hypot(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hypot(detail::bare, detail::bare, detail::bare, ...) { return detail::refused<T>(); }
template <class T = int> constexpr double atan2(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double logaddexp(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double xlogy(detail::bare, detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double relu(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double leaky_relu(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double elu(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double celu(detail::bare, detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double elementwise_product(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double elementwise_quotient(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double dot(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double outer(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double stack(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double stack(detail::bare, detail::bare, detail::bare, ...) { return detail::refused<T>(); }
template <class T = int> constexpr double beside(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double beside(detail::bare, detail::bare, detail::bare, ...) { return detail::refused<T>(); }

template <class T = int> constexpr double squared_error(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double absolute_error(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double half_squared_error(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double mean_squared_error(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double mean_absolute_error(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double hinge(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double binary_cross_entropy(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double binary_cross_entropy_with_logits(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double cross_entropy(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double softmax_cross_entropy(detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double kullback_leibler(detail::bare, detail::bare) { return detail::refused<T>(); }

template <class T = int> constexpr double clamp(detail::bare, detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double select(detail::bare, detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double affine(detail::bare, detail::bare, detail::bare) { return detail::refused<T>(); }
template <class T = int> constexpr double huber(detail::bare, detail::bare, detail::bare) { return detail::refused<T>(); }
// clang-format on

} // namespace chainrule
