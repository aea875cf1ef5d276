// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Values, gradients and Hessians against reference values to 1e-13.
#include "cases.hpp"
#include "check.hpp"

void hard_points();

int main() {
  all_cases();
  hard_points();
  std::printf("%d comparisons, %d failures\n", comparisons, failures);
  return failures == 0 ? 0 : 1;
}
