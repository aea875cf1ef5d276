// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
namespace unit_one {
bool is_right(double at);
}
namespace unit_two {
bool is_right(double at);
}

int main() {
  const bool one = unit_one::is_right(4), two = unit_two::is_right(4);
  return one && two ? 0 : 1;
}
