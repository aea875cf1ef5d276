// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// traced: a number that remembers what it was computed from. Each operation on traced numbers adds
// one step to a trace, its operands and its slopes by them, and one way back over the steps yields
// the derivatives by all inputs, for the cost of a few evaluations, however many they are. The
// numbers that are traced may be traced themselves: so derivatives have slopes, without any rule.
// Read next: traced_plan.hpp.
#pragma once

#include <chainrule/graph/list.hpp>
#include <chainrule/math/slopes.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// Numbers by their places: first the inputs, then the result of each step.
template <class Number>
struct trace_of {
  /// A number that was computed from two others, or from one and a constant, whose place is -1.
  struct step {
    int first, second;
    Number by_first, by_second;
  };

  int inputs = 0;
  chainrule::detail::list<step> steps;

  constexpr int add(const step &next) {
    steps.push(next);
    return inputs + steps.size - 1;
  }
};

/// What is lost below the range is out of range as well: 0 times what comes then is no slope.
constexpr bool is_lost(double result) {
  return is_within(result, std::numeric_limits<double>::min());
}
constexpr double product_in_range(double a, double b) {
  const double result = bounded_product(a, b);
  if (is_lost(result) && a != 0 && b != 0)
    return out_of_range;
  return result;
}
constexpr double quotient_in_range(double a, double b) {
  const double result = bounded_quotient(a, b);
  if (is_lost(result) && a != 0)
    return out_of_range;
  return result;
}
template <carries_slopes T>
constexpr T product_in_range(const T &a, const T &b) {
  return a * b;
}
template <carries_slopes T>
constexpr T quotient_in_range(const T &a, const T &b) {
  return a / b;
}

template <class Number>
struct traced_of {
  Number value{};
  int place = -1; // in the trace; -1: a constant
  trace_of<Number> *home = nullptr;

  constexpr traced_of() = default;
  template <std::convertible_to<Number> Constant>
  constexpr traced_of(const Constant &constant) : value(constant) {}
  /// An input; they come before any step.
  constexpr traced_of(const Number &input, trace_of<Number> &in)
      : value(input), place(in.inputs++), home(&in) {}

  /// f(x) where f has the value and the derivative given at x.
  constexpr traced_of through(const Number &result, const Number &slope) const {
    traced_of out(result);
    if (home != nullptr)
      out.remember(*home, {place, -1, slope, Number(0)});
    return out;
  }

  friend constexpr traced_of operator+(const traced_of &a, const traced_of &b) {
    return through_both(bounded_sum(a.value, b.value), a, 1, b, 1);
  }
  friend constexpr traced_of operator-(const traced_of &a) { return a.through(-a.value, -1); }
  friend constexpr traced_of operator-(const traced_of &a, const traced_of &b) {
    return through_both(bounded_sum(a.value, -b.value), a, 1, b, -1);
  }
  friend constexpr traced_of operator*(const traced_of &a, const traced_of &b) {
    return through_both(product_in_range(a.value, b.value), a, b.value, b, a.value);
  }
  friend constexpr traced_of operator/(const traced_of &a, const traced_of &b) {
    const Number quotient = quotient_in_range(a.value, b.value);
    return through_both(quotient, a, bounded_quotient(Number(1), b.value), b,
                        bounded_quotient(-quotient, b.value));
  }

  friend constexpr bool operator<(const traced_of &a, const traced_of &b) {
    return a.value < b.value;
  }
  friend constexpr bool operator<=(const traced_of &a, const traced_of &b) {
    return a.value <= b.value;
  }
  friend constexpr bool operator>(const traced_of &a, const traced_of &b) { return b < a; }
  friend constexpr bool operator>=(const traced_of &a, const traced_of &b) { return b <= a; }
  friend constexpr bool operator==(const traced_of &a, const traced_of &b) {
    return a.value == b.value;
  }

private:
  constexpr void remember(trace_of<Number> &in, const typename trace_of<Number>::step &how) {
    home = &in;
    place = in.add(how);
  }
  static constexpr traced_of through_both(const Number &result, const traced_of &a,
                                          const Number &by_a, const traced_of &b,
                                          const Number &by_b) {
    traced_of out(result);
    if (a.home != nullptr)
      out.remember(*a.home, {a.place, b.place, by_a, by_b});
    else if (b.home != nullptr)
      out.remember(*b.home, {-1, b.place, Number(0), by_b});
    return out;
  }
};

using trace = trace_of<double>;
using traced = traced_of<double>;

/// Whether a slope is 0 and stays so: one that is computed to be 0 has slopes itself.
constexpr bool is_nothing(double slope) { return slope == 0; }
template <class Number>
constexpr bool is_nothing(const traced_of<Number> &slope) {
  return slope.home == nullptr && is_nothing(slope.value);
}

/// A slope of a function that has this value.
template <class Number>
constexpr const Number &slope_where(const Number &, const Number &slope) {
  return slope;
}

/// The derivatives of a result by the inputs, as numbers of the kind that is traced.
template <class Number>
constexpr chainrule::detail::list<Number> derivatives_of(const traced_of<Number> &result,
                                                         const trace_of<Number> &home) {
  chainrule::detail::list<Number> slopes(home.inputs + home.steps.size, Number(0));
  if (result.place >= 0)
    slopes.items[result.place] = Number(1);
  const auto grow = [&slopes](int place, const Number &by, const Number &more) {
    if (place < 0 || is_nothing(by))
      return;
    Number &slope = slopes.items[place];
    slope = is_nothing(slope) ? by * more : slope + by * more;
  };
  for (int i = home.steps.size - 1; i >= 0; --i) {
    const Number here = slopes.items[home.inputs + i];
    if (is_nothing(here))
      continue;
    const auto &step = home.steps.items[i];
    grow(step.first, step.by_first, here);
    grow(step.second, step.by_second, here);
  }
  slopes.size = home.inputs;
  return slopes;
}

/// A derivative, and the sum of the magnitudes that were added up to it, to which rounding errors
/// are proportional.
struct traced_slope {
  double value = 0;
  double magnitude = 0;

  /// More by a slope times what is more elsewhere. A slope of 0 lets nothing through, not even what
  /// is out of range.
  constexpr void grow(double slope, const traced_slope &more) {
    if (slope == 0)
      return;
    magnitude =
        bounded_sum(magnitude, product_in_range(slope < 0 ? -slope : slope, more.magnitude));
    value = in_range(magnitude) ? value + slope * more.value : out_of_range;
  }
};

/// The derivatives of a result by all numbers up to it, the inputs first.
constexpr chainrule::detail::list<traced_slope> slopes_of(const traced &result, const trace &home) {
  chainrule::detail::list<traced_slope> slopes(home.inputs + home.steps.size, {});
  if (result.place >= 0)
    slopes.items[result.place] = {1, 1};
  for (int i = home.steps.size - 1; i >= 0; --i) {
    const traced_slope &here = slopes.items[home.inputs + i];
    if (here.magnitude == 0)
      continue;
    const trace::step &step = home.steps.items[i];
    if (step.first >= 0)
      slopes.items[step.first].grow(step.by_first, here);
    if (step.second >= 0)
      slopes.items[step.second].grow(step.by_second, here);
  }
  return slopes;
}

/// Whether slopes by the inputs are those of the result: |difference| <= tolerance * magnitude.
constexpr bool agrees(const double *found, const traced &result, const trace &home,
                      double tolerance) {
  const chainrule::detail::list<traced_slope> slopes = slopes_of(result, home);
  for (int i = 0; i < home.inputs; ++i) {
    const traced_slope &expected = slopes.items[i];
    if (!in_range(found[i]) || !in_range(expected.magnitude) ||
        !(abs(bounded_sum(found[i], -expected.value)) <= tolerance * expected.magnitude))
      return false;
  }
  return true;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
