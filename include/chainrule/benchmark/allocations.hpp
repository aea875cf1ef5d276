// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How often operator new is called. The program's operator new is replaced by one that counts, by a
// weak definition: one of the program's own is taken in its place, and nothing is counted. So it is
// under sanitizers, which have their own, and with -DCHAINRULE_KEEP_OPERATOR_NEW.
// Read next: table.hpp.
#pragma once

#include <cstdlib>
#include <new>

namespace chainrule::detail {

inline constinit thread_local long long allocations = 0;

} // namespace chainrule::detail

#if defined(__has_feature)
#define CHAINRULE_HAS_FEATURE(name) __has_feature(name)
#else
#define CHAINRULE_HAS_FEATURE(name) 0
#endif

#if !defined(CHAINRULE_KEEP_OPERATOR_NEW) && !defined(__SANITIZE_ADDRESS__) &&                     \
    !defined(__SANITIZE_THREAD__) && !CHAINRULE_HAS_FEATURE(address_sanitizer) &&                  \
    !CHAINRULE_HAS_FEATURE(thread_sanitizer) && !CHAINRULE_HAS_FEATURE(memory_sanitizer)

// new[], and new that does not throw, call these; they are not inlined, so that no compiler pairs
// malloc with operator delete.
[[gnu::weak, gnu::noinline]] void *operator new(std::size_t size) {
  ++chainrule::detail::allocations;
  for (;;) {
    if (void *const memory = std::malloc(size > 0 ? size : 1))
      return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr)
      throw std::bad_alloc();
    handler();
  }
}
[[gnu::weak, gnu::noinline]] void *operator new(std::size_t size, std::align_val_t alignment) {
  ++chainrule::detail::allocations;
  const auto each = static_cast<std::size_t>(alignment);
  if (void *const memory = std::aligned_alloc(each, (size + each - 1) / each * each))
    return memory;
  throw std::bad_alloc();
}
[[gnu::weak, gnu::noinline]] void operator delete(void *memory) noexcept { std::free(memory); }
[[gnu::weak, gnu::noinline]] void operator delete(void *memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::weak, gnu::noinline]] void operator delete(void *memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::weak, gnu::noinline]] void operator delete(void *memory, std::size_t,
                                                  std::align_val_t) noexcept {
  std::free(memory);
}

#endif

namespace chainrule::detail {

/// Whether they are counted: the call is volatile, as compilers leave out new with delete.
inline bool are_allocations_counted() {
  const long long before = allocations;
  void *volatile memory = ::operator new(1);
  ::operator delete(memory);
  return allocations > before;
}

} // namespace chainrule::detail

#undef CHAINRULE_HAS_FEATURE
