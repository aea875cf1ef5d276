// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The networks of hand_written.hpp as chainrule expressions, with the same arguments.
#pragma once

#include <chainrule/chainrule.hpp>

#include "hand_written.hpp"

namespace chainrule_workloads {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"w3"> w3;

template <class Result, std::size_t... I>
[[gnu::always_inline]] inline auto as_result(const Result &from, std::index_sequence<I...>) {
  return hand_written::result<sizeof...(I)>{std::get<0>(from), {std::get<1>(from).values[I]...}};
}

inline hand_written::result<3> first(const hand_written::w1_arguments &in) {
  constexpr auto loss = binary_cross_entropy(sigmoid(w3 * sigmoid(w2 * sigmoid(w1 * x))), y);
  return as_result(compile(loss, gradient(loss, w1, w2, w3))(w1 = in.w1, w2 = in.w2, w3 = in.w3,
                                                             x = in.x, y = in.y),
                   std::make_index_sequence<3>{});
}

inline hand_written::result<3> second(const hand_written::w2_arguments &in) {
  constexpr auto loss = squared_error(y, w3 * sigmoid(w2 * sigmoid(w1 * x)));
  return as_result(compile(loss, gradient(loss, w1, w2, w3))(w1 = in.w1, w2 = in.w2, w3 = in.w3,
                                                             x = in.x, y = in.y),
                   std::make_index_sequence<3>{});
}

/// The parameter of index I, "pa", "pb", ...
template <std::size_t I>
constexpr variable<fixed_string<3>({'p', static_cast<char>('a' + I), '\0'})> p;

template <std::size_t I>
constexpr auto chain(auto input) {
  if constexpr (I == 20)
    return input;
  else
    return chain<I + 1>(sigmoid(p<I> * input));
}

template <std::size_t... I>
[[gnu::always_inline]] inline auto third(const hand_written::w3_arguments &in,
                                         std::index_sequence<I...> indices) {
  constexpr auto loss = squared_error(y, chain<0>(x));
  return as_result(compile(loss, gradient(loss, p<I>...))((p<I> = in.w[I])..., x = in.x, y = in.y),
                   indices);
}
inline hand_written::result<20> third(const hand_written::w3_arguments &in) {
  return third(in, std::make_index_sequence<20>{});
}

constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;

template <std::size_t I>
constexpr auto hidden = tanh(p<2 * I> *x1 + p<2 * I + 1> * x2 + p<8 + I>);

template <std::size_t... I>
[[gnu::always_inline]] inline auto fourth(const hand_written::w4_arguments &in,
                                          std::index_sequence<I...> indices) {
  constexpr auto logit =
      p<12> * hidden<0> + p<13> * hidden<1> + p<14> * hidden<2> + p<15> * hidden<3> + p<16>;
  constexpr auto loss = binary_cross_entropy(sigmoid(logit), y);
  return as_result(
      compile(loss, gradient(loss, p<I>...))((p<I> = in.p[I])..., x1 = in.x1, x2 = in.x2, y = in.y),
      indices);
}
inline hand_written::result<17> fourth(const hand_written::w4_arguments &in) {
  return fourth(in, std::make_index_sequence<17>{});
}

constexpr variable<"w4"> w4;
constexpr variable<"b1"> b1;
constexpr variable<"b2"> b2;
constexpr variable<"b3"> b3;
constexpr variable<"b4"> b4;

inline hand_written::result<9> seventh(const hand_written::w7_arguments &in) {
  constexpr auto a1 = w1 * x + b1;
  constexpr auto a2 = w2 * relu(a1) + b2;
  constexpr auto a3 = w3 * relu(a2) + b3;
  constexpr auto loss = 0.5_c * squared_error(w4 * (a1 + a2 + a3) + b4, y);
  return as_result(compile(loss, gradient(loss, w1, b1, w2, b2, w3, b3, w4, b4, x))(
                       w1 = in.w1, b1 = in.b1, w2 = in.w2, b2 = in.b2, w3 = in.w3, b3 = in.b3,
                       w4 = in.w4, b4 = in.b4, x = in.x, y = in.y),
                   std::make_index_sequence<9>{});
}

} // namespace chainrule_workloads
