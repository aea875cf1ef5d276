// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random formulas with their first and, for one in four, second derivatives, at random points: what
// the library computes, of the formula as it is written and as it is rewritten, against 50 digits.
//   fuzz formulas [number of formulas] [seed] [first number that is printed]

#include "fuzz.hpp"
#include "machine.hpp"
#include "random_numbers.hpp"
#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace fuzz::in_formulas {
namespace {

struct random_source : random_numbers {
  double uniform() { return static_cast<double>(generator() >> 11) * 0x1p-53; }

  double coordinate() {
    static constexpr std::array<double, 14> special{0,  1,   -1,  0.5, 2,    0.25,  1e-9,
                                                    30, -40, 300, 800, -750, -1e-7, 1e-40};
    switch (below(8)) {
    case 0:
      return special[static_cast<std::size_t>(below(14))];
    case 1:
      return 80 * uniform() - 40;
    case 2:
    case 3:
      return uniform();
    default:
      return 6 * uniform() - 3;
    }
  }
};

/// The formula as it is written by the value rules on doubles, forward: value and slopes.
struct forward {
  std::vector<std::array<double, 1 + most_variables>> values;

  /// Whether what does not count at a point may be infinite there.
  static bool is_gate(const detail::operation_record &operation) {
    return operation == *record_of<select_operation>() ||
           operation == *record_of<relu_operation>() || operation == *record_of<max_operation>() ||
           operation == *record_of<min_operation>() || operation == *record_of<clamp_operation>();
  }

  forward(const std::vector<part> &parts, const std::array<double, most_variables> &at) {
    for (const part &each : parts) {
      std::array<double, 1 + most_variables> next{};
      if (each.variable >= 0) {
        next[0] = at[static_cast<std::size_t>(each.variable)];
        next[1 + static_cast<std::size_t>(each.variable)] = 1;
      } else if (each.operation == nullptr) {
        next[0] = math::rounded<double>(each.constant);
      } else {
        std::array<math::dual, 3> operands{};
        for (std::size_t k = 0; k < each.count(); ++k) {
          operands[k].value = values[static_cast<std::size_t>(each.inputs[k])][0];
          operands[k].slope[k] = 1;
        }
        const math::dual result = on_duals(each, operands.data());
        next[0] = result.value;
        for (std::size_t k = 0; k < each.count(); ++k)
          for (std::size_t i = 1; i < next.size(); ++i)
            if (const double in = values[static_cast<std::size_t>(each.inputs[k])][i];
                result.slope[k] != 0 || !is_gate(*each.operation))
              next[i] += result.slope[k] * in;
      }
      values.push_back(next);
    }
  }
};

struct counts {
  long formulas = 0, undefined = 0, compared = 0, second = 0, extreme = 0, wrong = 0;
  std::array<long, 8> by_size{}; // of errors beside their bounds: 0 ... 1/64, 1/32, ..., 1
};

class test {
public:
  counts count;

  test(std::uint64_t seed, long shown) : first_shown(shown) { source.generator.seed(seed); }

  void one_formula() {
    const generator<random_source> formula(source, 6);
    const bool second_order = count.formulas % 4 == 0 && has_second_derivatives(formula.parts);
    std::array<double, most_variables> at{};
    for (double &x : at)
      x = source.coordinate();
    const int result = formula.result();
    const reference expected(formula.parts, at, second_order);
    ++count.formulas;
    if (!expected[result].is_defined) {
      ++count.undefined;
      return;
    }
    const forward as_written(formula.parts, at);
    for (const way how : {way::as_written, way::simplified}) {
      detail::graph home;
      std::array<symbol, most_variables> variables;
      const symbol top = made(home, formula.parts, result, how, variables);
      const auto slopes = derivatives_of(home, top, variables);
      detail::list<int> outputs(1, top.index);
      for (const symbol slope : slopes)
        outputs.push(slope.index);
      if (second_order)
        for (std::size_t i = 0; i < directions; ++i) {
          const auto row = derivatives_of(home, slopes[i], variables);
          for (std::size_t k = i; k < directions; ++k)
            outputs.push(row[k].index);
        }
      const detail::list<int> before = outputs;
      expand(home, outputs);
      if (home.is_in_circle) {
        ++count.wrong;
        std::printf("rules ask for each other: %s\n",
                    text_of(home, home.at(outputs.items[0])).c_str());
      }
      const std::vector<double> values = run(home, outputs, at);
      const jet &right = expected[result];
      const auto &plain = as_written.values[static_cast<std::size_t>(result)];
      for (std::size_t i = 0; i < values.size(); ++i) {
        const bounded want = i == 0   ? bounded{right.value, size_of(right.value), right.error}
                             : i <= 3 ? right.slope[i - 1]
                                      : right.curvature[i - 4];
        const bool fits =
            is_right(values[i], want, right.is_tame, right.value,
                     i <= 3 && how == way::simplified ? &plain : nullptr, i <= 3 ? i : 0);
        if (!fits && ++count.wrong > first_shown && count.wrong <= first_shown + 40)
          report(home, formula.parts, result, before.items[i], static_cast<int>(i), how, at,
                 values[i], want, right.is_tame, i <= 3 ? plain[i] : 0);
        count.second += i > 3;
      }
    }
  }

private:
  /// Not where they are the third derivative of digamma.
  static bool has_second_derivatives(const std::vector<part> &parts) {
    return std::none_of(parts.begin(), parts.end(), [](const part &each) {
      return each.operation != nullptr && *each.operation == *record_of<trigamma_operation>();
    });
  }

  random_source source;
  long first_shown;

  /// Within the bound; and where something overflows or underflows on the way, not worse than the
  /// formula as it is written.
  bool is_right(double got, const bounded &want, bool is_tame, const wide &value,
                const std::array<double, 1 + most_variables> *as_written, std::size_t which) {
    const auto distance = [](double x, const wide &from) {
      return std::isfinite(x) ? size_of(wide(x) - from)
                              : std::numeric_limits<long double>::infinity();
    };
    if (abs(want.value) > wide("1e300"))
      return true;
    const long double error = distance(got, want.value), bound = want.error + 1e-290L;
    if (want.error > size_of(want.value) && want.error > 1e-9L)
      return true; // nothing is known
    if (is_tame) {
      ++count.compared;
      const long double part = error / bound;
      int place = 7;
      for (long double limit = 1; place > 0 && part <= limit / 2; limit /= 2)
        --place;
      ++count.by_size[static_cast<std::size_t>(place)];
      return error <= bound;
    }
    if (as_written == nullptr)
      return true;
    ++count.extreme;
    const long double size = size_of(want.value);
    const long double error_as_written = distance((*as_written)[which], want.value);
    const bool is_good = error_as_written <= 1e-3L * size &&
                         distance((*as_written)[0], value) <= 1e-3L * size_of(value);
    return error <= bound || !is_good || error <= 16 * error_as_written + 1e-3L * size;
  }

  static void report(detail::graph &home, const std::vector<part> &parts, int result, int output,
                     int which, way how, const std::array<double, most_variables> &at, double got,
                     const bounded &want, bool is_tame, double plain) {
    static constexpr std::array<const char *, 10> outputs{"f",   "df/dx", "df/dy", "df/dz", "dxx",
                                                          "dxy", "dxz",   "dyy",   "dyz",   "dzz"};
    detail::graph clean;
    std::array<symbol, most_variables> variables;
    const symbol written = made(clean, parts, result, way::as_written, variables);
    std::printf("%s of f = %s\n  %s: %s\n  at x = %.17g, y = %.17g, z = %.17g\n"
                "  %.17g instead of %s, error %.3Lg, bound %.3Lg, as written %.17g%s\n",
                outputs[static_cast<std::size_t>(which)], text_of(clean, written).c_str(),
                how == way::as_written ? "as it is written" : "simplified",
                text_of(home, home.at(output)).c_str(), at[0], at[1], at[2], got,
                want.value.str(20).c_str(), size_of(wide(got) - want.value), want.error, plain,
                is_tame ? "" : " (extreme)");
  }
};

} // namespace
} // namespace fuzz::in_formulas

int fuzz::search_formulas(int count, char **arguments) {
  const long formulas = count > 1 ? std::atol(arguments[1]) : 120000;
  const auto seed = static_cast<std::uint64_t>(count > 2 ? std::atoll(arguments[2]) : 20260101);
  in_formulas::test test(seed, count > 3 ? std::atol(arguments[3]) : 0);
  for (long i = 0; i < formulas; ++i)
    test.one_formula();
  const in_formulas::counts &c = test.count;
  std::printf(
      "%ld formulas (%ld not defined where they were tried), %ld numbers within their bounds "
      "(%ld second derivatives), %ld with overflow on the way, %ld wrong\nerror / bound:",
      c.formulas, c.undefined, c.compared, c.second, c.extreme, c.wrong);
  for (const long each : c.by_size)
    std::printf(" %ld", each);
  std::printf("\n");
  return c.wrong == 0 ? 0 : 1;
}
