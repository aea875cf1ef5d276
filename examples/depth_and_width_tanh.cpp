// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Depth 1, 2, 3 by width 5, 10, 25, 50 with tanh: the table of errors on sin x. The number of
// epochs can be given as an argument.
#include "depth_and_width.hpp"

int main(int count, char **values) {
  begin(count, values);
  return depth_and_width::table("tanh", [](auto z) { return tanh(z); },
                                sine::argument(count, values, 500),
                                {{0.02095786491, 0.0160977307, 0.008637307843, 0.00225348347},
                                 {0.01781620437, 0.01630124711, 0.006553152098, 0.002062021932},
                                 {0.02004366643, 0.001260957656, 0.001379674717, 0.0003238316082}});
}
