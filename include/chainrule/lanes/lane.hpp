// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A single number as the lowest lane of a vector register: a choice is then a mask, all ones or all
// zeros, and a square root one instruction. Written with ?: two choices by one condition become a
// jump (g++ 12 and clang 14, -O2). Not for constant evaluation.
// Read next: scalar.hpp.
#pragma once

#include <concepts>
#include <type_traits>

#include <chainrule/math/flags.hpp>
#include <chainrule/math/inline.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

#if defined(__SSE2__)

/// Numbers that the lowest lane of a vector register holds.
template <class T>
concept fits_lane = std::same_as<T, double> || std::same_as<T, float>;

/// The lowest lane is the number; what the others hold does not matter.
template <fits_lane T>
struct lowest_lane {
  using numbers [[gnu::vector_size(16)]] = T;
  using bits [[gnu::vector_size(16)]] = std::conditional_t<sizeof(T) == 8, long long, int>;

  CHAINRULE_INLINE static inline numbers of(T x) {
    numbers result;
#if defined(__clang__)
    result = numbers(__builtin_ia32_undef128());
    result[0] = x;
#else
    asm("" : "=x"(result) : "0"(x));
#endif
    return result;
  }
  CHAINRULE_INLINE static inline bits bits_of(T x) { return bits(of(x)); }
  CHAINRULE_INLINE static inline T number(bits x) { return numbers(x)[0]; }

  /// One instruction; std::sqrt jumps to the C library for a negative x, to set errno.
  CHAINRULE_INLINE static inline T root(T x) {
    if constexpr (sizeof(T) == 8)
      return __builtin_ia32_sqrtsd(of(x))[0];
    else
      return __builtin_ia32_sqrtss(of(x))[0];
  }

  /// The mask of x < y, or of x <= y. The instruction by name: of a comparison of vectors of which
  /// one lane is used clang makes six.
  template <bool OrEqual>
  CHAINRULE_INLINE static inline T mask_of(T x, T y) {
    if constexpr (sizeof(T) == 8)
      return (OrEqual ? __builtin_ia32_cmplesd(of(x), of(y))
                      : __builtin_ia32_cmpltsd(of(x), of(y)))[0];
    else
      return (OrEqual ? __builtin_ia32_cmpless(of(x), of(y))
                      : __builtin_ia32_cmpltss(of(x), of(y)))[0];
  }
  /// The mask of x != 0, which NaN is not.
  CHAINRULE_INLINE static inline T mask_of_nonzero(T x) {
    if constexpr (sizeof(T) == 8)
      return __builtin_ia32_cmpneqsd(of(x), numbers{})[0];
    else
      return __builtin_ia32_cmpneqss(of(x), numbers{})[0];
  }
};

#else

// Where the processor has no such registers a mask is 1 or 0, as in constant evaluation.
template <class T>
concept fits_lane = false;
template <fits_lane T>
struct lowest_lane;

#endif

} // namespace chainrule::math::CHAINRULE_FLAGS
