// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gains, offsets and masks of other shapes.
//
// EXPECT 1: the rows and columns of the operands
// EXPECT 2: the rows and columns of the operands
// EXPECT 3: the rows and columns of the operands
// EXPECT 4: the rows and columns of the operands
// EXPECT 5: the rows and columns of the operands
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x", 3, 4> x;
constexpr variable<"gain", 3> gain;
constexpr variable<"other", 2> other;
constexpr variable<"mask", 4, 3> mask;

#ifdef ACCEPT
constexpr auto f = batch_norm(layer_norm(x, gain, gain), gain, gain) *
                   dropout(transpose(rms_norm(x, gain)), mask, 0.5_c);
#elif MISTAKE == 1
constexpr auto f = batch_norm(x, other, gain);
#elif MISTAKE == 2
constexpr auto f = batch_norm(x, gain, gain, other, gain);
#elif MISTAKE == 3
constexpr auto f = layer_norm(x, other, gain);
#elif MISTAKE == 4
constexpr auto f = rms_norm(x, other) + x;
#elif MISTAKE == 5
constexpr auto f = dropout(x, mask, 0.5_c) + x;
#endif
