// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: gather(W, labels): labels are a number or a row
// NAMES: rows_and_columns<4
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 2, 3> W;
constexpr variable<"labels", 4> labels;

#ifdef ACCEPT
constexpr auto f = gather(W, transpose(labels)) * labels;
#else
constexpr auto f = gather(W, labels);
#endif
