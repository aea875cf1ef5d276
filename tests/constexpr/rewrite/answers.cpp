// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What others ask of an operation, answered by one from outside the library: rewrites and proofs
// know it by its answers alone.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

/// The logistic function at 3 x: positive, with a logarithm, a complement and a mirror image.
struct steep_operation : operation {
  static constexpr std::string_view name = "steep";
  static constexpr positivity is_positive = positivity::always;

  template <class T>
  static constexpr T value(const T &x) {
    return T(1.0) / (T(1.0) + math::exp(T(-3.0) * x));
  }
  static constexpr symbol derivative(symbol x, symbol result) {
    return 3 * result * apply_operation<steep_operation>(-x);
  }
  static constexpr symbol mirrored(symbol x) {
    return x.home->constant(1) - apply_operation<steep_operation>(x);
  }
  static constexpr symbol in_exponentials(symbol x) {
    const symbol e = exp(3 * x);
    return e / (1 + e);
  }
  struct logarithm {
    static constexpr std::string_view formula = "log(steep(x)) = -softplus(-3 x)";
    static constexpr std::string_view domain = "all x";
    static constexpr std::string_view gain = "-inf below x = -248";

    static constexpr symbol apply(symbol x) { return -softplus(-3 * x); }
  };
  struct complement {
    static constexpr std::string_view formula = "1 - steep(x) = steep(-x)";
    static constexpr std::string_view domain = "all x";
    static constexpr std::string_view gain = "0 above x = 12";

    static constexpr symbol apply(symbol x) { return apply_operation<steep_operation>(-x); }
  };
};

/// sqrt(x^2 + y^2), which has no second derivatives at the origin and whose square has.
struct length_operation : operation {
  static constexpr std::string_view name = "length";
  static constexpr int arity = 2;

  template <class T>
  static constexpr T value(const T &x, const T &y) {
    return math::sqrt(x * x + y * y);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol result) {
    const symbol zero = x.home->constant(0), over = select(result <= zero, zero, 1 / result);
    return {d * x * over, d * y * over};
  }
  static constexpr symbol squared(symbol x, symbol y) { return square(x) + square(y); }
};

/// e^(x y) of two operands, which has a logarithm.
struct growth_operation : operation {
  static constexpr std::string_view name = "growth";
  static constexpr int arity = 2;
  static constexpr positivity is_positive = positivity::always;
  static constexpr bool may_be_infinite = true;

  template <class T>
  static constexpr T value(const T &x, const T &y) {
    return math::exp(x * y);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol result) {
    return {d * result * y, d * result * x};
  }
  static constexpr symbol log_of(symbol x, symbol y) { return x * y; }
};

constexpr auto growth(const auto &x, const auto &y) {
  return apply_operation<growth_operation>(x, y);
}

constexpr auto steep(const auto &x) { return apply_operation<steep_operation>(x); }

/// The same without any answer.
struct silent_operation : operation {
  static constexpr std::string_view name = "silent";

  template <class T>
  static constexpr T value(const T &x) {
    return steep_operation::value(x);
  }
  static constexpr symbol derivative(symbol x, symbol result) {
    return 3 * result * apply_operation<silent_operation>(-x);
  }
};

constexpr auto silent(const auto &x) { return apply_operation<silent_operation>(x); }

/// x^3 + x, which is odd.
struct cubic_operation : operation {
  static constexpr std::string_view name = "cubic";
  static constexpr bool is_odd = true;

  template <class T>
  static constexpr T value(const T &x) {
    return x * x * x + x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 3 * square(x) + 1; }
};

constexpr auto cubic(const auto &x) { return apply_operation<cubic_operation>(x); }

constexpr variable<"x"> x;
constexpr variable<"y"> y;

// log asks for the logarithm, explain tells it, and no_rewrite keeps it away.
static_assert(log(steep(x)) == -softplus(-3_c * x));
static_assert(!(log(silent(x)) == -softplus(-3_c * x)));
static_assert(explain(log(steep(x))) ==
              "log(steep(x)) = -softplus(-3 x)\n    for all x; without it: -inf below x = -248\n");
static_assert(compile(log(steep(x)))(x = -400.0) == -1200);
static_assert(explain(no_rewrite(log(steep(x)))) == "no rule applies\n");

// 1 - f and f(-x)
static_assert(1_c - steep(x) == steep(-x));
static_assert(!(1_c - silent(x) == silent(-x)));
static_assert(steep(x - y) == 1_c - steep(y - x));
static_assert(!(silent(x - y) == 1_c - silent(y - x)));

// in exponentials
static_assert(steep(x) == sigmoid(3_c * x));
static_assert(steep(x) == 1_c / (1_c + exp(-3_c * x)));
static_assert(!(silent(x) == sigmoid(3_c * x)));
static_assert(!(steep(x) == sigmoid(2_c * x)));

// positive: f / f is 1 also where f rounds to 0
static_assert(to_string(partial(steep(x) / steep(x) * y, y)) == to_string(partial(y, y)));

static_assert(gradient_is_right(log(steep(x * y)) + steep(x), at(x = 0.5, y = -0.25)));

// odd: an even function of f(|x|) is that of f(x)
static_assert(square(cubic(abs(x))) == square(cubic(x)));
static_assert(compile(partial(partial(square(cubic(abs(x))), x), x))(x = 0.0) == 2);
static_assert(!(square(silent(abs(x))) == square(silent(x))));

// log_of of several operands, and what is made of it
static_assert(compile(log(growth(x, y)))(x = 40.0, y = -100.0) == -4000);
static_assert(compile(log(square(growth(x, y)) * 1_c / growth(y, x)))(x = 40.0, y = 100.0) == 4000);
static_assert(compile(log(growth(x, y) + growth(x, y)))(x = 40.0, y = 100.0) > 4000.69);
static_assert(gradient_is_right(log(growth(x, y) + 2_c), at(x = 0.5, y = -0.25)));

// a root says its square, which has second derivatives where it has none
constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr auto of_length = square(apply_operation<length_operation>(a, b));
static_assert(compile(hessian(of_length, a, b))(a = 0.0, b = 0.0) ==
              matrix<double, 2, 2>{2, 0, 0, 2});

} // namespace
