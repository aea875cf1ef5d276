// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// cost(step): what one call of a compiled function costs, for a static_assert that keeps it.
// Read next: print/to_string.hpp.
#pragma once

#include <chainrule/call/compile.hpp>

namespace chainrule {

/// Operations, transcendental functions and exponentials of one call.
template <class List, class... Storage>
constexpr call_cost cost(const compiled<List, Storage...> &) {
  return compiled<List>::program::value.cost;
}

} // namespace chainrule
