// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Value and gradient of scalar networks: chainrule, by hand, by hand as in a textbook, on a tape.
// Every call goes through a plain function pointer; inputs cycle through 64 sets.
#include "timing.hpp"
#include "workloads_chainrule.hpp"
#include "workloads_tape.hpp"

#include <benchmark/benchmark.h>

#include <bit>
#include <random>

namespace {

/// 64 sets of arguments, all numbers between -1 and 1, labels last.
template <class Arguments>
std::array<Arguments, 64> random_arguments() {
  using numbers = std::array<double, sizeof(Arguments) / sizeof(double)>;
  std::mt19937_64 generator(7);
  std::array<Arguments, 64> result;
  for (Arguments &arguments : result) {
    numbers values;
    for (double &value : values)
      value = static_cast<double>(generator() >> 11) * 0x1p-52 - 1;
    values.back() = values.back() < 0 ? 0 : 1;
    arguments = std::bit_cast<Arguments>(values);
  }
  return result;
}

template <class Arguments, class Result>
void run(benchmark::State &state, Result (*function)(const Arguments &)) {
  const auto inputs = random_arguments<Arguments>();
  tape::recording recording;
  std::size_t next = 0;
  benchmark::DoNotOptimize(function);
  benchmark::DoNotOptimize(counted_call(function, inputs[0]));
  for (auto _ : state) {
    Result result = function(inputs[next++ % inputs.size()]);
    benchmark::DoNotOptimize(result);
  }
}

using namespace hand_written;

BENCHMARK_CAPTURE(run, w1 / chainrule, &chainrule_workloads::first);
BENCHMARK_CAPTURE(run, w1 / hand, &hand_written::w1);
BENCHMARK_CAPTURE(run, w1 / textbook, &hand_written::textbook::w1);
BENCHMARK_CAPTURE(run, w1 / tape, &tape_workloads::w1);
BENCHMARK_CAPTURE(run, w2 / chainrule, &chainrule_workloads::second);
BENCHMARK_CAPTURE(run, w2 / hand, &hand_written::w2);
BENCHMARK_CAPTURE(run, w2 / tape, &tape_workloads::w2);
BENCHMARK_CAPTURE(run, w3 / chainrule,
                  static_cast<result<20> (*)(const w3_arguments &)>(&chainrule_workloads::third));
BENCHMARK_CAPTURE(run, w3 / hand, &hand_written::w3);
BENCHMARK_CAPTURE(run, w3 / tape, &tape_workloads::w3);
BENCHMARK_CAPTURE(run, w4 / chainrule,
                  static_cast<result<17> (*)(const w4_arguments &)>(&chainrule_workloads::fourth));
BENCHMARK_CAPTURE(run, w4 / hand, &hand_written::w4);
BENCHMARK_CAPTURE(run, w4 / hand with the library tanh, &hand_written::w4_library);
BENCHMARK_CAPTURE(run, w4 / tape, &tape_workloads::w4);
BENCHMARK_CAPTURE(run, w7 / chainrule, &chainrule_workloads::seventh);
BENCHMARK_CAPTURE(run, w7 / hand, &hand_written::w7);
BENCHMARK_CAPTURE(run, w7 / hand without branches, &hand_written::w7_masked);
BENCHMARK_CAPTURE(run, w7 / tape, &tape_workloads::w7);

} // namespace

BENCHMARK_MAIN();
