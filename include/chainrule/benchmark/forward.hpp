// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Two more numbers that a formula is run on. forward<Lanes>: a value and its slopes by so many
// parameters, which one pass carries along in vector registers. foreign<N>: a number of a library
// of tapes, with its operators and its functions; what it lacks it is told as value + slope (x -
// value of x), which has the value and the slope. Read next: node.hpp.
#pragma once

#include <chainrule/benchmark/tape.hpp>

namespace chainrule::tape::CHAINRULE_FLAGS {

/// A value and its slopes by the parameters of one pass: two, four or eight of them.
template <int Lanes>
struct forward {
  using lanes [[gnu::vector_size(sizeof(double) * Lanes)]] = double;

  double value = 0;
  lanes slopes{};

  forward() = default;
  CHAINRULE_INLINE inline forward(double number) : value(number) {}

  CHAINRULE_INLINE inline forward told(double result, double derivative) const {
    return combined(result, &derivative, *this);
  }
  template <std::same_as<forward>... Rest>
  CHAINRULE_INLINE inline static forward combined(double result, const double *derivatives,
                                                  const forward &first, const Rest &...rest) {
    forward out(result);
    out.slopes = derivatives[0] * first.slopes;
    std::size_t next = 1;
    (..., (out.slopes += derivatives[next++] * rest.slopes));
    return out;
  }

  CHAINRULE_INLINE inline friend forward operator+(const forward &a, const forward &b) {
    const double derivatives[]{1, 1};
    return combined(a.value + b.value, derivatives, a, b);
  }
  CHAINRULE_INLINE inline friend forward operator-(const forward &a) {
    return a.told(-a.value, -1);
  }
  CHAINRULE_INLINE inline friend forward operator-(const forward &a, const forward &b) {
    const double derivatives[]{1, -1};
    return combined(a.value - b.value, derivatives, a, b);
  }
  CHAINRULE_INLINE inline friend forward operator*(const forward &a, const forward &b) {
    const double derivatives[]{b.value, a.value};
    return combined(a.value * b.value, derivatives, a, b);
  }
  CHAINRULE_INLINE inline friend forward operator/(const forward &a, const forward &b) {
    const double quotient = a.value / b.value, derivatives[]{1 / b.value, -quotient / b.value};
    return combined(quotient, derivatives, a, b);
  }
  CHAINRULE_INLINE inline friend forward operator+(const forward &a, double b) {
    return a.told(a.value + b, 1);
  }
  CHAINRULE_INLINE inline friend forward operator+(double a, const forward &b) { return b + a; }
  CHAINRULE_INLINE inline friend forward operator-(const forward &a, double b) {
    return a.told(a.value - b, 1);
  }
  CHAINRULE_INLINE inline friend forward operator-(double a, const forward &b) {
    return b.told(a - b.value, -1);
  }
  CHAINRULE_INLINE inline friend forward operator*(const forward &a, double b) {
    return a.told(a.value * b, b);
  }
  CHAINRULE_INLINE inline friend forward operator*(double a, const forward &b) { return b * a; }
  CHAINRULE_INLINE inline friend forward operator/(const forward &a, double b) {
    return a.told(a.value / b, 1 / b);
  }
  CHAINRULE_INLINE inline friend forward operator/(double a, const forward &b) {
    const double quotient = a / b.value;
    return b.told(quotient, -quotient / b.value);
  }
};

template <int Lanes>
CHAINRULE_INLINE inline double value_of(const forward<Lanes> &x) {
  return x.value;
}

/// Library::value(n) is the value of one of its numbers.
template <class Library>
struct foreign {
  using Number = typename Library::number;
  Number number;

  foreign() : number(0.0) {}
  foreign(double constant) : number(constant) {}
  foreign(const foreign &) = default;
  ~foreign() = default;
  /// Sacado's numbers are assigned from what is not const.
  CHAINRULE_INLINE inline foreign &operator=(const foreign &other) {
    number = const_cast<Number &>(other.number);
    return *this;
  }

  /// What the library computed; some of its operators hand back other types.
  template <class Result>
  requires std::constructible_from<Number, Result> CHAINRULE_INLINE inline static foreign
  of_library(Result &&result) {
    return foreign(computed{}, static_cast<Result &&>(result));
  }
  CHAINRULE_INLINE inline foreign told(double result, double derivative) const {
    return of_library(result + derivative * (number - Library::value(number)));
  }

  CHAINRULE_INLINE inline friend foreign operator-(const foreign &a) {
    return of_library(-a.number);
  }
#define CHAINRULE_OPERATOR_OF_LIBRARY(sign)                                                        \
  CHAINRULE_INLINE inline friend foreign operator sign(const foreign &a, const foreign &b) {       \
    return of_library(a.number sign b.number);                                                     \
  }                                                                                                \
  CHAINRULE_INLINE inline friend foreign operator sign(const foreign &a, double b) {               \
    return of_library(a.number sign b);                                                            \
  }                                                                                                \
  CHAINRULE_INLINE inline friend foreign operator sign(double a, const foreign &b) {               \
    return of_library(a sign b.number);                                                            \
  }
  CHAINRULE_OPERATOR_OF_LIBRARY(+)
  CHAINRULE_OPERATOR_OF_LIBRARY(-)
  CHAINRULE_OPERATOR_OF_LIBRARY(*)
  CHAINRULE_OPERATOR_OF_LIBRARY(/)
#undef CHAINRULE_OPERATOR_OF_LIBRARY

private:
  struct computed {};
  template <class Result>
  CHAINRULE_INLINE inline foreign(computed, Result &&result)
      : number(static_cast<Result &&>(result)) {}
};

template <class Library>
CHAINRULE_INLINE inline double value_of(const foreign<Library> &x) {
  return Library::value(x.number);
}

} // namespace chainrule::tape::CHAINRULE_FLAGS
