// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Windows that do not fit.
//
// EXPECT 1: W a column for each channel and element of the window
// EXPECT 2: which fits into X
// EXPECT 3: stride and dilation are at least 1
// EXPECT 4: a column for each time or each of Height * Width pixels
// EXPECT 5: W a column for each channel and element of the window
// EXPECT 6: max_pool<Size>(X)
// EXPECT 7: max_pool<Height, Width, Rows, Columns>(X)
// EXPECT 8: W a column for each channel and element of the window
// EXPECT 9: W a column for each channel and element of the window
// NAMES: rows_and_columns<2, 12>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"X", 2, 12> X;
constexpr variable<"W", 3, 6> W;
constexpr variable<"V", 3, 5> V;
constexpr variable<"K", 3, 8> K;

#ifdef ACCEPT
constexpr auto f = max_pool<2>(conv1d<sliding{.dilation = 5}>(W, X)) *
                   transpose(average_pool<2, 3, 2, 3>(conv2d<3, 4, 2, 2>(K, X)));
#elif MISTAKE == 1
constexpr auto f = conv1d(V, X);
#elif MISTAKE == 2
constexpr auto f = conv1d<sliding{.dilation = 6}>(W, X);
#elif MISTAKE == 3
constexpr auto f = conv1d<sliding{.stride = 0}>(W, X);
#elif MISTAKE == 4
constexpr auto f = conv2d<3, 5, 2, 2>(K, X);
#elif MISTAKE == 5
constexpr auto f = conv2d<3, 4, 2, 3>(K, X);
#elif MISTAKE == 6
constexpr auto f = max_pool<13>(X);
#elif MISTAKE == 7
constexpr auto f = average_pool<3, 4, 4, 1>(X);
#elif MISTAKE == 8
constexpr auto f = conv1d<"c", 3, 4, 2>(linear)(X); // as many weights, for other channels
#elif MISTAKE == 9
constexpr auto f = conv2d<"c", 1, 4, 3, 4, 2, 2>(linear)(X);
#endif
