// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is one and the same: an operation is its type and not its name, which two may share, one of
// them with the library; a variable may be called what an operation or a number is called within.
#include <chainrule/chainrule.hpp>

#include <boost/hana/equal.hpp>

using namespace chainrule;

namespace first {

/// x/2 + x^2
struct s_operation : operation {
  static constexpr std::string_view name = "S";
  template <class T>
  static constexpr T value(const T &x) {
    return T(0.5) * x + x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 0.5_c + 2 * x; }
};

} // namespace first

namespace {

/// x/2 - x^2
struct s_operation : operation {
  static constexpr std::string_view name = "S";
  template <class T>
  static constexpr T value(const T &x) {
    return T(0.5) * x - x * x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return 0.5_c - 2 * x; }
};

constexpr auto s1 = [](const auto &x) { return apply_operation<first::s_operation>(x); };
constexpr auto s2 = [](const auto &x) { return apply_operation<s_operation>(x); };

constexpr variable<"x"> x;
constexpr variable<"y"> y;

// Two operations of one name, alone and in one formula
static_assert(to_string(s1(x) + s2(s1(x))) == "S(x) + S(S(x))");
static_assert(s1(x) == s1(x) && !(s1(x) == s2(x)));
static_assert(!(s1(x) + s2(s1(x)) == s1(x) + s2(s2(x))));
static_assert(compile(s1(x) + s2(s1(x)))(x = 2.0) == 5 + 2.5 - 25);
static_assert(compile(s1(x) + s2(s2(x)))(x = 2.0) == 5 - 1.5 - 9);
static_assert(compile(partial(s1(x) * s2(x), x))(x = 2.0) == 4.5 * -3 + 5 * -3.5);
static_assert(gradient_is_right(s1(x) * s2(y) + sigmoid(s1(s2(x)) + s2(s1(y))), x = 0.9, y = 0.7));
static_assert(boost::hana::equal(s1(x), s1(x)) && !boost::hana::equal(s1(x), s2(x)));

// A derivative by one of them, held beside the other
static_assert(partial(s1(x) * s2(x), s1(x)) == s2(x) && partial(s1(x) * s2(x), s2(x)) == s1(x));
static_assert(partial(partial(s1(x) * s2(x), s1(x)), s2(x)) == 1_c);
static_assert(compile(partial(partial(square(s1(x)) * s2(x), s1(x)), s2(x)))(x = 2.0) == 10);
constexpr auto slope = gradient(square(s1(x)) + 3_c * s2(x), s1(x), s2(x));
static_assert(slope[s1(x)] == 2_c * s1(x) && slope[s2(x)] == 3_c);

// Formulas that are too long to be spelled out
constexpr auto repeated(auto f, auto g, auto h) {
  const auto step = [=](auto a) { return f(g(a) * y) + 2_c * g(f(a) * y); };
  return step(step(step(step(h))));
}
constexpr auto ab = repeated(s1, s2, x);
constexpr auto ba = repeated(s2, s1, x);
constexpr auto aa = repeated(s1, s1, x);
constexpr auto bb = repeated(s2, s2, x);
template <class A, class B>
constexpr bool are_one(A, B) {
  return std::is_same_v<A, B>;
}
static_assert(are_one(ab, repeated(s1, s2, x)) && !are_one(ab, ba) && !are_one(aa, bb));
static_assert(ab == ab && !(ab == ba) && !(aa == bb) && !(aa == ab));
static_assert(gradient_is_right(ab * aa + square(ba) * bb, x = 0.25, y = 0.5));
static_assert(compile(ab + bb)(x = 0.25, y = 0.5) ==
              compile(ab)(x = 0.25, y = 0.5) + compile(bb)(x = 0.25, y = 0.5));

// Local types of one name in one function
template <class Derived>
struct times_operation : operation {
  static constexpr std::string_view name = "times";
  template <class T>
  static constexpr T value(const T &a) {
    return T(Derived::factor()) * a;
  }
  static constexpr symbol derivative(symbol a, symbol) { return 0 * a + Derived::whole(); }
};
constexpr bool are_apart() {
  constexpr auto two = [] {
    struct times : times_operation<times> {
      static constexpr double factor() { return 2; }
      static constexpr int whole() { return 2; }
    };
    return apply_operation<times>(x);
  }();
  constexpr auto three = [] {
    struct times : times_operation<times> {
      static constexpr double factor() { return 3; }
      static constexpr int whole() { return 3; }
    };
    return apply_operation<times>(x);
  }();
  return compile(two + 10_c * three)(x = 1.0) == 32 && !(two == three) &&
         gradient_is_right(two * three, x = 0.5);
}
static_assert(are_apart());

// The name of an operation of the library: no redefinition, and no rule of the library applies
struct sigmoid_operation : operation {
  static constexpr std::string_view name = "sigmoid";
  template <class T>
  static constexpr T value(const T &a) {
    return T(2.0) * a;
  }
  static constexpr symbol derivative(symbol a, symbol) { return 0 * a + 2; }
};
constexpr auto own_sigmoid = [](const auto &a) { return apply_operation<sigmoid_operation>(a); };
static_assert(to_string(own_sigmoid(x) + sigmoid(x)) == "sigmoid(x) + sigmoid(x)");
static_assert(!(own_sigmoid(x) == sigmoid(x)));
static_assert(compile(own_sigmoid(x) + sigmoid(x))(x = 0.0) == 0.5);
static_assert(compile(1_c - own_sigmoid(x))(x = 3.0) == -5 &&
              log(own_sigmoid(x)) == log(own_sigmoid(x)));
static_assert(gradient_is_right(own_sigmoid(x) * sigmoid(x) * sigmoid(own_sigmoid(x)), x = 0.3));

// What is derived from an operation of the library is another one.
struct other_exp_operation : exp_operation {};
constexpr auto other_exp = apply_operation<other_exp_operation>(x);
static_assert(!(other_exp == exp(x)) && compile(other_exp - exp(x))(x = 1.0) == 0);
static_assert(gradient_is_right(other_exp * exp(x), x = 0.5));

// A condition of the user's own is none of the library's.
struct below_operation : condition {
  static constexpr std::string_view name = "below"; // a < 2 b
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a < T(2.0) * b ? T(1.0) : T(0.0);
  }
};
constexpr auto chosen = select(apply_operation<below_operation>(x, y), x, 3_c * x);
static_assert(chosen == select(apply_operation<below_operation>(x, y), x, 2_c * x + x));
static_assert(!(chosen == select(x >= y, x, 3_c * x)) && !(chosen == select(x < y, x, 3_c * x)));
static_assert(!(chosen == select(apply_operation<below_operation>(y, x), x, 3_c * x)));
static_assert(gradient_is_right(chosen, x = 1.0, y = 0.75) &&
              gradient_is_right(chosen, x = 1.0, y = 0.25));

// Variables called what the library has names for, in one graph with that
constexpr variable<"number"> number;
constexpr variable<"variable"> named_variable;
constexpr variable<"sigmoid"> named_sigmoid;
constexpr variable<"sigmoid", 1, 3> row;
constexpr variable<"+"> plus;
constexpr auto all = number * 3_c + named_variable + sigmoid(named_sigmoid + plus);
static_assert(to_string(all) == "number * 3 + variable + sigmoid(sigmoid + +)");
static_assert(compile(all)(number = 1.0, named_variable = 2.0, named_sigmoid = 1.0, plus = -1.0) ==
              5.5);
static_assert(gradient_is_right(all, number = 1.0, named_variable = 2.0, named_sigmoid = 1.0,
                                plus = 0.5));
static_assert(!boost::hana::equal(named_sigmoid, row) && !boost::hana::equal(number, 1_c));

} // namespace

// Names that only one type can have
namespace chainrule {

struct plain {
  struct part {};
};
namespace {
struct unnamed {};
} // namespace
template <class>
struct of_template {};
constexpr auto closure = [] {};
constexpr auto local() {
  struct type {
    struct part {};
  };
  return type{};
}

template <class Type>
constexpr bool is_plain = detail::is_of_the_library(detail::printed_type<Type>());
static_assert(is_plain<exp_operation> && is_plain<plain::part> && is_plain<of_template<plain>>);
static_assert(!is_plain<of_template<first::s_operation>> && !is_plain<of_template<unnamed>> &&
              !is_plain<of_template<decltype(local())>> && !is_plain<of_template<int>>);
static_assert(!is_plain<unnamed> && !is_plain<decltype(closure)> && !is_plain<first::s_operation>);
static_assert(!is_plain<decltype(local())> && !is_plain<decltype(local())::part>);

} // namespace chainrule
