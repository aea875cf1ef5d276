// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// reference_tests [<topic>]: values, gradients and Hessians against reference values to 1e-13.
#include "check.hpp"

#include <string_view>

int main(int count, char **arguments) {
  for (const topic &each : topics)
    if (count == 1 || std::string_view(arguments[1]) == each.name)
      each.run();
  std::printf("%d comparisons, %d failures\n", comparisons, failures);
  return comparisons > 0 && failures == 0 ? 0 : 1;
}
