// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What goes into a layer, where the layer is made.
//
// EXPECT 1: a layer is made of one activation, a function as tanh is, of layers
// EXPECT 2: a layer is made of one activation, a function as tanh is, of layers
// EXPECT 3: a layer is made of one activation, a function as tanh is, of layers
// EXPECT 4: a layer is made of one activation, a function as tanh is, of layers
// EXPECT 5: a layer is made of one activation, a function as tanh is, of layers
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"u", 3> u;
constexpr variable<"M", 3, 2> M;
#ifdef ACCEPT
constexpr auto f = sum(rnn<"r", 3, 2>()(M)) + sum(embedding<"e", 4, 2>()(1_c)) +
                   sequential(dense<"d", 3, 1>(tanh))(u);
#elif MISTAKE == 1
constexpr auto f = rnn<"r", 3, 2>(M);
#elif MISTAKE == 2
constexpr auto f = embedding<"e", 4, 2>(1_c);
#elif MISTAKE == 3
constexpr auto f = sequential(u, u);
#elif MISTAKE == 4
constexpr auto f = dense<"d", 3, 2>();
#elif MISTAKE == 5
constexpr auto f = conv1d<"c", 3, 2, 2>();
#endif
