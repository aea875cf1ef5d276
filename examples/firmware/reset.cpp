// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a Cortex-M begins with: the stack, and what switches the floating-point unit on, copies
// variables with a value to RAM, and goes to the start of the C library.
#include <cstdint>

extern "C" {
extern char __stack[];
extern std::uint32_t __data_load[], __data_start[], __data_end[];
[[noreturn]] void _start();

[[noreturn]] void reset() {
  auto *const access = reinterpret_cast<volatile std::uint32_t *>(0xe000ed88); // CPACR
  *access = 0x00f00000; // coprocessors 10, 11
  asm volatile("dsb\n isb" ::: "memory");
  const std::uint32_t *from = __data_load;
  for (std::uint32_t *to = __data_start; to < __data_end;)
    *to++ = *from++;
  _start();
}
}

[[gnu::section(".vectors"), gnu::used]] const struct {
  void *stack;
  void (*reset)();
} vectors{__stack, reset};
