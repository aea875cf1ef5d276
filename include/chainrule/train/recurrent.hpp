// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrent networks: a cell says what is next of an input and a state, for fold and scan; a layer,
// rnn<"name", Inputs, Units>(), gru, lstm, maps a sequence, a column each step, to the states after
// each, and has its weights. Gates stand below each other in W, U and b in the order of PyTorch.
// Read next: attention.hpp.
#pragma once

#include <chainrule/operation/fold.hpp>
#include <chainrule/operation/hyperbolic.hpp>
#include <chainrule/operation/sigmoid.hpp>
#include <chainrule/train/layers.hpp>

namespace chainrule {

namespace detail {

/// Whether a cell has its gates one above another.
template <int Rows, class All>
constexpr bool have_gates(All) {
  constexpr bool fit = record<All>.shape.rows == Rows;
  static_assert(
      fit || any_mistaken<All> || shapes_fit<shape_named<All>>,
      "gru_cell(W, U, b, b_h, x, h), lstm_cell(W, U, b, x, h, c): where h has n rows, W, U "
      "and b have 3 n in a gru and 4 n in an lstm, those of its gates one above another; "
      "the shape of W x + U h is named in this message");
  return fit && !any_mistaken<All>;
}

} // namespace detail

/// tanh(W x + U h + b) of an input x and a state h (Elman 1990). Shape: W n x m, U n x n, b and h
/// columns of n, x of m; a column of n.
template <expression Weights, expression Recurrent, expression Bias, expression Input,
          expression Hidden>
[[nodiscard]] constexpr auto rnn_cell(Weights W, Recurrent U, Bias b, Input x, Hidden h) {
  return tanh(W * x + U * h + b);
}

/// The state of a gated recurrent unit after an input x (Cho 2014, as cuDNN and PyTorch have it):
///   r = sigmoid(W_r x + U_r h + b_r)    z = sigmoid(W_z x + U_z h + b_z)
///   n = tanh(W_n x + b_n + r (U_n h + b_h))    h' = (1 - z) n + z h
/// W is W_r, W_z, W_n one above another, and so are U and b. Shape: W 3 n x m, U 3 n x n, b a
/// column of 3 n, b_h and h of n, x of m; a column of n.
template <expression Weights, expression Recurrent, expression Bias, expression HiddenBias,
          expression Input, expression Hidden>
[[nodiscard]] constexpr auto gru_cell(Weights W, Recurrent U, Bias b, HiddenBias b_h, Input x,
                                      Hidden h) {
  constexpr int units = detail::record<Hidden>.shape.rows;
  const auto from_input = W * x + b;
  const auto from_state = U * h;
  if constexpr (!detail::have_gates<3 * units>(from_input + from_state)) {
    return detail::mistaken{};
  } else {
    const auto gates =
        sigmoid(rows_of<0, 2 * units>(from_input) + rows_of<0, 2 * units>(from_state));
    const auto r = rows_of<0, units>(gates);
    const auto z = rows_of<units, units>(gates);
    const auto n = tanh(rows_of<2 * units, units>(from_input) +
                        elementwise_product(r, rows_of<2 * units, units>(from_state) + b_h));
    return elementwise_product(1_c - z, n) + elementwise_product(z, h);
  }
}

/// What a long short-term memory keeps: its output and its cell.
template <expression Hidden, expression Cell>
struct lstm_state {
  Hidden hidden;
  Cell cell;
};

/// The state of a long short-term memory after an input x (Hochreiter 1997, Gers 2000), .hidden and
/// .cell:
///   i = sigmoid(...)  f = sigmoid(...)  g = tanh(...)  o = sigmoid(W_o x + U_o h + b_o)
///   c' = f c + i g    h' = o tanh(c')
/// W is W_i, W_f, W_g, W_o one above another, and so are U and b. Used as scan(update(h =
/// next.hidden, c = next.cell), h = 0_c, c = 0_c, x = X)[h]. Shape: W 4 n x m, U 4 n x n, b a
/// column of 4 n, h and c of n, x of m; two columns of n.
template <expression Weights, expression Recurrent, expression Bias, expression Input,
          expression Hidden, expression Cell>
[[nodiscard]] constexpr auto lstm_cell(Weights W, Recurrent U, Bias b, Input x, Hidden h, Cell c) {
  constexpr int units = detail::record<Hidden>.shape.rows;
  const auto all = W * x + U * h + b;
  if constexpr (!detail::have_gates<4 * units>(all)) {
    return lstm_state<detail::mistaken, detail::mistaken>{};
  } else {
    const auto i = sigmoid(rows_of<0, units>(all));
    const auto f = sigmoid(rows_of<units, units>(all));
    const auto g = tanh(rows_of<2 * units, units>(all));
    const auto o = sigmoid(rows_of<3 * units, units>(all));
    const auto cell = elementwise_product(f, c) + elementwise_product(i, g);
    const auto hidden = elementwise_product(o, tanh(cell));
    return lstm_state<std::remove_const_t<decltype(hidden)>, std::remove_const_t<decltype(cell)>>{};
  }
}

namespace detail {

/// The weights of a recurrent layer, and what stands for its state and its input in a step.
template <fixed_string Name, int Inputs, int Units, int Gates>
struct recurrent_weights {
  using model_tag = detail::model_tag;

  template <fixed_string Part, int Rows, int Columns = 1>
  using named = variable<concatenated(Name, Part), Rows, Columns>;

  static constexpr named<".W", Gates * Units, Inputs> W{};
  static constexpr named<".U", Gates * Units, Units> U{};
  static constexpr named<".b", Gates * Units> b{};
  static constexpr named<".h", Units> h{};
  static constexpr named<".x", Inputs> x{};

  using variables = key_list<named<".W", Gates * Units, Inputs>, named<".U", Gates * Units, Units>,
                             named<".b", Gates * Units>>;

  /// The sequence, if it fits.
  template <class Sequence>
  static constexpr auto fitting(Sequence X) {
    constexpr shape of = record<Sequence>.shape;
    static_assert(of.rows == Inputs || any_mistaken<Sequence> || shapes_fit<shape_named<Sequence>>,
                  "rnn<name, Inputs, Units>()(X), gru, lstm: a column of X is the input of a step, "
                  "so that X has as many rows as there are inputs; its shape is named in this "
                  "message");
    if constexpr (of.rows == Inputs)
      return X;
    else
      return mistaken{};
  }
};

} // namespace detail

template <fixed_string Name, int Inputs, int Units>
struct rnn_layer : detail::recurrent_weights<Name, Inputs, Units, 1> {
  using weights = detail::recurrent_weights<Name, Inputs, Units, 1>;
  using weights::b, weights::h, weights::U, weights::W, weights::x;

  CHAINRULE_CALLED_WITH(1, 2)
  template <expression Sequence, expression Start = literal<0>>
  constexpr auto operator()(Sequence X, Start h0 = {}) const {
    return scan(rnn_cell(W, U, b, x, h), h = h0, x = weights::fitting(X));
  }
};

template <fixed_string Name, int Inputs, int Units>
struct gru_layer : detail::recurrent_weights<Name, Inputs, Units, 3> {
  using weights = detail::recurrent_weights<Name, Inputs, Units, 3>;
  using weights::b, weights::h, weights::U, weights::W, weights::x;
  static constexpr typename weights::template named<".b_h", Units> b_h{};

  CHAINRULE_CALLED_WITH(1, 2)
  template <expression Sequence, expression Start = literal<0>>
  constexpr auto operator()(Sequence X, Start h0 = {}) const {
    return scan(gru_cell(W, U, b, b_h, x, h), h = h0, x = weights::fitting(X));
  }
  using variables = decltype(typename weights::variables{} +
                             detail::key_list<std::remove_const_t<decltype(b_h)>>{});
};

template <fixed_string Name, int Inputs, int Units>
struct lstm_layer : detail::recurrent_weights<Name, Inputs, Units, 4> {
  using weights = detail::recurrent_weights<Name, Inputs, Units, 4>;
  using weights::b, weights::h, weights::U, weights::W, weights::x;
  static constexpr typename weights::template named<".c", Units> c{};

  CHAINRULE_CALLED_WITH(1, 3)
  template <expression Sequence, expression Hidden = literal<0>, expression Cell = literal<0>>
  constexpr auto operator()(Sequence X, Hidden h0 = {}, Cell c0 = {}) const {
    return states(X, h0, c0).hidden;
  }
  /// Both: what it hands on, .hidden, and what it keeps, .cell, from which the next piece of a long
  /// sequence begins.
  template <expression Sequence, expression Hidden = literal<0>, expression Cell = literal<0>>
  constexpr auto states(Sequence X, Hidden h0 = {}, Cell c0 = {}) const {
    constexpr auto next = lstm_cell(W, U, b, x, h, c);
    const auto all =
        scan(update(h = next.hidden, c = next.cell), h = h0, c = c0, x = weights::fitting(X));
    const auto hidden = all[h];
    const auto cell = all[c];
    return lstm_state<std::remove_const_t<decltype(hidden)>, std::remove_const_t<decltype(cell)>>{};
  }
};

/// A layer of `Units` cells with the weights name.W, name.U and name.b of rnn_cell. It begins with
/// the state 0, or with h0 where that is given, layer(X, h0). Shape: a sequence Inputs x T becomes
/// its states, Units x T; h0 a column of Units, or a number for all.
template <fixed_string Name, int Inputs, int Units>
constexpr auto rnn() {
  return rnn_layer<Name, Inputs, Units>{};
}
/// A layer like rnn, with the weights of gru_cell, name.b_h among them. Shape: Inputs x T becomes
/// Units x T.
template <fixed_string Name, int Inputs, int Units>
constexpr auto gru() {
  return gru_layer<Name, Inputs, Units>{};
}
/// A layer like rnn, with the weights of lstm_cell, and layer(X, h0, c0) with both states to begin
/// with; layer.states(X, h0, c0) has .hidden, which is what the layer hands on, and .cell. Shape:
/// Inputs x T becomes Units x T.
template <fixed_string Name, int Inputs, int Units>
constexpr auto lstm() {
  return lstm_layer<Name, Inputs, Units>{};
}

// Of others.

CHAINRULE_LAYER(rnn, detail::bare)
CHAINRULE_LAYER(gru, detail::bare)
CHAINRULE_LAYER(lstm, detail::bare)
CHAINRULE_EXPRESSIONS_ONLY(rnn_cell, 5, 5)
CHAINRULE_EXPRESSIONS_ONLY(gru_cell, 6, 6)
CHAINRULE_EXPRESSIONS_ONLY(lstm_cell, 6, 6)

} // namespace chainrule
