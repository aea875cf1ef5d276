// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include "checked.hpp"

double unchecked::read_and_call(double *memory) {
  step.into(memory[0], memory + 1)(A = std::span<const double, 6>(memory, 6),
                                   x = std::span<const double, 3>(memory + 6, 3));
  return chainrule::matrix_view<double, 2, 3>(memory)(2, 0);
}
