// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of a fixed number of expressions and layers, given others.
//
// EXPECT 1: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 2: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 3: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 4: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 5: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 6: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 7: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 8: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 9: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 10: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 11: makes a formula of expressions, of as many as takes_expressions<least, most>
// EXPECT 12: makes a formula of expressions, of as many as takes_expressions<least, most>
// NAMES: takes_expressions<1, 2>
#include <chainrule/chainrule.hpp>
#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

constexpr variable<"u", 3> u;
constexpr variable<"M", 3, 2> M;
constexpr variable<"A", 3, 3> A;
#ifdef ACCEPT
constexpr auto f = rows_of<0, 2>(u) + gather(transpose(M), 1_c) + max_pool<3>(transpose(u));
constexpr auto h = solve(A, u);
constexpr auto g = gru<"g", 3, 2>()(M) + embedding<"e", 4, 2>()(1_c) +
                   dense<"d", 3, 2>(tanh)(layer_norm(u, 1_c, 0_c, 1e-3_c));
#elif MISTAKE == 1
constexpr auto f = rows_of<0>(u) + 1_c;
#elif MISTAKE == 2
constexpr auto f = compile(rows_of<0, 2>(u, M));
#elif MISTAKE == 3
constexpr auto f = sum(gather(M, 2));
#elif MISTAKE == 4
constexpr auto f = flip_rows();
#elif MISTAKE == 5
constexpr auto f = 2_c * place_columns<0, 3>(0.5);
#elif MISTAKE == 6
constexpr auto f = rnn_cell(u, M);
#elif MISTAKE == 7
constexpr auto f = attention(M, M, M, M, M);
#elif MISTAKE == 8
constexpr auto f = conv1d(M);
#elif MISTAKE == 9
constexpr auto f = solve(A, 1);
#elif MISTAKE == 10
constexpr auto f = dense<"d", 3, 2>(tanh)(u, u) + 1_c;
#elif MISTAKE == 11
constexpr auto f = sequential(dense<"d", 3, 2>(tanh), dense<"e", 2, 1>(linear))();
#elif MISTAKE == 12
constexpr auto f = gru<"g", 3, 2>()(M, 0.5);
#endif
