// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Places in the workspace: the lowest one that is free, and free neighbours are one.
#include <chainrule/chainrule.hpp>

using namespace chainrule::detail;

namespace {

constexpr bool first_fit() {
  free_places places;
  bool right = places.take(8) == 0 && places.take(16) == 8 && places.take(8) == 24;
  places.release(8, 16);
  right = right && places.take(24) == 32; // the gap is too small
  right = right && places.take(8) == 8 && places.take(8) == 16;
  right = right && places.take(8) == 56; // nothing is left of it
  places.release(8, 8);
  places.release(0, 8); // joins what follows
  right = right && places.take(16) == 0;
  places.release(16, 8);
  places.release(24, 8); // joins what is before
  places.release(0, 16);
  right = right && places.take(32) == 0;
  places.release(32, 24);
  places.release(56, 8); // joins both
  return right && places.take(1000) == 32;
}
static_assert(first_fit());

} // namespace
