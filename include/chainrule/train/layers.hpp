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
#include <chainrule/operation/rectifier.hpp>
#include <chainrule/train/initialization.hpp>

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

/// The name of a layer, in messages.
template <fixed_string Name>
struct name_of_layer {
  static constexpr std::string_view value = Name.view();
};

// False, but only once they are known: the compiler prints them with the message.
template <class Layer, class Inputs, class... Found>
inline constexpr bool layer_takes = false;

/// Whether a layer takes this input; where not, it is said.
template <class Layer, class Input>
constexpr bool takes_input() {
  if constexpr (any_mistaken<Input>) {
    return false;
  } else if constexpr (requires { Layer::inputs; }) {
    constexpr bool fits = record<Input>.shape.rows == Layer::inputs;
    static_assert(
        fits ||
            layer_takes<printed<typename Layer::name>, elements<Layer::inputs>, shape_named<Input>>,
        "dense<name, Inputs, Outputs>(...)(x): x has not as many rows as the layer has "
        "inputs; the layer, its inputs and the shape of x are named in this message");
    return fits;
  } else {
    return true;
  }
}

/// Whether a layer takes what the one before it yields; where not, it is said.
template <class Before, class Layer>
constexpr bool follows() {
  if constexpr (requires { Layer::inputs, Before::outputs; }) {
    constexpr bool fits = Before::outputs == Layer::inputs;
    static_assert(fits || layer_takes<printed<typename Layer::name>, elements<Layer::inputs>,
                                      printed<typename Before::name>, elements<Before::outputs>>,
                  "sequential(first, second): a layer has not as many inputs as the one before it "
                  "has outputs; the layer and its inputs are named in this message, and then the "
                  "one before and its outputs");
    return fits;
  } else {
    return true;
  }
}

template <class... Layers>
inline constexpr bool fit_together = true;
template <class First, class Second, class... Rest>
inline constexpr bool fit_together<First, Second, Rest...> =
    follows<First, Second>() && fit_together<Second, Rest...>;

} // namespace detail

/// The identity, for layers without an activation. Shape: unchanged.
inline constexpr auto linear = [](auto x) { return x; };

/// activation(W x + b)
template <fixed_string Name, int Inputs, int Outputs, class Activation>
struct dense_layer {
  using model_tag = detail::model_tag;

  static constexpr variable<detail::concatenated(Name, fixed_string(".W")), Outputs, Inputs> W{};
  static constexpr variable<detail::concatenated(Name, fixed_string(".b")), Outputs> b{};

  using name = detail::name_of_layer<Name>;
  static constexpr int inputs = Inputs, outputs = Outputs;

  Activation activation;

  CHAINRULE_CALLED_WITH(1, 1)
  template <expression Input>
  constexpr auto operator()(Input x) const {
    if constexpr (detail::takes_input<dense_layer, Input>())
      return activation(W * x + b);
    else
      return detail::mistaken{};
  }
  using variables = detail::key_list<decltype(W), decltype(b)>;
};

namespace detail {

/// The activations of the library that need nothing but their operand. celu is elu.
enum class activation {
  sigmoid,
  log_sigmoid,
  tanh,
  relu,
  leaky_relu,
  elu,
  selu,
  gelu,
  gelu_tanh,
  silu,
  mish,
  softplus,
  softsign,
  hard_sigmoid,
  hard_swish,
  hard_tanh,
  softmax,
  log_softmax
};
inline constexpr int activations = 18;

template <activation Which>
struct activation_of {
  constexpr auto operator()(auto x) const {
    if constexpr (Which == activation::sigmoid)
      return chainrule::sigmoid(x);
    else if constexpr (Which == activation::log_sigmoid)
      return chainrule::log_sigmoid(x);
    else if constexpr (Which == activation::tanh)
      return chainrule::tanh(x);
    else if constexpr (Which == activation::relu)
      return chainrule::relu(x);
    else if constexpr (Which == activation::leaky_relu)
      return chainrule::leaky_relu(x);
    else if constexpr (Which == activation::elu)
      return chainrule::elu(x);
    else if constexpr (Which == activation::selu)
      return chainrule::selu(x);
    else if constexpr (Which == activation::gelu)
      return chainrule::gelu(x);
    else if constexpr (Which == activation::gelu_tanh)
      return chainrule::gelu_tanh(x);
    else if constexpr (Which == activation::silu)
      return chainrule::silu(x);
    else if constexpr (Which == activation::mish)
      return chainrule::mish(x);
    else if constexpr (Which == activation::softplus)
      return chainrule::softplus(x);
    else if constexpr (Which == activation::softsign)
      return chainrule::softsign(x);
    else if constexpr (Which == activation::hard_sigmoid)
      return chainrule::hard_sigmoid(x);
    else if constexpr (Which == activation::hard_swish)
      return chainrule::hard_swish(x);
    else if constexpr (Which == activation::hard_tanh)
      return chainrule::hard_tanh(x);
    else if constexpr (Which == activation::softmax)
      return chainrule::softmax(x);
    else if constexpr (Which == activation::log_softmax)
      return chainrule::log_softmax(x);
  }
};

template <activation Which>
struct function_of_variable {
  using type = decltype(activation_of<Which>{}(variable<"x">{})) (*)(const variable<"x"> &);
};

/// The name of a function is many functions, so that as an argument it has no type; but as a
/// pointer to a function with this result it is one, and which, the result tells.
template <class Layer, activation Which>
struct dense_with {
  constexpr auto operator()(typename function_of_variable<Which>::type) const {
    return typename Layer::template of<activation_of<Which>>{};
  }
};

/// Whether it can be a function of expressions, which an expression, a number and a text are not.
template <class Activation>
inline constexpr bool is_activation = std::is_class_v<Activation> && !expression<Activation>;
template <class Result, class... Operands>
inline constexpr bool is_activation<Result (*)(Operands...)> = true;

template <class Layer, class Which = std::make_integer_sequence<int, activations>>
struct dense_with_any;
template <class Layer, int... Which>
struct dense_with_any<Layer, std::integer_sequence<int, Which...>>
    : dense_with<Layer, activation{Which}>... {
  using dense_with<Layer, activation{Which}>::operator()...;

  template <class Activation>
  constexpr auto operator()(Activation given) const {
    if constexpr (is_activation<Activation>)
      return typename Layer::template of<Activation>{given};
    else
      return refused_layer<Activation>();
  }
  template <class... Given>
    requires(sizeof...(Given) != 1)
  constexpr auto operator()(const Given &...) const { return refused_layer<dense_with_any>(); }
};

template <fixed_string Name, int Inputs, int Outputs>
struct dense_layers {
  template <class Activation>
  using of = dense_layer<Name, Inputs, Outputs, Activation>;
};

} // namespace detail

/// dense<Name, Inputs, Outputs>(activation), the layer activation(W x + b) with the weights name.W
/// and name.b. The activation is a function of the library, dense<"hidden", 2, 8>(tanh), or any
/// other from expressions to expressions, as a lambda. Shape: Inputs x n becomes Outputs x n.
template <fixed_string Name, int Inputs, int Outputs>
inline constexpr detail::dense_with_any<detail::dense_layers<Name, Inputs, Outputs>> dense{};

/// Columns of W by labels.
template <fixed_string Name, int Words, int Size>
struct embedding_layer {
  using model_tag = detail::model_tag;

  static constexpr variable<detail::concatenated(Name, fixed_string(".W")), Size, Words> W{};
  using name = detail::name_of_layer<Name>;
  static constexpr int outputs = Size;

  CHAINRULE_CALLED_WITH(1, 1)
  template <expression Labels>
  constexpr auto operator()(Labels labels) const {
    return gather(W, labels);
  }
  using variables = detail::key_list<std::remove_const_t<decltype(W)>>;
};

/// The layer gather(W, labels), a column of weights for each label from 0 to Words - 1, with W =
/// variable<"name.W", Size, Words>. Shape: a row of n labels becomes Size x n.
template <fixed_string Name, int Words, int Size>
constexpr auto embedding() {
  return embedding_layer<Name, Words, Size>{};
}

/// Layers, each on what the one before yields.
template <detail::model... Layers>
struct sequential_model {
  using model_tag = detail::model_tag;

  static constexpr bool fit = detail::fit_together<Layers...>;

  std::tuple<Layers...> layers;

  CHAINRULE_CALLED_WITH(1, 1)
  template <expression Input>
  constexpr auto operator()(Input x) const {
    if constexpr (!fit)
      return detail::mistaken{}; // NOLINT(bugprone-branch-clone)
    else if constexpr (sizeof...(Layers) == 0)
      return x;
    else if constexpr (detail::takes_input<std::tuple_element_t<0, std::tuple<Layers...>>, Input>())
      return through<0>(x);
    else
      return detail::mistaken{};
  }
  using variables = decltype((detail::key_list<>{} + ... + typename Layers::variables{}));

private:
  template <std::size_t Next>
  constexpr auto through(auto x) const {
    if constexpr (Next == sizeof...(Layers))
      return x;
    else
      return through<Next + 1>(std::get<Next>(layers)(x));
  }
};

/// Layers one after another, as one layer. Shape: what the first one takes becomes what the last
/// one yields.
template <detail::model... Layers>
constexpr auto sequential(Layers... layers) {
  static_cast<void>(detail::fit_together<Layers...>); // it is said where they do not
  return sequential_model<Layers...>{{layers...}};
}

namespace detail {

/// The variables of a model, or a variable alone.
template <class Part>
struct variables_in {
  using type = key_list<Part>;
};
template <model Part>
struct variables_in<Part> {
  using type = typename Part::variables;
};
template <class... Parts>
using all_variables = decltype((key_list<>{} + ... + typename variables_in<Parts>::type{}));

} // namespace detail

/// All derivatives of a function by the variables of models, and by others beside them.
template <expression Function, class... Parts>
  requires(detail::any_of({detail::model<Parts>...}))
[[nodiscard]] constexpr auto gradient(Function function, const Parts &...) {
  return detail::all_variables<Parts...>::unpack(
      [function](auto... variables) { return gradient(function, variables...); });
}

/// A pack of zeros for the variables of models, and for others beside them.
template <class Scalar, class... Parts>
  requires(!detail::all_of({expression<Parts>...}))
constexpr auto parameters(const Parts &...) {
  constexpr bool all = detail::all_of({expression<Parts> || detail::model<Parts>...});
  static_assert(all, "parameters<double>(0.5): 0.5 is no variable; name the variable, "
                     "parameters<double>(w), and set its value, theta[w] = 0.5");
  if constexpr (all)
    return detail::all_variables<Parts...>::unpack(
        [](auto... variables) { return parameters<Scalar>(variables...); });
  else
    return detail::mistaken{};
}

// Of others.

CHAINRULE_LAYER(embedding, detail::bare)

/// Of what is no layer.
template <class... Given>
  requires(!detail::all_of({true, detail::model<Given>...}))
constexpr auto sequential(const Given &...) {
  if constexpr (detail::any_mistaken<Given...>)
    return detail::mistaken{};
  else
    return detail::refused_layer<double, Given...>();
}

} // namespace chainrule
