// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// random_numbers: uniform and normal numbers, the same on every platform; and weights to start from
// made of them, glorot(theta, seed), he(theta, seed), normal(theta, deviation, seed).
// Read next: layers.hpp.
#pragma once

#include <chainrule/train/parameters.hpp>

namespace chainrule {

/// Uniform and normal numbers from a seed: SplitMix64 (Steele 2014) and the polar method (Marsaglia
/// 1964), in basic arithmetic and with the library's own logarithm, so that all digits are the same
/// on every platform.
class random_numbers {
public:
  constexpr explicit random_numbers(std::uint64_t seed) : state(seed) {}

  /// In [0, 1).
  CHAINRULE_INLINE constexpr double uniform() {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }
  /// In [low, high).
  CHAINRULE_INLINE constexpr double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// With mean 0 and standard deviation 1.
  CHAINRULE_INLINE constexpr double normal() {
    for (;;) {
      const double u = uniform(-1, 1), v = uniform(-1, 1);
      const double square = u * u + v * v;
      if (square < 1 && square > 0)
        return u * math::detail::sqrt_constant(-2 * math::detail::log_constant(square) / square);
    }
  }

private:
  std::uint64_t state;
};

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

namespace detail {

/// Whether these are a pack of parameters to be filled and so many numbers.
template <std::size_t Numbers, class... Given>
inline constexpr bool fill = false;
template <std::size_t Numbers, class Scalar, class Variables, class... Given>
inline constexpr bool fill<Numbers, parameter_pack<Scalar, Variables> &, Given...> =
    sizeof...(Given) == Numbers &&all_of({true, std::is_arithmetic_v<unqualified<Given>>...});

/// Whether it is a pack or a layer.
template <class T>
inline constexpr bool is_of_parameters = is_model<T>;
template <class Scalar, class Variables>
inline constexpr bool is_of_parameters<parameter_pack<Scalar, Variables>> = true;

template <class First, class...>
constexpr void refuse_to_fill() {
  static_assert(sizeof(First) == 0,
                "glorot(theta, seed), he(theta, seed), normal(theta, deviation, seed): theta is a "
                "pack of parameters, auto theta = parameters<double>(model), and the seed, which "
                "tells one start from another, a whole number");
}

} // namespace detail

#define CHAINRULE_REFUSED_FILL(name, numbers)                                                      \
  template <class... Given>                                                                        \
    requires(detail::any_of({detail::is_of_parameters<detail::unqualified<Given>>...}) &&          \
             !detail::fill<numbers, Given...>)                                                     \
  constexpr void name(Given &&...) { detail::refuse_to_fill<Given...>(); }
CHAINRULE_REFUSED_FILL(glorot, 1)
CHAINRULE_REFUSED_FILL(he, 1)
CHAINRULE_REFUSED_FILL(normal, 2)
#undef CHAINRULE_REFUSED_FILL

} // namespace chainrule
