// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// CHAINRULE_INLINE: inlined whatever the size, and by the compiler's first pass, which takes each
// step of a program in turn; the second weighs all of them against each other (g++ 12: 1 s for 200
// layers). clang writes no debug information for such a function: each step would describe its
// parameters (200 levels of reuse: 0.1 MB instead of 10.6, and 3.7 s instead of 6.1). Inside,
// whether this is constant evaluation is asked of __builtin_is_constant_evaluated(): std's is a
// call, and g++ 12 keeps the branch behind it until all calls are inlined (100 layers: 0.8 s
// instead of 1.4). CHAINRULE_OPTIMIZED: also in a debug build. Read next: arithmetic.hpp.
#pragma once

#include <chainrule/math/flags.hpp>

#if defined(__clang__)
#define CHAINRULE_INLINE [[gnu::always_inline, gnu::nodebug]]
#else
#define CHAINRULE_INLINE [[gnu::always_inline, gnu::artificial]]
#endif

/// The same of a lambda, behind its parameters.
#define CHAINRULE_INLINE_CALL __attribute__((always_inline))

namespace chainrule::math::CHAINRULE_FLAGS {

/// Whether the optimiser is on. Where it is not, loops and kernels are functions of their own,
/// which g++ optimises all the same: without that they took 90 times as long. clang cannot
/// (docs/debug_builds.md).
#if defined(__OPTIMIZE__)
inline constexpr bool is_optimized = true;
#else
inline constexpr bool is_optimized = false;
#endif

/// Whether code is to be small: loops stay loops, of one element a round, and exp is the C
/// library's.
inline constexpr bool is_for_size = CHAINRULE_FOR_SIZE != 0;

} // namespace chainrule::math::CHAINRULE_FLAGS

#if defined(__OPTIMIZE__) || defined(__clang__)
#define CHAINRULE_OPTIMIZED
#else
#define CHAINRULE_OPTIMIZED [[gnu::optimize("O2")]]
#endif

/// One of many steps: inlined where there is an optimiser, else a function of its own.
#if defined(__OPTIMIZE__)
#define CHAINRULE_STEP CHAINRULE_INLINE
#else
#define CHAINRULE_STEP CHAINRULE_OPTIMIZED
#endif
