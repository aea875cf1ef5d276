// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The derivatives of functions in float, for accuracy.cpp.

#include "accuracy/derivatives.hpp"

template std::vector<accuracy::differentiated<float>> accuracy::derivatives<float>(int);
