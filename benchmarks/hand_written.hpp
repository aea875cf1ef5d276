// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gradients of the benchmark networks written by hand, as fast and as accurate as plain double
// code gets: nothing is computed twice, every local slope comes from the forward sweep, losses are
// fused with the last layer, choices are selects. textbook::w1 is the same network as in a
// homework. Each function takes the arguments of a workload and returns value and gradient.
// Read next: workloads_tape.hpp.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace hand_written {

/// The value of a loss and its slopes, in the order of the parameters.
template <std::size_t Count>
struct result {
  double value;
  std::array<double, Count> gradient;
};

/// Cross-entropy of sigmoid(w3 sigmoid(w2 sigmoid(w1 x))) and y; slopes for w1, w2, w3.
struct w1_arguments {
  double w1, w2, w3, x, y;
};

/// (y - w3 sigmoid(w2 sigmoid(w1 x)))^2; slopes for w1, w2, w3.
struct w2_arguments {
  double w1, w2, w3, x, y;
};

/// (y - s_20)^2 with s_i = sigmoid(w_i s_(i-1)) and s_0 = x; slopes for the 20 weights.
struct w3_arguments {
  std::array<double, 20> w;
  double x, y;
};

/// Cross-entropy of sigmoid(output . tanh(hidden x + bias) + bias) and y, 2-4-1. The parameters
/// are the hidden weights row by row (0..7), hidden biases (8..11), output weights (12..15) and
/// output bias (16).
struct w4_arguments {
  std::array<double, 17> p;
  double x1, x2, y;
};

/// (w4 (a1 + a2 + a3) + b4 - y)^2 / 2 with a1 = w1 x + b1, a2 = w2 relu(a1) + b2 and
/// a3 = w3 relu(a2) + b3; slopes for w1, b1, w2, b2, w3, b3, w4, b4, x.
struct w7_arguments {
  double w1, b1, w2, b2, w3, b3, w4, b4, x, y;
};

struct value_and_slope {
  double value, slope;
};

/// sigmoid z = 1 / (1 + e), sigmoid' z = sigmoid z (e sigmoid z) with e = exp(-z): no digit
/// cancels, and the value is one division after the exponential. The slope keeps e finite, so that
/// it ends in 0 and not in 0 * infinity.
inline value_and_slope sigmoid(double z) {
  constexpr double largest = std::numeric_limits<double>::max();
  const double e = std::exp(-z);
  const double value = 1.0 / (1.0 + e);
  return {value, value * ((e < largest ? e : largest) * value)};
}

/// -(y log p + (1 - y) log(1 - p)) for p = sigmoid z, and its slope p - y, from t = exp(-|z|):
/// q = t / (1 + t), h = 1 for z >= 0, else 0; value z (h - y) + log1p(t), slope (h - y) -+ q.
inline value_and_slope binary_cross_entropy_with_logits(double z, double y) {
  const double t = std::exp(-std::fabs(z));
  const double u = 1.0 + t;
  const double q = t / u;
  const double missing = 0.5 + std::copysign(0.5, z) - y;
  // log1p(t) = log(u) + (t - (u - 1)) / u: what 1 + t lost, and 1 / u = 1 - q.
  const double log_u = std::log(u) + (t - (u - 1.0)) * (1.0 - q);
  return {z * missing + log_u, missing - std::copysign(q, z)};
}

/// tanh of each z from one exponential, to a few units in the last place: (1 - t) / (1 + t) with
/// t = exp(-2 |z|), and below 0.4, where 1 - t cancels, Lambert's continued fraction (its error
/// there is 4e-18). All arms are computed before the selects, so that compilers use lanes: g++ 12
/// with -O3 takes 69 ns for W4 instead of 75, clang 14 takes 63 instead of 84.
template <std::size_t Count>
inline std::array<double, Count> tanh(const std::array<double, Count> &z) {
  std::array<double, Count> t;
  for (std::size_t i = 0; i < Count; ++i)
    t[i] = std::exp(-2.0 * std::fabs(z[i]));
  std::array<double, Count> out;
  for (std::size_t i = 0; i < Count; ++i) {
    const double size = std::fabs(z[i]);
    const double square = z[i] * z[i];
    const double over_near = size * (135135.0 + square * (17325.0 + square * (378.0 + square)));
    const double under_near = 135135.0 + square * (62370.0 + square * (3150.0 + square * 28.0));
    const double over_far = 1.0 - t[i];
    const double under_far = 1.0 + t[i];
    const bool near = size < 0.4;
    out[i] = std::copysign((near ? over_near : over_far) / (near ? under_near : under_far), z[i]);
  }
  return out;
}

/// The same with the C library's tanh.
template <std::size_t Count>
inline std::array<double, Count> library_tanh(std::array<double, Count> z) {
  for (double &each : z)
    each = std::tanh(each);
  return z;
}

inline result<3> w1(const w1_arguments &in) {
  const value_and_slope s1 = sigmoid(in.w1 * in.x);
  const value_and_slope s2 = sigmoid(in.w2 * s1.value);
  const value_and_slope loss = binary_cross_entropy_with_logits(in.w3 * s2.value, in.y);
  const double z2 = loss.slope * (in.w3 * s2.slope);
  const double z1 = z2 * (in.w2 * s1.slope);
  return {loss.value, {z1 * in.x, z2 * s1.value, loss.slope * s2.value}};
}

inline result<3> w2(const w2_arguments &in) {
  const value_and_slope s1 = sigmoid(in.w1 * in.x);
  const value_and_slope s2 = sigmoid(in.w2 * s1.value);
  const double error = in.w3 * s2.value - in.y;
  const double output = error + error;
  const double z2 = output * (in.w3 * s2.slope);
  const double z1 = z2 * (in.w2 * s1.slope);
  return {error * error, {z1 * in.x, z2 * s1.value, output * s2.value}};
}

inline result<20> w3(const w3_arguments &in) {
  std::array<double, 20> input;
  std::array<double, 20> back; // from the slope for one layer's sum to that of the layer below
  input[0] = in.x;
  value_and_slope s = sigmoid(in.w[0] * in.x);
  for (std::size_t i = 1; i < 20; ++i) {
    input[i] = s.value;
    back[i] = in.w[i] * s.slope;
    s = sigmoid(in.w[i] * s.value);
  }
  const double error = s.value - in.y;
  result<20> out;
  out.value = error * error;
  double z = (error + error) * s.slope;
  for (std::size_t i = 19; i > 0; --i) {
    out.gradient[i] = z * input[i];
    z *= back[i];
  }
  out.gradient[0] = z * in.x;
  return out;
}

/// W4 from the sums of its hidden layer and their tanh. tanh' = 1 - a^2 needs no product of its
/// own: g v (1 - a^2) = g v - (g a) (v a), and g a is a slope, v a a term of the output.
inline result<17> w4_after_tanh(const w4_arguments &in, const std::array<double, 4> &activation) {
  const auto &p = in.p;
  std::array<double, 4> term;
  for (std::size_t i = 0; i < 4; ++i)
    term[i] = p[12 + i] * activation[i];
  const value_and_slope loss =
      binary_cross_entropy_with_logits((term[0] + term[1]) + (term[2] + term[3]) + p[16], in.y);
  result<17> out;
  out.value = loss.value;
  for (std::size_t i = 0; i < 4; ++i) {
    const double weight = loss.slope * activation[i];
    const double z = loss.slope * p[12 + i] - weight * term[i];
    out.gradient[2 * i] = z * in.x1;
    out.gradient[2 * i + 1] = z * in.x2;
    out.gradient[8 + i] = z;
    out.gradient[12 + i] = weight;
  }
  out.gradient[16] = loss.slope;
  return out;
}

inline std::array<double, 4> w4_sums(const w4_arguments &in) {
  std::array<double, 4> z;
  for (std::size_t i = 0; i < 4; ++i)
    z[i] = in.p[2 * i] * in.x1 + in.p[2 * i + 1] * in.x2 + in.p[8 + i];
  return z;
}

inline result<17> w4(const w4_arguments &in) { return w4_after_tanh(in, tanh(w4_sums(in))); }

/// W4 with the C library's tanh.
inline result<17> w4_library(const w4_arguments &in) {
  return w4_after_tanh(in, library_tanh(w4_sums(in)));
}

/// Number if condition, else 0. Without a branch also on g++ 12, which turns two plain selects on
/// one condition into a jump.
template <bool Masked>
inline double only_if(bool condition, double number) {
  if constexpr (Masked)
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(number) &
                                 -static_cast<std::uint64_t>(condition));
  else
    return condition ? number : 0.0;
}

template <bool Masked>
inline result<9> w7_with(const w7_arguments &in) {
  const double a1 = in.w1 * in.x + in.b1;
  const double r1 = only_if<Masked>(a1 > 0.0, a1);
  const double a2 = in.w2 * r1 + in.b2;
  const double r2 = only_if<Masked>(a2 > 0.0, a2);
  const double a3 = in.w3 * r2 + in.b3;
  const double sum = a1 + a2 + a3;
  const double error = in.w4 * sum + in.b4 - in.y;
  const double z3 = error * in.w4;
  const double z2 = z3 + only_if<Masked>(a2 > 0.0, z3 * in.w3);
  const double z1 = z3 + only_if<Masked>(a1 > 0.0, z2 * in.w2);
  return {0.5 * (error * error),
          {z1 * in.x, z1, z2 * r1, z2, z3 * r2, z3, error * sum, error, z1 * in.w1}};
}

/// With plain selects: the faster one where the signs of a1 and a2 can be predicted.
inline result<9> w7(const w7_arguments &in) { return w7_with<false>(in); }

/// With bit masks: no branch on any compiler.
inline result<9> w7_masked(const w7_arguments &in) { return w7_with<true>(in); }

/// The same formulas as a homework writes them; they overflow or lose digits at the extremes.
namespace textbook {

inline double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

inline result<3> w1(const w1_arguments &in) {
  const double s1 = sigmoid(in.w1 * in.x);
  const double s2 = sigmoid(in.w2 * s1);
  const double p = sigmoid(in.w3 * s2);
  const double loss = -(in.y * std::log(p) + (1.0 - in.y) * std::log(1.0 - p));
  const double loss_by_p = -(in.y / p) + (1.0 - in.y) / (1.0 - p);
  const double loss_by_z3 = loss_by_p * p * (1.0 - p);
  const double loss_by_w3 = loss_by_z3 * s2;
  const double loss_by_s2 = loss_by_z3 * in.w3;
  const double loss_by_z2 = loss_by_s2 * s2 * (1.0 - s2);
  const double loss_by_w2 = loss_by_z2 * s1;
  const double loss_by_s1 = loss_by_z2 * in.w2;
  const double loss_by_z1 = loss_by_s1 * s1 * (1.0 - s1);
  const double loss_by_w1 = loss_by_z1 * in.x;
  return {loss, {loss_by_w1, loss_by_w2, loss_by_w3}};
}

} // namespace textbook

} // namespace hand_written
