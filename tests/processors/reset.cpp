// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a Cortex-M begins with: the stack, and what switches the floating-point unit on and goes to
// the start of the C library.
#include <cstdint>

extern "C" {
extern char __stack[];
[[noreturn]] void _start();

[[noreturn, gnu::naked]] void reset() {
  asm volatile("ldr r0, =0xe000ed88\n" // CPACR: coprocessors 10 and 11
               "ldr r1, =0x00f00000\n"
               "str r1, [r0]\n"
               "dsb\n"
               "isb\n"
               "b _start\n"
               ".ltorg\n");
}
}

[[gnu::section(".vectors"), gnu::used]] const struct {
  void *stack;
  void (*reset)();
} vectors{__stack, reset};
