// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Networks of depth 1, 2, 3 by width 5, 10, 25, 50 learn sin x: the table of errors for one
// activation, gradient descent on the whole batch.
#pragma once

#include "expect.hpp"
#include "sine.hpp"

namespace depth_and_width {

using error_table = double[3][4];

template <int Depth, int Width>
double error(auto activation, const sine::data &from, int epochs) {
  constexpr auto model = sine::network<Depth, Width>(decltype(activation){});
  constexpr auto loss = sine::error_of(model(sine::x));
  constexpr auto step = chainrule::compile(loss, gradient(loss, model));
  const auto theta = sine::started(model, 1);
  return sine::train(step, *theta, from, 0.02, epochs, [](int, double) {});
}

template <int Depth>
void row(double (&of)[4], auto activation, const sine::data &from, int epochs) {
  of[0] = error<Depth, 5>(activation, from, epochs);
  of[1] = error<Depth, 10>(activation, from, epochs);
  of[2] = error<Depth, 25>(activation, from, epochs);
  of[3] = error<Depth, 50>(activation, from, epochs);
  std::printf("%5d %10.2g %10.2g %10.2g %10.2g\n", Depth, of[0], of[1], of[2], of[3]);
}

/// Prints the table; after 500 epochs it is compared with what loops by hand, without the library,
/// have computed from the same start, one sample at a time.
inline int table(const char *name, auto activation, int epochs, const error_table &by_hand) {
  const auto from = sine::points();
  error_table of;
  std::printf("%s: half the mean square error after %d epochs\ndepth    width 5 %10d %10d %10d\n",
              name, epochs, 10, 25, 50);
  row<1>(of[0], activation, *from, epochs);
  row<2>(of[1], activation, *from, epochs);
  row<3>(of[2], activation, *from, epochs);
  if (epochs == 500)
    for (int depth = 0; depth < 3; ++depth)
      for (int width = 0; width < 4; ++width)
        check("by hand", of[depth][width], by_hand[depth][width], 1e-6);
  return result();
}

} // namespace depth_and_width
