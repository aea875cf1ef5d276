// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <cstdio>

extern "C" void first_results();
extern "C" void second_results();

int main() {
  std::puts("first");
  first_results();
  std::puts("second");
  second_results();
}
