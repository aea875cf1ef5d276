// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Calls that only a unit with CHAINRULE_CHECKS finds wrong; the first argument says which is made.
// They are made in an array that is large enough for what the other unit, without checks, does.
#include "checked.hpp"

#include <string_view>

using namespace chainrule;

int main(int, char **arguments) {
  double memory[256]{};
  const std::string_view which = arguments[1];
  const matrix_view<double, 2, 3> m(memory);
  const matrix_view<double, 3> v(memory);
  const matrix<double, 2, 2> by_value{1, 2, 3, 4};
  double sum = unchecked::read_and_call(memory) + m(1, 2) + v(2) + by_value(1, 1);
  if (which == "row")
    sum += m(2, 0);
  else if (which == "column")
    sum += m(0, -1);
  else if (which == "element")
    sum += v(3);
  else if (which == "matrix")
    sum += by_value(0, 2);
  // A: 6 numbers, x: 3, value: 1, slope: 6, workspace: the rest.
  double *const value = memory + 9, *const slope = memory + 10, *const between = memory + 16;
  step.into(*(which == "value" ? memory + 8 : value), which == "slope"     ? memory + 5
                                                      : which == "outputs" ? memory + 4 + 5
                                                                           : slope)
      .workspace(std::span(which == "workspace"      ? memory + 15
                           : which == "in_arguments" ? memory
                                                     : between,
                           step.workspace_size))(A = std::span<const double, 6>(memory, 6),
                                                 x = std::span<const double, 3>(memory + 6, 3));
  return which == "right" && sum == 4 ? 7 : 0;
}
