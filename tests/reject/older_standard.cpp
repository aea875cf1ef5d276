// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: chainrule needs C++20: compile with -std=c++20
// FLAGS: -std=c++17
#include <chainrule/chainrule.hpp>
