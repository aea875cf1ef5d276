// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What benchmark() hands back, and how it is printed; times are nowhere compared.
#include <chainrule/benchmark.hpp>

#include <sstream>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"w", 2> w;
constexpr variable<"x", 2> x;
constexpr variable<"b"> b;
constexpr auto f = square(dot(w, x) + b);
constexpr auto step = compile(f, gradient(f, w, b));
constexpr benchmark_options once{.seconds = 0, .rounds = 1};

std::size_t longest_line(const std::string &text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

} // namespace

TEST_CASE("the table as text") {
  benchmark_result result{2, {}, {"ADOL-C", "Sacado"}};
  result.rows.push_back({"chainrule, compiled", 12.34, 1, 0, 0, {}});
  result.rows.push_back({"a tape", 123.4, 10, 3, 1.5e-16, {}});
  result.rows.push_back({"not counted", 1.0, 0.081, -1, 0, {}});
  result.rows.push_back({"wrong", 0, 0, 0, 0.5, "its gradient is another one"});
  CHECK(to_string(result) ==
        "value and 2 slopes                                       ns    ratio  allocations   "
        "difference\n"
        "chainrule, compiled                                    12.3     1.00            0      "
        "0.0e+00\n"
        "a tape                                                123.4    10.00            3      "
        "1.5e-16\n"
        "not counted                                             1.0     0.08  not counted      "
        "0.0e+00\n"
        "wrong                                            not timed: its gradient is another one\n"
        "not compared, as the compiler does not find it: ADOL-C, Sacado\n");
  std::ostringstream stream;
  stream << result;
  CHECK(stream.str() == to_string(result));
  CHECK(result.find("a tape")->allocations == 3);
  CHECK(result.find("no such row") == nullptr);
  CHECK(!result.agrees());
}

TEST_CASE("lines have at most 100 columns") {
  benchmark_result result{1000000, {}, std::vector<std::string>(40, "a library")};
  result.rows.push_back({std::string(80, 'n'), 1e11, 1e4, 123456789, 1, {}});
  result.rows.push_back({"long", 0, 0, 0, 0, "many words " + std::string(300, ' ') + "and more"});
  for (int i = 0; i < 50; ++i)
    result.rows.back().remark += " and more";
  CHECK(longest_line(to_string(result)) <= 100);
}

TEST_CASE("ways of the user's, right and wrong") {
  const auto where = at(w = std::array{0.5, -2.0}, x = std::array{1.5, 0.25}, b = 0.75);
  const auto by_hand = [](const auto &p, double *slopes) {
    const double z = p[w](0) * p[x](0) + p[w](1) * p[x](1) + p[b];
    slopes[0] = 2 * z * p[x](0);
    slopes[1] = 2 * z * p[x](1);
    slopes[2] = 2 * z;
    return z * z;
  };
  const auto wrong = [&](const auto &p, double *slopes) {
    const double value = by_hand(p, slopes);
    slopes[1] = -slopes[1];
    return value;
  };
  const auto undefined = [&](const auto &p, double *slopes) {
    const double value = by_hand(p, slopes);
    slopes[2] = std::numeric_limits<double>::quiet_NaN();
    return value;
  };
  const auto of_another_value = [&](const auto &p, double *slopes) {
    return by_hand(p, slopes) + 1;
  };
  const benchmark_result result =
      benchmark(f, gradient(f, w, b), where, against("by hand", by_hand), against("wrong", wrong),
                against("undefined", undefined), against("another value", of_another_value),
                against("compiled once more", step), once);
  CHECK(result.slopes == 3);
  CHECK(!result.agrees());
  for (const char *name : {"by hand", "compiled once more", "reverse tape of the library"}) {
    INFO(name);
    CHECK(result.find(name)->remark.empty());
    CHECK(result.find(name)->difference < 1e-14);
    CHECK(result.find(name)->nanoseconds > 0);
    CHECK(result.find(name)->allocations <= 0);
  }
  const benchmark_row &told = *result.find("wrong");
  CHECK(told.nanoseconds == 0);
  // z = 0.5 1.5 - 2 0.25 + 0.75 = 1, so that the slopes are 3, 0.5, 2
  CHECK(told.difference == 1.0 / 3);
  CHECK(told.remark == "its gradient is another one: slope 1 is -0.5, ours is 0.5; largest "
                       "difference 3.3e-01 of the largest slope");
  CHECK(result.find("undefined")->remark.find("slope 2 is nan, ours is 2") != std::string::npos);
  CHECK(result.find("another value")->remark == "its value is another one: 2, ours is 1");
  CHECK(longest_line(to_string(result)) <= 100);
}

TEST_CASE("values of any kind, and in float, are read as doubles") {
  const float X[2] = {1.5F, 0.25F};
  const std::vector<double> weights{0.5, -2.0};
  const benchmark_result result =
      benchmark(f, gradient(f, b), at(w = weights, x = std::array{1.5, 0.25}, b = 1), once);
  CHECK(result.agrees());
  CHECK(benchmark(f, gradient(f, w, b), at(w = X, x = X, b = 0.75F), once).agrees());
}

TEST_CASE("a way that would take all day is not run") {
  constexpr variable<"W", 300, 300> W;
  constexpr variable<"z", 300> z;
  const auto F = sum(square(tanh(W * z)));
  auto theta = parameters<double>(W);
  glorot(theta, 1);
  std::vector<double> values(300, 0.5);
  const benchmark_result result = benchmark(F, gradient(F, W), at(theta, z = values), once);
  CHECK(result.agrees());
  CHECK(result.find("reverse tape of the library")->remark.empty());
  CHECK(result.find("forward duals, 8 slopes a pass")->remark.find("11250 passes") !=
        std::string::npos);
}
