// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x", 2> x;
constexpr variable<"y"> y;
constexpr variable<"X", 2, 5> X; // five samples, or a sequence of five columns
constexpr variable<"gain", 2> gain;
constexpr variable<"offset", 2> offset;

template <class Formula>
constexpr bool has_shape(Formula, int rows, int columns) {
  return detail::record<Formula>.shape == detail::shape{rows, columns};
}

// -- linear
static_assert(linear(x) == x);

// -- dense
constexpr auto hidden = dense<"hidden", 2, 3>(tanh);
static_assert(hidden(x) == tanh(hidden.W * x + hidden.b));
static_assert(has_shape(hidden(X), 3, 5));

// -- embedding
constexpr variable<"words", 1, 7> words;
static_assert(has_shape(embedding<"E", 1000, 4>()(words), 4, 7));

// -- sequential
constexpr auto model = sequential(dense<"first", 2, 3>(tanh), dense<"last", 3, 1>(linear));
static_assert(parameters<double>(model).count == 2 * 3 + 3 + 3 + 1);
static_assert(has_shape(model(X), 1, 5));

// -- rnn_cell
constexpr variable<"W", 3, 2> W;
constexpr variable<"U", 3, 3> U;
constexpr variable<"b", 3> b;
constexpr variable<"h", 3> h;
static_assert(rnn_cell(W, U, b, x, h) == tanh(W * x + U * h + b));

// -- gru_cell
constexpr variable<"W3", 9, 2> W3; // three gates
constexpr variable<"U3", 9, 3> U3;
constexpr variable<"b3", 9> b3;
static_assert(has_shape(gru_cell(W3, U3, b3, b, x, h), 3, 1));

// -- lstm_cell
constexpr variable<"W4", 12, 2> W4; // four gates
constexpr variable<"U4", 12, 3> U4;
constexpr variable<"b4", 12> b4;
constexpr variable<"c", 3> c;
constexpr auto next = lstm_cell(W4, U4, b4, x, h, c);
static_assert(has_shape(next.hidden, 3, 1) && has_shape(next.cell, 3, 1));

// -- rnn
static_assert(has_shape(rnn<"r", 2, 4>()(X), 4, 5));
constexpr variable<"h0", 4> h0;
static_assert(has_shape(rnn<"r", 2, 4>()(X, h0), 4, 5));

// -- gru
static_assert(has_shape(gru<"g", 2, 4>()(X), 4, 5));

// -- lstm
static_assert(has_shape(lstm<"l", 2, 4>()(X), 4, 5));
static_assert(has_shape(lstm<"l", 2, 4>().states(X, h0, 0_c).cell, 4, 5));

// -- layer_norm
static_assert(has_shape(layer_norm(X, gain, offset), 2, 5));

// -- rms_norm
static_assert(has_shape(rms_norm(X, gain), 2, 5));

// -- batch_norm
static_assert(has_shape(batch_norm(X, gain, offset), 2, 5));
static_assert(has_shape(batch_norm(x, gain, offset, row_means(X),
                                   row_means(square(X - row_means(X)))),
                        2, 1));

// -- dropout
constexpr variable<"mask", 2> mask;
static_assert(compile(dropout(x, mask, 0.5_c))(x = {1.0, 2.0}, mask = {1.0, 0.0})(0) == 2);

// -- attention
constexpr variable<"Q", 8, 3> Q; // three queries
constexpr variable<"K", 8, 6> K; // six keys
constexpr variable<"V", 4, 6> V; // six values
static_assert(has_shape(attention(Q, K, V), 4, 3));

// -- sliding
static_assert(sliding{}.places(5, 3) == 3); // windows of 3 in 5 elements
static_assert(sliding{.stride = 2, .padding = 1}.places(5, 3) == 3);

// -- conv1d
constexpr variable<"kernel", 4, 2 * 3> kernel; // two channels, windows of three
static_assert(has_shape(conv1d(kernel, X), 4, 3));
static_assert(has_shape(conv1d<"a", 2, 4, 3, sliding{.padding = sliding::same}>(linear)(X), 4, 5));

// -- conv2d
constexpr variable<"image", 1, 6 * 6> image; // one channel
constexpr variable<"filter", 4, 1 * 3 * 3> filter;
static_assert(has_shape(conv2d<6, 6, 3, 3>(filter, image), 4, 4 * 4));

// -- max_pool
static_assert(has_shape(max_pool<5>(X), 2, 1));
static_assert(has_shape(max_pool<6, 6, 2, 2>(image), 1, 3 * 3));

// -- average_pool
static_assert(has_shape(average_pool<6, 6, 3, 3>(image), 1, 2 * 2));

} // namespace
