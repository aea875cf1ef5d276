// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Proofs about products of many factors, which as polynomials would have 2^50 terms.
#include <chainrule/chainrule.hpp>

#include <utility>

using namespace chainrule;

namespace {

/// "w00", "w01", ...
template <int I>
constexpr fixed_string<4> name({'w', '0' + I / 10, '0' + I % 10, '\0'});
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

} // namespace
