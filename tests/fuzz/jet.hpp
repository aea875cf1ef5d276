// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// jet: a value with its first and second derivatives in 50 digits, and for each of them the bound
// of the error that the same computation has in double: each operation rounds by `unit`, and what
// its operands are wrong by goes through its derivatives. The sums of magnitudes over all paths are
// kept, because the reverse sweep adds up the same paths in another order.

#pragma once

#include "../accuracy/references.hpp"

#include <array>

namespace fuzz {

using accuracy::wide;

inline constexpr int directions = 3, pairs = 6;
inline constexpr std::array<std::array<std::size_t, 2>, pairs> pair_of{
    {{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}}};

/// What one operation of the library may be wrong by, relative to its result: 4 units in the last
/// place, as an operation may be several machine steps.
inline constexpr long double unit = 8 * 0x1p-53L;

inline long double size_of(const wide &x) { return static_cast<long double>(abs(x)); }

/// A number with its bound, and the sum of magnitudes that it is a sum of.
struct bounded {
  wide value = 0;
  long double magnitude = 0, error = 0;
};

struct jet {
  wide value = 0;
  long double error = 0;
  std::array<bounded, directions> slope{};
  std::array<bounded, pairs> curvature{};
  bool is_defined = true; // finite and away from kinks, jumps and singularities
  bool is_tame = true;    // nothing on the way overflows or underflows
};

/// A function at a point: value, first and second derivative; and how the last one changes.
struct local {
  wide value = 0, first = 0, second = 0;
  long double third = 0;
  long double noise = 0;        // what value and derivatives are wrong by, apart from `unit`
  long double second_noise = 0; // and the second derivative beyond that
};

inline bool is_finite(const wide &x) { return boost::math::isfinite(x); }

/// Whether products of a few of such numbers are far from the ends of double's range.
inline bool is_ordinary(const wide &x) {
  return x == 0 || (abs(x) < wide("1e75") && abs(x) > wide("1e-75"));
}

inline jet finished(jet out, bool second_order) {
  out.is_defined = out.is_defined && is_finite(out.value);
  out.is_tame = out.is_tame && out.is_defined && is_ordinary(out.value);
  for (const bounded &each : out.slope) {
    out.is_defined = out.is_defined && is_finite(each.value);
    out.is_tame = out.is_tame && out.is_defined && is_ordinary(each.value);
  }
  if (second_order)
    for (const bounded &each : out.curvature) {
      out.is_defined = out.is_defined && is_finite(each.value);
      out.is_tame = out.is_tame && out.is_defined && is_ordinary(each.value);
    }
  return out;
}

inline jet constant_jet(const wide &value, bool is_rounded) {
  jet out;
  out.value = value;
  out.error = is_rounded ? 0x1p-53L * size_of(value) : 0;
  return out;
}

inline jet variable_jet(double value, std::size_t direction) {
  jet out;
  out.value = value;
  out.slope[direction] = {1, 1, 0};
  return out;
}

/// f(a) from f at a.
inline jet through(const local &f, const jet &a, bool second_order) {
  jet out;
  out.is_defined = a.is_defined && is_finite(f.value) && is_finite(f.first) &&
                   is_finite(f.second) &&
                   !(a.value == 0 && a.error > 0 && f.first == 0); // 0 may be cancelled digits
  out.is_tame = a.is_tame;
  if (!out.is_defined)
    return out;
  const long double d1 = size_of(f.first), d2 = size_of(f.second);
  // how far the first and the second derivative are off
  const long double e1 = d2 * a.error + unit * d1 + f.noise,
                    e2 = f.third * a.error + unit * (d1 + d2) + f.noise + f.second_noise;
  out.value = f.value;
  out.error = d1 * a.error + d2 * a.error * a.error + unit * size_of(f.value) + f.noise;
  for (std::size_t i = 0; i < directions; ++i) {
    const bounded &in = a.slope[i];
    out.slope[i] = {f.first * in.value, d1 * in.magnitude,
                    e1 * in.magnitude + (d1 + e1) * in.error};
  }
  if (second_order)
    for (std::size_t p = 0; p < pairs; ++p) {
      const bounded &u = a.slope[pair_of[p][0]], &v = a.slope[pair_of[p][1]], &in = a.curvature[p];
      out.curvature[p] = {
          f.second * u.value * v.value + f.first * in.value,
          d2 * u.magnitude * v.magnitude + d1 * in.magnitude,
          e2 * u.magnitude * v.magnitude +
              (d2 + e2) * (u.error * v.magnitude + u.magnitude * v.error + u.error * v.error) +
              e1 * in.magnitude + (d1 + e1) * in.error};
    }
  out.is_tame = out.is_tame && is_ordinary(f.first);
  return finished(out, second_order);
}

inline jet sum(const jet &a, const jet &b, int sign, bool second_order) {
  jet out;
  out.is_defined = a.is_defined && b.is_defined;
  out.is_tame = a.is_tame && b.is_tame;
  if (!out.is_defined)
    return out;
  const auto added = [sign](const bounded &u, const bounded &v) {
    const long double magnitude = u.magnitude + v.magnitude;
    return bounded{sign > 0 ? u.value + v.value : u.value - v.value, magnitude,
                   u.error + v.error + unit * magnitude};
  };
  out.value = sign > 0 ? a.value + b.value : a.value - b.value;
  out.error = a.error + b.error + unit * size_of(out.value);
  for (std::size_t i = 0; i < directions; ++i)
    out.slope[i] = added(a.slope[i], b.slope[i]);
  if (second_order)
    for (std::size_t p = 0; p < pairs; ++p)
      out.curvature[p] = added(a.curvature[p], b.curvature[p]);
  return finished(out, second_order);
}

inline jet product(const jet &a, const jet &b, bool second_order) {
  jet out;
  out.is_defined = a.is_defined && b.is_defined;
  out.is_tame = a.is_tame && b.is_tame;
  if (!out.is_defined)
    return out;
  const long double left = size_of(a.value), right = size_of(b.value);
  out.value = a.value * b.value;
  out.error = left * b.error + right * a.error + a.error * b.error + unit * size_of(out.value);
  for (std::size_t i = 0; i < directions; ++i) {
    const bounded &u = a.slope[i], &v = b.slope[i];
    bounded &to = out.slope[i];
    to.value = a.value * v.value + b.value * u.value;
    to.magnitude = left * v.magnitude + right * u.magnitude;
    to.error = a.error * (v.magnitude + v.error) + left * v.error +
               b.error * (u.magnitude + u.error) + right * u.error + unit * to.magnitude;
  }
  if (second_order)
    for (std::size_t p = 0; p < pairs; ++p) {
      const std::size_t i = pair_of[p][0], k = pair_of[p][1];
      const bounded &u = a.curvature[p], &v = b.curvature[p];
      const auto both = [&out, p](const bounded &s, const bounded &t) {
        out.curvature[p].value += s.value * t.value;
        out.curvature[p].magnitude += s.magnitude * t.magnitude;
        out.curvature[p].error += s.error * (t.magnitude + t.error) + s.magnitude * t.error;
      };
      both({a.value, left, a.error}, v);
      both({b.value, right, b.error}, u);
      both(a.slope[i], b.slope[k]);
      both(a.slope[k], b.slope[i]);
      out.curvature[p].error += 2 * unit * out.curvature[p].magnitude;
    }
  return finished(out, second_order);
}

} // namespace fuzz
