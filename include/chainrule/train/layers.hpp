// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// dense<"hidden", Inputs, Outputs>(activation): a function from expressions to expressions,
//   x -> activation(W x + b),  W = variable<"hidden.W", Outputs, Inputs>, b = variable<"hidden.b">.
// embedding<"words", Words, Size>(): columns of a table by labels.
// sequential(first, second, ...): one after another. gradient(loss, model) is the gradient by all
// variables, parameters<double>(model) a pack of their values; zeros, normal, glorot, he fill it.
// Read next: recurrent.hpp.
#pragma once

#include <chainrule/operation/gather.hpp>
#include <chainrule/train/parameters.hpp>

namespace chainrule {

namespace detail {

/// "hidden" and ".W" as one name.
template <std::size_t First, std::size_t Second>
constexpr auto concatenated(const fixed_string<First> &first, const fixed_string<Second> &second) {
  char text[First + Second - 1]{};
  for (std::size_t i = 0; i + 1 < First; ++i)
    text[i] = first.text[i];
  for (std::size_t i = 0; i < Second; ++i)
    text[First - 1 + i] = second.text[i];
  return fixed_string<First + Second - 1>(text);
}

/// One list after another.
template <class... First, class... Second>
constexpr key_list<First..., Second...> operator+(key_list<First...>, key_list<Second...>) {
  return {};
}

/// What a model is known by.
struct model_tag {};

/// A type that maps expressions to expressions and has variables.
template <class T>
concept model = std::same_as<typename std::remove_cvref_t<T>::model_tag, model_tag>;

} // namespace detail

/// The identity, for layers without activation.
inline constexpr auto linear = [](auto x) { return x; };

/// activation(W x + b)
template <fixed_string Name, int Inputs, int Outputs, class Activation>
struct dense_layer {
  using model_tag = detail::model_tag;

  static constexpr variable<detail::concatenated(Name, fixed_string(".W")), Outputs, Inputs> W{};
  static constexpr variable<detail::concatenated(Name, fixed_string(".b")), Outputs> b{};

  Activation activation;

  template <expression Input>
  constexpr auto operator()(Input x) const {
    return activation(W * x + b);
  }
  using variables = detail::key_list<decltype(W), decltype(b)>;
};

/// A layer of `Outputs` units, each of which sees all `Inputs`.
template <fixed_string Name, int Inputs, int Outputs, class Activation>
constexpr auto dense(Activation activation) {
  return dense_layer<Name, Inputs, Outputs, Activation>{activation};
}

/// Columns of W by labels.
template <fixed_string Name, int Words, int Size>
struct embedding_layer {
  using model_tag = detail::model_tag;

  static constexpr variable<detail::concatenated(Name, fixed_string(".W")), Size, Words> W{};

  template <expression Labels>
  constexpr auto operator()(Labels labels) const {
    return gather(W, labels);
  }
  using variables = detail::key_list<std::remove_const_t<decltype(W)>>;
};

/// A column of `Size` numbers for each label, a number of a row from 0 to Words - 1:
/// gather(W, labels), W = variable<"name.W", Size, Words>.
template <fixed_string Name, int Words, int Size>
constexpr auto embedding() {
  return embedding_layer<Name, Words, Size>{};
}

/// Layers, each on what the one before yields.
template <detail::model... Layers>
struct sequential_model {
  using model_tag = detail::model_tag;

  std::tuple<Layers...> layers;

  template <expression Input>
  constexpr auto operator()(Input x) const {
    return std::apply([x](const auto &...layer) { return through(x, layer...); }, layers);
  }
  using variables = decltype((detail::key_list<>{} + ... + typename Layers::variables{}));

private:
  template <expression Input>
  static constexpr auto through(Input x) {
    return x;
  }
  template <expression Input>
  static constexpr auto through(Input x, const auto &first, const auto &...rest) {
    return through(first(x), rest...);
  }
};

/// The layers one after another.
template <detail::model... Layers>
constexpr auto sequential(Layers... layers) {
  return sequential_model<Layers...>{{layers...}};
}

/// All derivatives of a function by the variables of a model.
template <expression Function, detail::model Model>
[[nodiscard]] constexpr auto gradient(Function function, const Model &) {
  return Model::variables::unpack(
      [function](auto... variables) { return gradient(function, variables...); });
}

/// A pack of zeros for the variables of a model.
template <class Scalar, detail::model Model>
constexpr auto parameters(const Model &) {
  return Model::variables::unpack(
      [](auto... variables) { return parameters<Scalar>(variables...); });
}

namespace detail::CHAINRULE_FLAGS {

/// Whether a variable is a weight and no bias: as its layer named it, else by its shape, a column
/// being a bias.
constexpr bool is_weight(const expression_record &variable) {
  if (variable.name.ends_with(".W") || variable.name.ends_with(".b"))
    return variable.name.ends_with(".W");
  return variable.shape.columns > 1 || variable.shape.rows == 1;
}

/// Sets every weight to scale(outputs, inputs) times a normal number, everything else to 0.
template <class Scalar, class Variables>
constexpr void fill_weights(parameter_pack<Scalar, Variables> &pack, std::uint64_t seed,
                            auto scale) {
  random_numbers random(seed);
  Scalar *next = pack.values;
  for (const expression_record *variable : Variables::records) {
    const shape of = variable->shape;
    for (int i = 0; i < of.size(); ++i)
      *next++ = is_weight(*variable)
                    ? static_cast<Scalar>(scale(of.rows, of.columns) * random.normal())
                    : Scalar(0);
  }
}

} // namespace detail::CHAINRULE_FLAGS

/// Weights normal with variance 2 / (inputs + outputs), biases 0 (Glorot and Bengio 2010).
template <class Scalar, class Variables>
CHAINRULE_INLINE constexpr void glorot(parameter_pack<Scalar, Variables> &pack,
                                       std::uint64_t seed) {
  detail::fill_weights(pack, seed, [](int outputs, int inputs) CHAINRULE_INLINE_CALL {
    return math::detail::sqrt_constant(2.0 / (inputs + outputs));
  });
}

/// Weights normal with variance 2 / inputs, biases 0 (He et al. 2015).
template <class Scalar, class Variables>
CHAINRULE_INLINE constexpr void he(parameter_pack<Scalar, Variables> &pack, std::uint64_t seed) {
  detail::fill_weights(pack, seed, [](int, int inputs) CHAINRULE_INLINE_CALL {
    return math::detail::sqrt_constant(2.0 / inputs);
  });
}

/// Weights normal with this standard deviation, biases 0.
template <class Scalar, class Variables>
CHAINRULE_INLINE constexpr void normal(parameter_pack<Scalar, Variables> &pack, double deviation,
                                       std::uint64_t seed) {
  detail::fill_weights(pack, seed,
                       [deviation](int, int) CHAINRULE_INLINE_CALL { return deviation; });
}

} // namespace chainrule
