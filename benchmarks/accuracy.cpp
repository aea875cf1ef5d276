// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// accuracy_table [points]: prints docs/accuracy.md, the largest error found of each function of
// math/, by type and route, of each function of networks and its derivative, and of derivatives up
// to the third; on the error stream where it was found.

#include "../tests/accuracy/catalogue.hpp"
#include "../tests/accuracy/derivatives.hpp"
#include "../tests/accuracy/functions.hpp"

#include <cstdio>
#include <cstdlib>

#include <gnu/libc-version.h>

namespace {

template <class T>
std::vector<accuracy::measured> measured_for(int points) {
  std::vector<accuracy::measured> result;
  for (const auto &function : accuracy::catalogue<T>(points)) {
    result.push_back(accuracy::measure(function));
    const auto &[at_run_time, in_constants] = result.back();
    std::fprintf(stderr, "%s (%d bits): %.3f at %s; %.3f at %s\n", function.name.c_str(),
                 std::numeric_limits<T>::digits, at_run_time.ulps, at_run_time.at.c_str(),
                 in_constants.ulps, in_constants.at.c_str());
  }
  return result;
}

template <class T>
std::vector<accuracy::errors> measured_in_networks(int points) {
  std::vector<accuracy::errors> result;
  for (const auto &function : accuracy::functions<T>(points)) {
    result.push_back(accuracy::measure(function));
    const auto &of = result.back();
    std::fprintf(stderr, "%s (%d bits): %.3f at %s; derivative %.3f at %s\n", function.name.c_str(),
                 std::numeric_limits<T>::digits, of.value.ulps, of.value.at.c_str(), of.slope.ulps,
                 of.slope.at.c_str());
  }
  return result;
}

template <class T>
std::vector<std::array<accuracy::worst, 3>> measured_derivatives(int points) {
  std::vector<std::array<accuracy::worst, 3>> result;
  for (const auto &function : accuracy::derivatives<T>(points)) {
    result.push_back(accuracy::measure(function));
    for (const accuracy::worst &of : result.back())
      std::fprintf(stderr, "%s (%d bits), next derivative: %.3f at %s\n", function.name.c_str(),
                   std::numeric_limits<T>::digits, of.ulps, of.at.c_str());
  }
  return result;
}

constexpr const char *head =
    R"(<!-- cmake --preset benchmark && cmake --build build/benchmark --target accuracy_table && build/benchmark/benchmarks/accuracy_table > docs/accuracy.md -->
# Accuracy

The largest error found of each function of `chainrule::math`, in units in the last place of the
exact result, against 50-digit arithmetic (`tests/accuracy/`): grids, random numbers of all
magnitudes, subnormals, and the neighbours of every threshold. "run" is what a program computes on
glibc %s, "constant" the code of constant evaluation. Measured, not proved.

| | float, run | float, constant | double, run | double, constant | long double, run | long double, constant |
|---|---|---|---|---|---|---|
)";

constexpr const char *foot = R"(
- In constant evaluation float is computed in double and double in long double, then rounded once.
- At run time `tanh`, `cbrt` (double), `acosh`, `erfc`, `hypot` of three, `lgamma`, `log1mexp`,
  `logaddexp` and everything that the C library lacks are computed by chainrule, for float in double;
  the rest is the C library's. Its own errors that we found on 60,000 points (glibc 2.36): `cbrt`
  2.96, `tanhf` 1.998, `acoshf` 1.994, `erfcf` 2.19; `lgamma` writes to a global.
- `logaddexp` passes through 0: the error is in units at the larger of |result| and |max(a, b)|.
- For x < 0 `lgamma`, `digamma` and `tetragamma` have a zero between any two poles, near which the
  error is absolute. It is in units at the larger number of the difference by which they are computed,
  log(pi / |x sin(pi x)|) - lgamma(-x), psi(1 - x) - pi cot(pi x) and so on; for `lgamma` at least at 1.
- For x > 0 the zeros of `lgamma` (1 and 2) and of `digamma` (1.4616...) are factored out: the error
  there is relative.
- A search for the worst argument finds larger errors than a grid does: for `sinh`, `cosh`, `asinh`,
  `atanh` and `log10`, which are glibc's, compare Zimmermann, "Accuracy of Mathematical Functions in
  Single, Double, Extended Double and Quadruple Precision" (hal-03141101).
)";

constexpr const char *networks = R"(
## In networks

The largest error found of each function of x in a network and of its derivative by x, as `compile`
makes them at run time: alone, both together, and element by element of a matrix
(`tests/accuracy/functions.hpp`).

| | float, value | float, derivative | double, value | double, derivative |
|---|---|---|---|---|
)";

constexpr const char *exceptions = R"(
- Units are those of the exact result, or of the larger term where terms cancel: in the derivatives of
  `gelu`, `silu`, `mish` and `hard_swish`, which have a zero, and in `hard_sigmoid`, `hard_swish` and
  `logaddexp`. Below 0 `lgamma`, `digamma` and `trigamma` as above.
- Where a formula rounds the argument of an exponential, the unit is multiplied by 1 + the condition
  number: `gelu_tanh` (|2 u|), the derivatives of `logaddexp` (|x - y|) and of `pow` by x
  (|(y - 1) log x|).
- `lbeta` with both arguments below 40 is a difference of `lgamma`, and its derivative one of `digamma` at a rounded
  x + y: in units of the larger. `logdiffexp`, `inverse_softplus` and the functions of columns pass through 0: in units at
  the argument, at least at 1 for `lbeta` and of columns with weights. `weighted_logsumexp` rounds z + log w.
- `logsumexp` and its relatives are those of a column (x, y, z), `log_softmax` its first element.
- A factor that is subnormal has fewer digits, and so has its product: `x phi(x)`, `x sigmoid(x)`.
- 0 stands for some subnormal results: `pow` with a negative whole exponent, the sigmoid and what is
  made of it.
- `pow` with a whole exponent n up to 16 is made of products, up to |n| - 1 roundings.
- The one large number: where x is subnormal and 0 < y < 1, x^(y - 1) overflows before y, which would
  bring the derivative of `pow` by x back into range, is multiplied; it is infinite there.
)";

constexpr const char *higher = R"(
## Derivatives up to the third

The largest error found of the first three derivatives by x, as `compile` makes them together at run time
(`tests/accuracy/derivatives.hpp`), in units in the last place of |f| + |x f'| of the derivative f: a rounding of x makes
half a unit of it. So digits that cancel count in full, but for those at a zero of the derivative that is not at 0.
`tests/runtime/derivative/accuracy.cpp` holds them below 16; `erfcx`, `log_erfc`, `log_normal_cdf`, `mish` and `softmax`
below 48.
Points: random and equally spaced numbers in [-4, 4] and [-40, 40], magnitudes from 2^-40 to 2^20, and neighbours of
thresholds, as far as the function is defined.

| | float, 1st | 2nd | 3rd | double, 1st | 2nd | 3rd |
|---|---|---|---|---|---|---|
)";

constexpr const char *higher_exceptions = R"(
- Where a formula rounds the argument of an exponential or of a logarithm, the unit is multiplied by 1 + the condition
  number: `pow` (|(y - 1) log x|, |x log y|), `logaddexp`, `logdiffexp`, `squared_error` and `huber` (|x - y|),
  `gelu_tanh` (|2 x| + |x|^3 / 10), columns (64: the logits are up to 60 apart).
- `lbeta(x, y)` with both below 40 subtracts digammas: the unit is multiplied by 1 + x / y.
- Functions of columns are those of (x, y, z), the weights (1/2, 2, 5/4), and of `softmax` and `log_softmax` the first
  element. `softmax` near ties, where its second derivative has a zero: `tests/runtime/operation/softmax.cpp`.
- `norm` where another number is above 2^-12 (`float`), 2^-26 (`double`) of x: below, its second derivative, under a
  unit in the last place of 1 / |v|, has no digits left.
- `digamma` is differentiated twice and `trigamma` once: the derivatives of `lgamma` end with the third.
- `stop_gradient` stands for `stop_gradient(x) * x`.
)";

} // namespace

int main(int count, char **arguments) {
  const int points = count > 1 ? std::atoi(arguments[1]) : 8000;
  const auto names = accuracy::catalogue<double>(1);
  const auto single = measured_for<float>(points);
  const auto twice = measured_for<double>(points);
  const auto extended = measured_for<long double>(points);
  std::printf(head, gnu_get_libc_version());
  for (std::size_t i = 0; i < names.size(); ++i)
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", names[i].name.c_str(),
                single[i].at_run_time.ulps, single[i].constant.ulps, twice[i].at_run_time.ulps,
                twice[i].constant.ulps, extended[i].at_run_time.ulps, extended[i].constant.ulps);
  std::printf("%s%s", foot, networks);
  const auto functions = accuracy::functions<double>(1);
  const auto in_float = measured_in_networks<float>(points / 10);
  const auto in_double = measured_in_networks<double>(points / 10);
  for (std::size_t i = 0; i < functions.size(); ++i)
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f |\n", functions[i].name.c_str(),
                in_float[i].value.ulps, in_float[i].slope.ulps, in_double[i].value.ulps,
                in_double[i].slope.ulps);
  std::printf("%s%s", exceptions, higher);
  const auto differentiated = accuracy::derivatives<double>(1);
  const auto of_float = measured_derivatives<float>(points / 4);
  const auto of_double = measured_derivatives<double>(points / 4);
  for (std::size_t i = 0; i < differentiated.size(); ++i) {
    std::printf("| %s |", differentiated[i].name.c_str());
    for (const auto &errors : {of_float[i], of_double[i]})
      for (std::size_t order = 0; order < errors.size(); ++order)
        if (static_cast<int>(order) < differentiated[i].orders)
          std::printf(" %.2f |", errors[order].ulps);
        else
          std::printf(" |");
    std::printf("\n");
  }
  std::printf("%s", higher_exceptions);
}
