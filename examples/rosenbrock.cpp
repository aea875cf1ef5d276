// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Rosenbrock's valley in 1000 dimensions by truncated Newton steps: conjugate gradients ask for
// products with the Hessian only, each of which costs a few times the function, and stop where it
// does not bend upward. Coordinate after coordinate arrives at 1.
#include <chainrule/chainrule.hpp>

#include <vector>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr int n = 1000;
constexpr variable<"x", n> x;
constexpr variable<"v", n> v;
constexpr auto first = rows_of<0, n - 1>(x);
constexpr auto second = rows_of<1, n - 1>(x);
constexpr auto valley = 100_c * squared_norm(second - square(first)) + squared_norm(1_c - first);
constexpr auto value_and_slope = compile(valley, gradient(valley, x));
constexpr auto bend = compile(hessian_times(valley, v, x));

using column = std::vector<double>;

double product(const column &a, const column &b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += a[i] * b[i];
  return sum;
}
void add(column &to, double factor, const column &from) {
  for (std::size_t i = 0; i < to.size(); ++i)
    to[i] += factor * from[i];
}
double largest(const column &of) {
  double result = 0;
  for (const double each : of)
    result = std::fmax(result, std::fabs(each));
  return result;
}

/// Solves H step = -slope as far as H bends upward and as well as is worth it.
struct newton_step {
  column step;
  int products = 0;

  newton_step(const column &at, const column &slope) : step(n) {
    column rest(n), bent(n);
    add(rest, -1, slope);
    column direction = rest;
    double size = product(rest, rest);
    const double wanted = size * std::fmin(0.25, std::sqrt(size));
    const auto times_hessian = bend.into(bent);
    while (products < n && size > wanted) {
      times_hessian(x = at, v = direction);
      ++products;
      const double curvature = product(direction, bent);
      if (curvature <= 0) {
        if (products == 1)
          step = direction;
        return;
      }
      const double before = size;
      add(step, size / curvature, direction);
      add(rest, -size / curvature, bent);
      size = product(rest, rest);
      for (std::size_t i = 0; i < n; ++i)
        direction[i] = rest[i] + size / before * direction[i];
    }
  }
};

} // namespace

int main(int count, char **values) {
  begin(count, values);
  column at(n);
  for (std::size_t i = 0; i < n; ++i)
    at[i] = i % 2 == 0 ? -1.2 : 1;
  column slope(n);
  double value = 0;
  int products = 0;
  bool is_done = false;
  const auto visit = value_and_slope.into(value, slope);
  std::printf("step  products        value  largest slope   length       x_0    x_333    x_666"
              "    x_999\n");
  double length = 0;
  for (int round = 0; !is_done && round < 10000; ++round) {
    visit(x = at);
    is_done = largest(slope) < 1e-9;
    if (round % 250 == 0 || is_done)
      std::printf("%4d  %8d  %11.4e  %13.1e  %7.3f  %8.4f %8.4f %8.4f %8.4f\n", round, products,
                  value, largest(slope), length, at[0], at[333], at[666], at[999]);
    const newton_step way(at, slope);
    products += way.products;
    const double before = value, fall = product(way.step, slope);
    column there(n);
    for (length = 1; length > 1e-10; length /= 2) { // until it falls by a part of what is promised
      for (std::size_t i = 0; i < n; ++i)
        there[i] = at[i] + length * way.step[i];
      visit(x = there);
      if (value <= before + 1e-4 * length * fall)
        break;
    }
    at.swap(there);
  }
  double worst = 0;
  for (const double each : at)
    worst = std::fmax(worst, std::fabs(each - 1));
  std::printf("the farthest coordinate is %.1e from 1\n", worst);
  check("at the bottom", is_done && worst < 1e-8, 1);
  return result();
}
