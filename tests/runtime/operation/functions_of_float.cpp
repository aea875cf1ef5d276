// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The functions of networks in float, for functions.cpp.

#include "accuracy/functions.hpp"

template std::vector<accuracy::function<float>> accuracy::functions<float>(int);
