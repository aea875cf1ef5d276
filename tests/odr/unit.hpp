// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a program may have twice under one name, once in each of two translation units, and with
// another meaning: included by each with a UNIT and a FACTOR of its own. The units are linked, and
// each must get its own numbers.
#include <chainrule/chainrule.hpp>

#include <cstdio>

using namespace chainrule;

#define LITERAL_OF(number) number##_c
#define LITERAL(number) LITERAL_OF(number)

/// One function for each type of step: what the units share if its types have one name.
template <class Step>
[[gnu::noinline]] auto called(Step step, double at) {
  return step(variable<"x">{} = at);
}

namespace UNIT {

bool is_right(double at);

/// Seen from everywhere, in a namespace of the unit: 10 FACTOR x^2.
struct swish_operation : operation {
  static constexpr std::string_view name = "swish";
  template <class T>
  static constexpr T value(const T &x) {
    return T(10.0 * FACTOR) * x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 20 * FACTOR * x; }
};

} // namespace UNIT

namespace {

/// FACTOR x^2
struct swish_operation : operation {
  static constexpr std::string_view name = "swish";
  template <class T>
  static constexpr T value(const T &x) {
    return T(1.0 * FACTOR) * x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 2 * FACTOR * x; }
};

/// The same for local types, which have no templates.
template <class Derived>
struct scaled_square : operation {
  static constexpr std::string_view name = "swish";
  template <class T>
  static constexpr T value(const T &x) {
    return T(1.0 * Derived::factor()) * x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 2 * Derived::factor() * x; }
};

/// An operation with the type of a function in its own.
template <class Function>
struct pointwise_operation : operation {
  static constexpr std::string_view name = "pointwise";
  template <class T>
  static constexpr T value(const T &x) {
    return Function{}(x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return 2 * FACTOR * x; }
};
constexpr auto scaled = []<class T>(const T &x) { return T(1.0 * FACTOR) * x * x; };

/// The library calls another function so.
struct own_sigmoid_operation : operation {
  static constexpr std::string_view name = "sigmoid";
  template <class T>
  static constexpr T value(const T &x) {
    return T(1.0 * FACTOR) * x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 2 * FACTOR * x; }
};

/// a < FACTOR b
struct below_operation : condition {
  static constexpr std::string_view name = "below";
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a < T(1.0 * FACTOR) * b ? T(1.0) : T(0.0);
  }
};

/// FACTOR times the sum of all elements, by a kernel.
struct total_operation : operation {
  static constexpr std::string_view name = "total";
  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  template <detail::extent Operand, class T>
  static constexpr void run(T *to, const T *from) {
    T result(0.0);
    for (int i = 0; i < Operand.shape.size(); ++i)
      result = result + from[i];
    *to = T(1.0 * FACTOR) * result;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d * FACTOR}; }
};

template <class Operation>
constexpr auto make(auto... operands) {
  return apply_operation<Operation>(operands...);
}

constexpr variable<"x"> x;
constexpr variable<"A", 2, 3> A;

// Two local types of one name.
constexpr auto local_one() {
  struct local : scaled_square<local> {
    static constexpr int factor() { return FACTOR; }
  };
  return make<local>(x);
}
constexpr auto local_two() {
  struct local : scaled_square<local> {
    static constexpr int factor() { return 100 * FACTOR; }
  };
  return make<local>(x);
}

/// Operation(x) in a formula that is too long to be spelled out.
template <class Operation>
constexpr auto long_formula() {
  constexpr auto f = [](auto h) { return make<Operation>(x) + (h - h); };
  return f(f(f(f(f(x)))));
}

bool agree(const char *what, double found, double expected) {
  if (found == expected)
    return true;
  static_cast<void>(std::fprintf(stderr, "%s: %g instead of %g\n", what, found, expected));
  return false;
}

/// Whether both functions called sigmoid stand side by side.
bool is_near_sigmoid(double at) {
  const auto own = make<own_sigmoid_operation>(x);
  const auto [both, one, other] = called(compile(own + sigmoid(x), own, sigmoid(x)), at);
  return agree("one sigmoid", one, FACTOR * at * at) && agree("two", both, one + other) &&
         agree("the library's", double(0 < other && other < 1), 1);
}
/// Whether a function of x is factor x^2.
bool is_square(const char *what, auto function, double factor, double at) {
  const auto [value, slope] = called(compile(function, gradient(function, x)), at);
  return agree(what, value, factor * at * at) && agree(what, slope[x], 2 * factor * at);
}

} // namespace

bool UNIT::is_right(double at) {
  const auto f = make<::swish_operation>(x);
  const auto g = make<UNIT::swish_operation>(x);
  bool right = is_square("unnamed namespace", f, FACTOR, at);
  right &= is_square("named namespace", g, 10 * FACTOR, at);
  right &= is_square("both", f + g, 11 * FACTOR, at);
  right &= is_square("abbreviated", long_formula<::swish_operation>(), FACTOR, at);
  right &= is_square("local", local_one(), FACTOR, at);
  right &= is_square("other local", local_two(), 100 * FACTOR, at);
  right &= is_square("both local", local_one() + local_two(), 101 * FACTOR, at);
  right &= is_square("closure", make<pointwise_operation<decltype(scaled)>>(x), FACTOR, at);
  right &= is_square("of the library's name", make<own_sigmoid_operation>(x), FACTOR, at);
  right &= is_near_sigmoid(at);
  const auto layer = dense<"hidden", 1, 1>([](auto) { return LITERAL(FACTOR) * square(x); });
  right &= is_square("lambda of a layer", layer(x), FACTOR, at);
  const auto choice = select(make<below_operation>(square(x), x), square(x), 2_c * square(x));
  right &= is_square("condition", choice, at < FACTOR ? 1 : 2, at);

  const double a[6]{at, at, at, at, at, at};
  double total = 0, squares[6], by_total[6], by_squares[6];
  compile(make<total_operation>(A), make<::swish_operation>(A),
          gradient(make<total_operation>(A), A), gradient(sum(make<::swish_operation>(A)), A))
      .into(total, squares, by_total, by_squares)(A = a);
  right &= agree("kernel", total, FACTOR * 6 * at) && agree("its slope", by_total[5], FACTOR);
  right &= agree("element", squares[5], FACTOR * at * at);
  right &= agree("its slope", by_squares[5], 2 * FACTOR * at);
  return right;
}
