// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The networks of hand_written.hpp on the library's tape, with the same arguments and results. Each
// call clears the current recording and writes it anew: the caller makes one tape::recording first.
#pragma once

#include "hand_written.hpp"

#include <chainrule/benchmark/tape.hpp>

#include <array>
#include <cstddef>

namespace tape = chainrule::tape;

namespace tape_workloads {

using hand_written::result;
using hand_written::w1_arguments;
using hand_written::w2_arguments;
using hand_written::w3_arguments;
using hand_written::w4_arguments;
using hand_written::w7_arguments;

/// Variables with these values, on the cleared tape.
template <std::size_t Count>
std::array<tape::real, Count> variables(const std::array<double, Count> &values) {
  tape::recording &current = tape::current();
  current.clear();
  std::array<tape::real, Count> made;
  for (std::size_t i = 0; i < Count; ++i)
    made[i] = current.variable(values[i]);
  return made;
}

/// The loss and its slopes for the variables.
template <std::size_t Count>
result<Count> gradient(const tape::real &loss, const std::array<tape::real, Count> &parameters) {
  tape::recording &current = tape::current();
  current.backward(loss);
  result<Count> out;
  out.value = loss.value;
  for (std::size_t i = 0; i < Count; ++i)
    out.gradient[i] = current.slope(parameters[i]);
  return out;
}

inline result<3> w1(const w1_arguments &in) {
  const auto w = variables<3>({in.w1, in.w2, in.w3});
  const auto z = w[2] * sigmoid(w[1] * sigmoid(w[0] * in.x));
  return gradient(binary_cross_entropy_with_logits(z, in.y), w);
}

inline result<3> w2(const w2_arguments &in) {
  const auto w = variables<3>({in.w1, in.w2, in.w3});
  return gradient(square(w[2] * sigmoid(w[1] * sigmoid(w[0] * in.x)) - in.y), w);
}

inline result<20> w3(const w3_arguments &in) {
  const auto w = variables(in.w);
  tape::real s = sigmoid(w[0] * in.x);
  for (std::size_t i = 1; i < 20; ++i)
    s = sigmoid(w[i] * s);
  return gradient(square(s - in.y), w);
}

inline result<17> w4(const w4_arguments &in) {
  const auto p = variables(in.p);
  tape::real z = p[16];
  for (std::size_t i = 0; i < 4; ++i)
    z = z + p[12 + i] * tanh(p[2 * i] * in.x1 + p[2 * i + 1] * in.x2 + p[8 + i]);
  return gradient(binary_cross_entropy_with_logits(z, in.y), p);
}

inline result<9> w7(const w7_arguments &in) {
  const auto p = variables<9>({in.w1, in.b1, in.w2, in.b2, in.w3, in.b3, in.w4, in.b4, in.x});
  const auto a1 = p[0] * p[8] + p[1];
  const auto a2 = p[2] * relu(a1) + p[3];
  const auto a3 = p[4] * relu(a2) + p[5];
  const auto error = p[6] * (a1 + a2 + a3) + p[7] - in.y;
  return gradient(0.5 * square(error), p);
}

} // namespace tape_workloads
