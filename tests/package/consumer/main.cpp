// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

bool functions();

int main() {
  using namespace chainrule;
  constexpr variable<"x"> x;
  return compile(gradient(square(x), x))(x = 3.0)[x] == 6.0 && functions() ? 0 : 1;
}
