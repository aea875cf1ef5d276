// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// softmax, log_softmax, logsumexp, their Jacobians and second derivatives and the cross-entropy,
// element by element relative to 100 digits, where one logit is far above the others, too.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace chainrule;

namespace {

using wide = boost::multiprecision::cpp_bin_float_100;

constexpr variable<"z", 3> z;
constexpr variable<"y", 3> y;
constexpr double infinity = std::numeric_limits<double>::infinity();

template <class T>
using logits = std::array<T, 3>;

/// Points with one logit above the others, ties, masked classes, and random ones.
template <class T>
std::vector<logits<T>> points() {
  std::vector<logits<T>> result;
  for (const double high : {0., 0.5, 1., 3., 8., 17., 20., 37., 40., 60., 80.})
    for (const logits<double> &below :
         {logits<double>{0, 0, 0}, {0, -1, -2}, {0, 0, -5}, {0, -infinity, 0.25}})
      for (std::size_t at = 0; at < 3; ++at) {
        logits<T> each;
        for (std::size_t i = 0; i < 3; ++i)
          each[(i + at) % 3] = static_cast<T>(below[i] + (i == 0 ? high : 0));
        result.push_back(each);
      }
  std::mt19937 generator{20260201};
  std::normal_distribution<double> normal;
  for (const double width : {1., 5., 20.})
    for (int i = 0; i < 40; ++i)
      result.push_back({static_cast<T>(width * normal(generator)),
                        static_cast<T>(width * normal(generator)),
                        static_cast<T>(width * normal(generator))});
  return result;
}

/// p, and 1 - p as the sum of the others.
struct truth {
  std::array<wide, 3> p, rest;

  template <class T>
  explicit truth(const logits<T> &at) {
    std::array<wide, 3> e;
    T largest = -std::numeric_limits<T>::infinity();
    for (const T each : at)
      largest = std::max(largest, each);
    for (std::size_t i = 0; i < 3; ++i)
      e[i] = std::isinf(at[i]) ? wide(0) : wide(exp(wide(at[i]) - wide(largest)));
    const wide sum = e[0] + e[1] + e[2];
    for (std::size_t i = 0; i < 3; ++i) {
      p[i] = e[i] / sum;
      rest[i] = (e[(i + 1) % 3] + e[(i + 2) % 3]) / sum;
    }
  }
  wide jacobian(std::size_t i, std::size_t k) const {
    return i == k ? p[i] * rest[i] : wide(-p[i] * p[k]);
  }
  wide log_jacobian(std::size_t i, std::size_t k) const { return i == k ? rest[i] : wide(-p[k]); }
  /// d^2 p_i / dz_j dz_k and the size of its terms.
  wide curvature(std::size_t i, std::size_t j, std::size_t k) const {
    const auto is = [](std::size_t a, std::size_t b) { return wide(a == b ? 1 : 0); };
    return p[i] * ((is(i, j) - p[j]) * (is(i, k) - p[k]) - jacobian(j, k));
  }
};

template <class T>
bool is_close(T found, const wide &exact, double ulps, const wide &size) {
  // below the smallest normal number digits are lost
  const wide least = wide(std::numeric_limits<T>::min());
  const wide scale = abs(size) < least ? least : wide(abs(size));
  return abs(wide(found) - exact) <= ulps * wide(std::numeric_limits<T>::epsilon()) * scale;
}
template <class T>
bool is_close(T found, const wide &exact, double ulps) {
  return is_close(found, exact, ulps, exact);
}

/// log p is near 0 where p is near 1: there the error is that of the exponentials, whose arguments
/// are rounded.
template <class T>
bool is_logarithm(T found, const truth &exact, std::size_t i) {
  return exact.p[i] < wide(0.5) ? is_close(found, log(exact.p[i]), 4)
                                : is_close(found, -log(1 + exact.rest[i] / exact.p[i]), 60);
}

template <class T>
void check() {
  constexpr auto p = softmax(z);
  constexpr auto logs = log_softmax(z);
  constexpr auto first =
      compile(p, logs, logsumexp(z), jacobian(p, z), jacobian(logs, z), gradient(logsumexp(z), z));
  constexpr auto second = compile(hessian(element_of<0, 0>(p), z),
                                  hessian(element_of<0, 0>(logs), z), hessian(logsumexp(z), z));
  constexpr auto loss = softmax_cross_entropy(z, y);
  constexpr auto step = compile(loss, gradient(loss, z), hessian(loss, z));
  for (const logits<T> &at : points<T>()) {
    INFO("at " << at[0] << ", " << at[1] << ", " << at[2]);
    const truth exact(at);
    const auto [value, log_value, sum, jacobian_of_value, jacobian_of_logs, slope] = first(z = at);
    const auto [curvature, log_curvature, sum_curvature] = second(z = at);
    const T largest = std::max({at[0], at[1], at[2]});
    for (std::size_t i = 0; i < 3; ++i) {
      const int row = static_cast<int>(i);
      CHECK(is_close(value(row, 0), exact.p[i], 60));
      CHECK(is_close(slope[z](row, 0), exact.p[i], 60));
      if (exact.p[i] != 0)
        CHECK(is_logarithm(log_value(row, 0), exact, i));
      for (std::size_t k = 0; k < 3; ++k) {
        const int column = static_cast<int>(k);
        CHECK(is_close(jacobian_of_value(row, column), exact.jacobian(i, k), 100));
        CHECK(is_close(jacobian_of_logs(row, column), exact.log_jacobian(i, k), 60));
        CHECK(is_close(curvature(row, column), exact.curvature(0, i, k), 200,
                       abs(exact.jacobian(0, i)) + abs(exact.jacobian(0, k))));
        CHECK(is_close(log_curvature(row, column), -exact.jacobian(i, k), 100));
        CHECK(is_close(sum_curvature(row, column), exact.jacobian(i, k), 100));
      }
    }
    wide exact_sum = 0;
    for (const T each : at)
      exact_sum += std::isinf(each) ? wide(0) : wide(exp(wide(each)));
    CHECK(is_close(sum, log(exact_sum), 4, std::max<wide>(abs(wide(largest)), log(exact_sum))));
    for (std::size_t label = 0; label < 3; ++label) {
      if (std::isinf(at[label]))
        continue;
      logits<T> one_hot{};
      one_hot[label] = 1;
      const auto [found, found_slope, found_curvature] = step(z = at, y = one_hot);
      CHECK(is_logarithm(-found, exact, label));
      for (std::size_t i = 0; i < 3; ++i) {
        CHECK(is_close(found_slope[z](static_cast<int>(i), 0), -exact.log_jacobian(label, i), 60));
        for (std::size_t k = 0; k < 3; ++k)
          CHECK(is_close(found_curvature(static_cast<int>(i), static_cast<int>(k)),
                         exact.jacobian(i, k), 100));
      }
    }
  }
}

} // namespace

TEST_CASE("softmax and its relatives keep what is left of 1") {
  check<double>();
  check<float>();
}

TEST_CASE("a logit of 40 above the others") {
  const auto [value, slopes] =
      compile(softmax_cross_entropy(z, y), gradient(softmax_cross_entropy(z, y), z, y))(
          z = logits<double>{40.0, 0.0, 0.0}, y = logits<double>{1.0, 0.0, 0.0});
  CHECK(std::fabs(value - 8.4967085105831779546e-18) < 1e-32);
  CHECK(std::fabs(slopes[z](0, 0) + 8.4967085105831779185e-18) < 1e-32);
  CHECK(std::fabs(slopes[z](1, 0) - 4.2483542552915889592e-18) < 1e-32);
  CHECK(std::fabs(slopes[y](0, 0) - 8.4967085105831779546e-18) < 1e-32);
}

TEST_CASE("slopes of entropies and divergences of a confident softmax") {
  constexpr variable<"weight"> weight;
  constexpr auto entropy = -sum(xlogy(softmax(z), softmax(z)));
  constexpr auto divergence = sum(kullback_leibler(softmax(z), y));
  for (const double height : {3.0, 20.0, 40.0, 300.0}) {
    INFO(height);
    const matrix<double, 3> at{height, 0.0, 0.5}, labels{0.5, 0.25, 0.125};
    long double p[3], logs[3], over[3], sum = 0;
    for (int i = 0; i < 3; ++i)
      sum += std::exp(at(i) - static_cast<long double>(height));
    for (int i = 0; i < 3; ++i) {
      logs[i] = at(i) - static_cast<long double>(height) - std::log(sum);
      p[i] = std::exp(logs[i]);
      over[i] = logs[i] - std::log(static_cast<long double>(labels(i)));
    }
    const auto [of_entropy, of_divergence, of_both, of_difference] = compile(
        partial(entropy, z), partial(divergence, z),
        partial(softmax_cross_entropy(z, stack(1_c, 0_c, 0_c)) + weight * entropy, z),
        partial(dot(y, log_softmax(z)) - 2_c * entropy, z))(z = at, y = labels, weight = 4.0);
    for (int i = 0; i < 3; ++i) {
      long double flow = 0, flow_over = 0,
                  rest = 0; // sum of p_k (f_i - f_k), in which nothing cancels
      for (int k = 0; k < 3; ++k) {
        flow += p[k] * (logs[i] - logs[k]);
        flow_over += p[k] * (over[i] - over[k]);
        rest += k == i ? 0 : p[k];
      }
      const long double slope = -p[i] * flow, of_loss = i == 0 ? -rest : p[i];
      long double of_logs = labels(i) * rest;
      for (int k = 0; k < 3; ++k)
        of_logs -= k == i ? 0 : labels(k) * p[i];
      const auto is_close = [](double value, long double expected, long double size) {
        return std::fabs(value - expected) <= 1e-15L * size;
      };
      const long double size = std::fabs(slope);
      CHECK(is_close(of_entropy(i), slope, 2 * size));
      CHECK(is_close(of_divergence(i), p[i] * flow_over, 4 * std::fabs(p[i] * flow_over)));
      CHECK(is_close(of_both(i), of_loss + 4 * slope, 10 * (std::fabs(of_loss) + size)));
      CHECK(is_close(of_difference(i), of_logs - 2 * slope, 10 * (labels(i) * rest + p[i] + size)));
    }
  }
}

TEST_CASE("rows of the Jacobians sum to 0") {
  const auto [of_softmax, of_logs] = compile(jacobian(softmax(z), z), jacobian(log_softmax(z), z))(
      z = logits<double>{40.0, 0.0, 0.25});
  for (int i = 0; i < 3; ++i) {
    double sum = 0, logs = 0, size = 0;
    for (int k = 0; k < 3; ++k) {
      sum += of_softmax(i, k);
      logs += of_logs(i, k);
      size = std::max(size, std::fabs(of_softmax(i, k)));
    }
    CHECK(std::fabs(sum) <= 4e-16 * size);
    CHECK(std::fabs(logs) <= 4e-16 * (i == 0 ? 1.2e-17 : 1));
  }
}

TEST_CASE("a column all masked has no softmax, and its logsumexp is -infinity") {
  CHECK(compile(logsumexp(z))(z = logits<double>{-infinity, -infinity, -infinity}) == -infinity);
  CHECK(std::isnan(compile(softmax(z))(z = logits<double>{-infinity, -infinity, -infinity})(0, 0)));
  CHECK(compile(logsumexp(z))(z = logits<double>{infinity, 0.0, 1.0}) == infinity);
}

static_assert(compile(softmax_cross_entropy(z, y))(z = logits<double>{40.0, 0.0, 0.0},
                                                   y = logits<double>{1.0, 0.0, 0.0}) > 8.49e-18);
