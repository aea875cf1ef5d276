// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Formulas in columns of 3, in numbers, and by hand: the residual of bundle adjustment with its
// Jacobian (a point turned, moved, projected, distorted), and smaller ones beside plain code.
// Prints rows of docs/performance.md, each the least of many runs that alternate; values and slopes
// are compared before anything is timed.
#include "timing.hpp"

#include <chainrule/chainrule.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace {

using namespace chainrule;

constexpr int parameter_count = 15; // a camera of 11, a point of 3, a weight
struct observation {
  double camera[11]{0.1, -0.2, 0.3, 1, 2, -3, 500, 3, 4, 0.01, 0.001};
  double point[3]{3, 4, 9}, weight = 0.7, feature[2]{1, 2};
};
struct result {
  double error[2], jacobian[2 * parameter_count];
};

namespace in_columns {

constexpr variable<"camera", 11> camera; // r, c, f, u, k: rotation, centre, focal length, image
constexpr variable<"point", 3> point;
constexpr variable<"weight"> weight;
constexpr variable<"feature", 2> feature;

constexpr auto cross(auto a, auto b) {
  auto a0 = element_of<0>(a);
  auto a1 = element_of<1>(a);
  auto a2 = element_of<2>(a);
  auto b0 = element_of<0>(b);
  auto b1 = element_of<1>(b);
  auto b2 = element_of<2>(b);
  return stack(a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0);
}
constexpr auto turned(auto r, auto p) {
  auto squared_angle = squared_norm(r);
  auto angle = sqrt(squared_angle);
  auto axis = r / angle;
  auto about_axis =
      p * cos(angle) + cross(axis, p) * sin(angle) + axis * (dot(axis, p) * (1_c - cos(angle)));
  return select(squared_angle > 0_c, about_axis, p + cross(r, p));
}
constexpr auto seen = turned(rows_of<0, 3>(camera), point - rows_of<3, 3>(camera));
constexpr auto plane = rows_of<0, 2>(seen) / element_of<2>(seen);
constexpr auto squared_radius = squared_norm(plane);
constexpr auto distortion =
    1_c + element_of<9>(camera) * squared_radius + element_of<10>(camera) * square(squared_radius);
constexpr auto projection = plane * distortion * element_of<6>(camera) + rows_of<7, 2>(camera);
constexpr auto error = weight * (projection - feature);
constexpr auto step = compile(error, jacobian(error, camera, point, weight));

[[gnu::noinline]] void run(const observation &in, result &out) {
  step.into(out.error, out.jacobian)(camera = in.camera, point = in.point, weight = in.weight,
                                     feature = in.feature);
}

} // namespace in_columns

namespace in_numbers {

constexpr variable<"r1"> r1;
constexpr variable<"r2"> r2;
constexpr variable<"r3"> r3;
constexpr variable<"c1"> c1;
constexpr variable<"c2"> c2;
constexpr variable<"c3"> c3;
constexpr variable<"f"> f;
constexpr variable<"u"> u;
constexpr variable<"v"> v;
constexpr variable<"k1"> k1;
constexpr variable<"k2"> k2;
constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;
constexpr variable<"x3"> x3;
constexpr variable<"w"> w;
constexpr variable<"m1"> m1;
constexpr variable<"m2"> m2;
constexpr auto p1 = x1 - c1;
constexpr auto p2 = x2 - c2;
constexpr auto p3 = x3 - c3;
constexpr auto squared_angle = square(r1) + square(r2) + square(r3);
constexpr auto angle = sqrt(squared_angle);
constexpr auto a1 = r1 / angle;
constexpr auto a2 = r2 / angle;
constexpr auto a3 = r3 / angle;
constexpr auto cosine = cos(angle);
constexpr auto sine = sin(angle);
constexpr auto along = (a1 * p1 + a2 * p2 + a3 * p3) * (1_c - cosine);
constexpr auto is_turned = squared_angle > 0_c;
constexpr auto q1 =
    select(is_turned, p1 *cosine + (a2 * p3 - a3 * p2) * sine + a1 * along, p1 + r2 * p3 - r3 * p2);
constexpr auto q2 =
    select(is_turned, p2 *cosine + (a3 * p1 - a1 * p3) * sine + a2 * along, p2 + r3 * p1 - r1 * p3);
constexpr auto q3 =
    select(is_turned, p3 *cosine + (a1 * p2 - a2 * p1) * sine + a3 * along, p3 + r1 * p2 - r2 * p1);
constexpr auto s1 = q1 / q3;
constexpr auto s2 = q2 / q3;
constexpr auto squared_radius = square(s1) + square(s2);
constexpr auto distortion = 1_c + k1 * squared_radius + k2 * square(squared_radius);
constexpr auto e1 = w * (s1 * distortion * f + u - m1);
constexpr auto e2 = w * (s2 * distortion * f + v - m2);
constexpr auto step =
    compile(e1, e2, gradient(e1, r1, r2, r3, c1, c2, c3, f, u, v, k1, k2, x1, x2, x3, w),
            gradient(e2, r1, r2, r3, c1, c2, c3, f, u, v, k1, k2, x1, x2, x3, w));

[[gnu::noinline]] void run(const observation &in, result &out) {
  step.into(out.error[0], out.error[1], out.jacobian + 0, out.jacobian + parameter_count)(
      r1 = in.camera[0], r2 = in.camera[1], r3 = in.camera[2], c1 = in.camera[3], c2 = in.camera[4],
      c3 = in.camera[5], f = in.camera[6], u = in.camera[7], v = in.camera[8], k1 = in.camera[9],
      k2 = in.camera[10], x1 = in.point[0], x2 = in.point[1], x3 = in.point[2], w = in.weight,
      m1 = in.feature[0], m2 = in.feature[1]);
}

} // namespace in_numbers

namespace by_hand {

/// q = R(r) p, and its derivatives by r and by p, which is R.
void turn(const double *r, const double *p, double *q, double (&by_r)[3][3], double (&by_p)[3][3]) {
  const double squared_angle = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
  if (!(squared_angle > 0)) { // p + r x p
    const double r_matrix[3][3]{{1, -r[2], r[1]}, {r[2], 1, -r[0]}, {-r[1], r[0], 1}};
    const double p_matrix[3][3]{{0, p[2], -p[1]}, {-p[2], 0, p[0]}, {p[1], -p[0], 0}};
    for (int i = 0; i < 3; ++i) {
      q[i] = 0;
      for (int j = 0; j < 3; ++j) {
        by_p[i][j] = r_matrix[i][j];
        by_r[i][j] = p_matrix[i][j];
        q[i] += r_matrix[i][j] * p[j];
      }
    }
    return;
  }
  const double angle = std::sqrt(squared_angle), c = std::cos(angle), s = std::sin(angle);
  const double over = 1 / angle, a[]{r[0] * over, r[1] * over, r[2] * over};
  const double along = a[0] * p[0] + a[1] * p[1] + a[2] * p[2], rest = 1 - c;
  const double cross[]{a[1] * p[2] - a[2] * p[1], a[2] * p[0] - a[0] * p[2],
                       a[0] * p[1] - a[1] * p[0]};
  for (int i = 0; i < 3; ++i)
    q[i] = p[i] * c + cross[i] * s + a[i] * along * rest;
  // by the angle, and by the axis: of a = r / angle, da_i/dr_k = (e_ik - a_i a_k) / angle
  double by_angle[3], by_axis[3][3];
  const double turning[3][3]{{0, p[2], -p[1]}, {-p[2], 0, p[0]}, {p[1], -p[0], 0}}; // a x p by a
  for (int i = 0; i < 3; ++i) {
    by_angle[i] = -p[i] * s + cross[i] * c + a[i] * along * s;
    for (int k = 0; k < 3; ++k)
      by_axis[i][k] = turning[i][k] * s + a[i] * p[k] * rest + (i == k ? along * rest : 0);
  }
  for (int i = 0; i < 3; ++i) {
    const double radial = by_axis[i][0] * a[0] + by_axis[i][1] * a[1] + by_axis[i][2] * a[2];
    for (int k = 0; k < 3; ++k)
      by_r[i][k] = by_angle[i] * a[k] + (by_axis[i][k] - radial * a[k]) * over;
  }
  const double axis_matrix[3][3]{{0, -a[2], a[1]}, {a[2], 0, -a[0]}, {-a[1], a[0], 0}};
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k)
      by_p[i][k] = (i == k ? c : 0) + axis_matrix[i][k] * s + a[i] * a[k] * rest;
}

[[gnu::noinline]] void run(const observation &in, result &out) {
  const double *const camera = in.camera, f = camera[6], w = in.weight;
  const double p[]{in.point[0] - camera[3], in.point[1] - camera[4], in.point[2] - camera[5]};
  double q[3], by_r[3][3], by_p[3][3];
  turn(camera, p, q, by_r, by_p);
  const double over = 1 / q[2], s[]{q[0] * over, q[1] * over};
  const double square = s[0] * s[0] + s[1] * s[1];
  const double distortion = 1 + camera[9] * square + camera[10] * square * square;
  const double slope = 2 * (camera[9] + 2 * camera[10] * square);
  for (int i = 0; i < 2; ++i) {
    const double projected = s[i] * distortion * f + camera[7 + i] - in.feature[i];
    out.error[i] = w * projected;
    double *const row = out.jacobian + i * parameter_count;
    // by s, then by q
    const double by_s[]{w * f * (s[i] * slope * s[0] + (i == 0 ? distortion : 0)),
                        w * f * (s[i] * slope * s[1] + (i == 1 ? distortion : 0))};
    const double by_q[]{by_s[0] * over, by_s[1] * over, -(by_s[0] * s[0] + by_s[1] * s[1]) * over};
    for (int k = 0; k < 3; ++k) {
      row[k] = by_q[0] * by_r[0][k] + by_q[1] * by_r[1][k] + by_q[2] * by_r[2][k];
      row[11 + k] = by_q[0] * by_p[0][k] + by_q[1] * by_p[1][k] + by_q[2] * by_p[2][k];
      row[3 + k] = -row[11 + k];
    }
    row[6] = w * s[i] * distortion;
    row[7] = i == 0 ? w : 0;
    row[8] = i == 1 ? w : 0;
    row[9] = w * s[i] * f * square;
    row[10] = w * s[i] * f * square * square;
    row[14] = projected;
  }
}

} // namespace by_hand

/// Q = x^T A x with its slopes, in a matrix of N x N and by hand.
template <int N>
struct quadratic {
  static constexpr variable<"A", N, N> A{};
  static constexpr variable<"x", N> x{};
  static constexpr auto form = transpose(x) * A * x;
  static constexpr auto step = compile(form, gradient(form, A, x));

  double a[N * N], at[N], value, slopes[N * N + N];

  [[gnu::noinline]] void by_chainrule() { step.into(value, slopes)(A = a, x = at); }
  [[gnu::noinline]] void by_hand() {
    value = 0;
    for (int i = 0; i < N; ++i) {
      double left = 0, right = 0;
      for (int k = 0; k < N; ++k) {
        left += a[i * N + k] * at[k];
        right += a[k * N + i] * at[k];
        slopes[i * N + k] = at[i] * at[k];
      }
      slopes[N * N + i] = left + right;
      value += at[i] * left;
    }
  }
};

constexpr int calls = 300; // before the clock is read

bool is_near(double found, double expected) {
  return std::fabs(found - expected) <= 1e-11 * (1 + std::fabs(expected));
}

bool are_equal(const result &found, const result &expected) {
  bool all = true;
  for (int i = 0; i < 2; ++i)
    all = all && is_near(found.error[i], expected.error[i]);
  for (int i = 0; i < 2 * parameter_count; ++i)
    all = all && is_near(found.jacobian[i], expected.jacobian[i]);
  return all;
}

template <int N>
bool print_quadratic() {
  static quadratic<N> form;
  asm volatile("" : : "r"(&form) : "memory");
  for (int i = 0; i < N * N; ++i)
    form.a[i] = 0.1 * (i % 7) - 0.2;
  for (int i = 0; i < N; ++i)
    form.at[i] = 1 - 0.3 * i;
  form.by_hand();
  const quadratic<N> expected = form;
  form.by_chainrule();
  bool agrees = is_near(form.value, expected.value);
  for (int i = 0; i < N * N + N; ++i)
    agrees = agrees && is_near(form.slopes[i], expected.slopes[i]);
  double ours = 1e9, by_hand = 1e9;
  for (int round = 0; round < 300; ++round) {
    ours = std::min(ours, time_of([] { form.by_chainrule(); }, calls));
    by_hand = std::min(by_hand, time_of([] { form.by_hand(); }, calls));
  }
  std::printf("| x^T A x of %d, value and slopes | %.1f | | %.1f |\n", N, ours, by_hand);
  return agrees;
}

} // namespace

int main() {
  static observation in;
  static result of_columns, of_numbers, expected;
  asm volatile("" : : "r"(&in), "r"(&of_columns), "r"(&of_numbers), "r"(&expected) : "memory");
  bool all_agree = true;
  for (const bool is_turned : {false, true}) { // the times are of the latter
    const observation usual;
    for (int i = 0; i < 3; ++i)
      in.camera[i] = is_turned ? usual.camera[i] : 0;
    in_columns::run(in, of_columns);
    in_numbers::run(in, of_numbers);
    by_hand::run(in, expected);
    all_agree = all_agree && are_equal(of_columns, expected) && are_equal(of_numbers, expected);
  }
  double columns = 1e9, numbers = 1e9, hand = 1e9;
  for (int round = 0; round < 300; ++round) {
    columns = std::min(columns, time_of([] { in_columns::run(in, of_columns); }, calls));
    numbers = std::min(numbers, time_of([] { in_numbers::run(in, of_numbers); }, calls));
    hand = std::min(hand, time_of([] { by_hand::run(in, expected); }, calls));
  }
  std::printf("| ns | in matrices | in numbers | by hand |\n|---|---|---|---|\n"
              "| bundle adjustment, 2 residuals by 15 | %.1f | %.1f | %.1f |\n",
              columns, numbers, hand);
  all_agree = print_quadratic<2>() && all_agree;
  all_agree = print_quadratic<3>() && all_agree;
  all_agree = print_quadratic<6>() && all_agree;
  if (!all_agree)
    std::printf("FAILED: the results differ\n");
  return all_agree ? 0 : 1;
}
