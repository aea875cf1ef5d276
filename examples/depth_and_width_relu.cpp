// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Depth 1, 2, 3 by width 5, 10, 25, 50 with ReLU: the table of errors on sin x. The number of
// epochs can be given as an argument.
#include "depth_and_width.hpp"

int main(int count, char **values) {
  begin(count, values);
  return depth_and_width::table(
      "ReLU", [](auto z) { return relu(z); }, sine::argument(count, values, 500),
      {{0.04957426079, 0.00877787531, 0.03023018817, 0.008024022258},
       {0.04620956004, 0.004993772125, 0.002307989082, 0.00110254891},
       {0.01750639051, 0.003295398299, 0.0006392701583, 0.0006009909141}});
}
