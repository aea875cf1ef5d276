// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#define UNIT unit_one
#define FACTOR 3
#include "unit.hpp"
