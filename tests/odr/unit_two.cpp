// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#define UNIT unit_two
#define FACTOR 5
#include "unit.hpp"
