// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Prints docs/accuracy.md: the largest error found of each function, by type and route.

#include "../tests/accuracy/catalogue.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

template <class T>
std::vector<accuracy::measured> measured_for(int points) {
  std::vector<accuracy::measured> result;
  for (const auto &function : accuracy::catalogue<T>(points)) {
    result.push_back(accuracy::measure(function));
    std::fprintf(stderr, "%-20s %8.3f at %s\n%-20s %8.3f at %s\n", function.name.c_str(),
                 result.back().at_run_time.ulps, result.back().at_run_time.at.c_str(), "",
                 result.back().constant.ulps, result.back().constant.at.c_str());
  }
  return result;
}

} // namespace

int main(int count, char **arguments) {
  const int points = count > 1 ? std::atoi(arguments[1]) : 40000;
  const auto names = accuracy::catalogue<double>(1);
  const auto single = measured_for<float>(points);
  const auto twice = measured_for<double>(points);
  const auto extended = measured_for<long double>(points);
  for (std::size_t i = 0; i < names.size(); ++i)
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", names[i].name.c_str(),
                single[i].at_run_time.ulps, single[i].constant.ulps, twice[i].at_run_time.ulps,
                twice[i].constant.ulps, extended[i].at_run_time.ulps, extended[i].constant.ulps);
}
