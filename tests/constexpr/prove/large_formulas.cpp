// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Proofs about products of many factors, which as polynomials would have 2^50 terms.
#include <chainrule/chainrule.hpp>

#include <utility>

using namespace chainrule;

namespace {

/// "w000", "w001", ...
template <int I>
constexpr fixed_string<5> name({'w', '0' + I / 100, '0' + I / 10 % 10, '0' + I % 10, '\0'});
template <int I>
constexpr variable<name<I>> w;

struct of_sigmoid {
  static constexpr auto value = [](auto z) { return sigmoid(z); };
  static constexpr auto slope = [](auto h) { return h * (1_c - h); };
};
struct of_tanh {
  static constexpr auto value = [](auto z) { return tanh(z); };
  static constexpr auto slope = [](auto h) { return 1_c - square(h); };
};
struct of_sine {
  static constexpr auto value = [](auto z) { return sin(z); };
};

template <class Layer, int Layers>
constexpr auto chain = Layer::value(w<Layers> *chain<Layer, Layers - 1>);
template <class Layer>
constexpr auto chain<Layer, 0> = w<0>;

/// As on paper, from the first layer on.
template <class Layer, int Layers>
constexpr auto slope = slope<Layer, Layers - 1> *(w<Layers> *Layer::slope(chain<Layer, Layers>));
template <class Layer>
constexpr auto slope<Layer, 0> = 1_c;
/// From the last layer on.
template <class Layer, int Layers, int From = 1>
constexpr auto
    reversed = Layer::slope(chain<Layer, From>) * reversed<Layer, Layers, From + 1> *w<From>;
template <class Layer, int Layers>
constexpr auto reversed<Layer, Layers, Layers + 1> = 1_c;

template <class Layer, int Layers>
constexpr auto by_input = partial(chain<Layer, Layers>, w<0>);

static_assert(by_input<of_sigmoid, 50> == slope<of_sigmoid, 50>);
static_assert(by_input<of_sigmoid, 50> == reversed<of_sigmoid, 50>);
static_assert(by_input<of_tanh, 50> == slope<of_tanh, 50>);
static_assert(-by_input<of_sigmoid, 20> == (0_c - 1_c) * slope<of_sigmoid, 20>);
static_assert(partial(chain<of_sine, 1>, w<0>) * w<2> == w<2> * cos(w<0> * w<1>) * w<1>);

// a sign, a factor, a layer that is not the right one
static_assert(!(by_input<of_sigmoid, 20> == -slope<of_sigmoid, 20>));
static_assert(!(by_input<of_sigmoid, 20> * w<3> == slope<of_sigmoid, 20>));
static_assert(!(by_input<of_sigmoid, 20> * w<3> == slope<of_sigmoid, 20> * w<4>));
static_assert(!(by_input<of_sigmoid, 20> == slope<of_sigmoid, 19>));
static_assert(!(by_input<of_sigmoid, 20> == slope<of_sigmoid, 20> * (1_c + w<1>)));
static_assert(!(by_input<of_tanh, 20> == slope<of_tanh, 20> * square(w<1>)));
static_assert(!(w<1> * w<2> * w<3> == w<1> * w<2> * w<2>));
// a factor twice
static_assert(!(w<1> * w<2> * w<2> == w<1> * (w<2> * (1_c - w<3>)+w<2> * w<3>)));
static_assert(w<1> * w<2> * w<2> == w<1> * (square(w<2>) * (1_c - w<3>)+w<2> * w<2> * w<3>));

// What is too large for a proof is not proved, and no error of the compiler's.
static_assert(by_input<of_sigmoid, 100> == slope<of_sigmoid, 100>);
static_assert(!(by_input<of_sigmoid, 100> == slope<of_sigmoid, 100> * w<1>));
static_assert(!(by_input<of_sigmoid, 300> == slope<of_sigmoid, 300>));
constexpr auto power = pow(w<1> + w<2> + w<3> + w<4> + w<5>, 12_c);
constexpr auto sums = compare(power + square(sin(w<0>)) + square(cos(w<0>)),
                              power *exp(w<0>) / exp(w<0> + sin(w<1>)) * exp(sin(w<1>)) + 1_c);
static_assert(sums.is_undecided);
static_assert(
    sums.text() ==
    "not proved (the two sides have 28 parts, and a proof would take more than compilers "
    "allow: compare smaller ones, a derivative link by link as partial(loss, hidden)), and "
    "no difference was found: of 16 points 16 are defined on both sides, which agree "
    "there");

} // namespace
