// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How long a call takes: the ways take turns, a tenth of a millisecond each, in as many rounds as
// there is time for, and of each the least time counts, as whatever disturbs makes a call longer. A
// way whose gradient is another one is not timed, nor is one whose first call would take all the
// time there is. Read next: table.hpp.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <chainrule/benchmark/allocations.hpp>
#include <chainrule/benchmark/table.hpp>
#include <chainrule/math/elementary.hpp>

namespace chainrule {

/// How long benchmark() may take.
struct benchmark_options {
  double seconds = 1; ///< of timing, for all ways together
  int rounds = 5;     ///< at least, in each of which each way is called at least once
};

namespace detail::CHAINRULE_FLAGS {

/// A way to a gradient, and its row.
struct contestant {
  benchmark_row row;
  double tolerance; // of slopes, relative to the largest; of differences the value has a share
  long long calls = 1;
  double passes = 0; // so often it does what a call of another way is
  contestant *pass = nullptr;

  contestant(std::string name, double difference) : tolerance(difference) {
    row.name = std::move(name);
  }
  contestant(const contestant &) = delete;
  contestant &operator=(const contestant &) = delete;
  virtual ~contestant() = default;

  virtual void repeat(long long times) = 0;
  /// The value of one call, and where the slopes are then.
  virtual double run(const double *&slopes) = 0;

  double seconds_of(long long times) {
    const auto start = std::chrono::steady_clock::now();
    repeat(times);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
};

template <class Way>
class contestant_by final : public contestant {
  Way way;

  [[gnu::noinline]] static double call(Way &which) { return which(); }

public:
  contestant_by(std::string name, double difference, Way how)
      : contestant(std::move(name), difference), way(std::move(how)) {}

  void repeat(long long times) override {
    for (long long i = 0; i < times; ++i) {
      double value = call(way);
      asm volatile("" : : "r"(&value) : "memory"); // whatever was computed is read by someone
    }
  }
  double run(const double *&slopes) override {
    double value = 0;
    if constexpr (requires { way.gradient(); })
      value = way.gradient();
    else
      value = call(way);
    slopes = std::data(way.slopes);
    return value;
  }
};

/// Whether one call takes longer than there is time; the row says so.
inline bool takes_too_long(contestant &one, const benchmark_options &options) {
  if (one.pass == nullptr)
    return false;
  one.pass->repeat(1);
  const double seconds = one.passes * one.pass->seconds_of(1);
  const double limit = options.seconds < 0.5 ? 1 : 2 * options.seconds;
  if (seconds > limit)
    one.row.remark = formatted("one call, %.0f passes, would take about %.2g s; it is run with "
                               "benchmark_options{.seconds = %.0f}",
                               one.passes, seconds, seconds / 2 + 1);
  return seconds > limit;
}

/// Compares a gradient with that of the compiled function; the difference goes into the row, and
/// what it means.
inline void compare(contestant &other, double value, const std::vector<double> &expected) {
  const double *slopes = nullptr;
  const double found = other.run(slopes);
  double largest = 0, difference = 0;
  std::size_t worst = 0;
  for (const double slope : expected)
    largest = std::max(largest, math::abs(slope));
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (const double here = math::abs(slopes[i] - expected[i]); !(here <= difference)) {
      difference = here;
      worst = i;
      if (here != here) // NaN is the worst there is
        break;
    }
  const double size = math::abs(value);
  other.row.difference = difference == 0 ? 0 : difference / largest;
  if (!(difference <= other.tolerance * (largest + 1e-3 * size)))
    other.row.remark =
        formatted("its gradient is another one: slope %zu is %.9g, ours is %.9g; largest "
                  "difference %.1e of the largest slope",
                  worst, slopes[worst], expected[worst], other.row.difference);
  else if (!(math::abs(found - value) <= 1e-9 * size + 1e-12 * largest))
    other.row.remark = formatted("its value is another one: %.9g, ours is %.9g", found, value);
}

/// So many seconds a way is called before it is the turn of the next: long beside a look at the
/// clock, short beside what disturbs.
inline constexpr double shortest_turn = 1e-4;

/// Times all that have no remark, in turns; the first is the measure of the others.
inline void time_all(const std::vector<std::unique_ptr<contestant>> &all,
                     const benchmark_options &options) {
  const bool is_counted = are_allocations_counted();
  std::vector<contestant *> timed;
  for (const auto &each : all)
    if (each->row.remark.empty())
      timed.push_back(each.get());
  for (contestant *const each : timed) {
    each->repeat(1);
    const long long before = allocations;
    each->repeat(1);
    each->row.allocations = is_counted ? allocations - before : -1;
    while (each->seconds_of(each->calls) < shortest_turn && options.seconds > 0)
      each->calls *= 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const std::chrono::duration<double> budget(options.seconds);
  for (int round = 0;
       round < options.rounds || std::chrono::steady_clock::now() - start < budget || round == 0;
       ++round)
    for (contestant *const each : timed) {
      const double time = 1e9 * each->seconds_of(each->calls) / static_cast<double>(each->calls);
      if (round == 0 || time < each->row.nanoseconds)
        each->row.nanoseconds = time;
    }
  for (contestant *const each : timed)
    each->row.ratio = each->row.nanoseconds / timed.front()->row.nanoseconds;
}

} // namespace detail::CHAINRULE_FLAGS
} // namespace chainrule
