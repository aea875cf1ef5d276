// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// CHAINRULE_FLAGS: what the compiler's flags change in the numbers and in the instructions of this
// translation unit, as inline namespaces. Of functions of one name the linker keeps one: so that
// each unit runs its own, code that handles numbers is inlined always or stands in
//   namespace chainrule::math::CHAINRULE_FLAGS {
// What no macro of the compiler shows, as -ffp-contract, a program tells apart itself, by
// -DCHAINRULE_UNIT=name. Read next: inline.hpp.
#pragma once

#if defined(__AVX512F__)
#define CHAINRULE_INSTRUCTIONS inline avx512
#elif defined(__AVX2__)
#define CHAINRULE_INSTRUCTIONS inline avx2
#elif defined(__AVX__)
#define CHAINRULE_INSTRUCTIONS inline avx
#elif defined(__SSE4_1__)
#define CHAINRULE_INSTRUCTIONS inline sse4
#elif defined(__SSE3__)
#define CHAINRULE_INSTRUCTIONS inline sse3
#elif __FLT_EVAL_METHOD__ != 0
#define CHAINRULE_INSTRUCTIONS inline x87
#else
#define CHAINRULE_INSTRUCTIONS inline plain
#endif

#if defined(__FMA__) || defined(__FMA4__)
#define CHAINRULE_FUSED ::inline fma
#else
#define CHAINRULE_FUSED
#endif

// The parts of -ffast-math by name only where some are missing. clang shows one of them, the finite
// one.
#if defined(__FAST_MATH__)
#define CHAINRULE_ARITHMETIC ::inline fast_math
#else
#if defined(__ASSOCIATIVE_MATH__)
#define CHAINRULE_ASSOCIATIVE ::inline associative_math
#elif defined(__NO_SIGNED_ZEROS__)
#define CHAINRULE_ASSOCIATIVE ::inline unsigned_zeros
#else
#define CHAINRULE_ASSOCIATIVE
#endif
#if defined(__RECIPROCAL_MATH__)
#define CHAINRULE_RECIPROCAL ::inline reciprocal_math
#else
#define CHAINRULE_RECIPROCAL
#endif
#if __FINITE_MATH_ONLY__
#define CHAINRULE_FINITE ::inline finite_math
#else
#define CHAINRULE_FINITE
#endif
#define CHAINRULE_ARITHMETIC CHAINRULE_ASSOCIATIVE CHAINRULE_RECIPROCAL CHAINRULE_FINITE
#endif

// The same numbers, but the linker should not give an optimised unit the slow copy.
#if defined(__OPTIMIZE__)
#define CHAINRULE_OPTIMIZATION
#else
#define CHAINRULE_OPTIMIZATION ::inline O0
#endif

// Code for size (docs/small_processors.md): other sums, and other functions.
#if !defined(CHAINRULE_FOR_SIZE)
#if defined(__OPTIMIZE_SIZE__)
#define CHAINRULE_FOR_SIZE 1
#else
#define CHAINRULE_FOR_SIZE 0
#endif
#endif
#if CHAINRULE_FOR_SIZE
#define CHAINRULE_SIZE ::inline for_size
#else
#define CHAINRULE_SIZE
#endif

#if defined(CHAINRULE_UNIT)
#define CHAINRULE_OWN_NAME ::inline CHAINRULE_UNIT
#else
#define CHAINRULE_OWN_NAME
#endif

// Calls that look for mistakes of their caller (code/checks.hpp).
#if defined(CHAINRULE_CHECKS)
#define CHAINRULE_CHECKED ::inline checked
#else
#define CHAINRULE_CHECKED
#endif

#define CHAINRULE_FLAGS                                                                            \
  CHAINRULE_INSTRUCTIONS CHAINRULE_FUSED CHAINRULE_ARITHMETIC CHAINRULE_OPTIMIZATION               \
      CHAINRULE_SIZE CHAINRULE_CHECKED CHAINRULE_OWN_NAME
