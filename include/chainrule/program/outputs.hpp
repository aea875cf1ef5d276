// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What compile(f, gradient(f, a, B)) computes, as a list: the numbers and matrices of all outputs
// one after another, and where each of them is stored.
// Read next: lower.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <chainrule/derivative/partial.hpp>

namespace chainrule::detail {

/// What an expression or a gradient brings to the outputs.
template <class Network>
struct output_of {
  static constexpr std::size_t size = 1;
  static constexpr std::array<const expression_record *, 1> networks{&record<Network>};
  static constexpr std::size_t elements = size_of<Network>;
};

template <class Function, class Parts>
struct output_of<gradient_of<Function, Parts>> {
  static constexpr std::size_t size = Parts::count;
  static constexpr std::array<const expression_record *, size> networks =
      Parts::unpack([]<class... Part>(Part...) {
        return std::array<const expression_record *, size>{
            &record<apply<partial_operation, Function, Part>>...};
      });
  static constexpr std::size_t elements = Parts::elements;
};

template <class T>
inline constexpr bool is_output = expression<T>;
template <class Function, class Parts>
inline constexpr bool is_output<gradient_of<Function, Parts>> = true;

/// Where a number or matrix is stored: in which output, and its first element there.
struct location {
  std::size_t output;
  std::size_t place;
};

/// The name of a list of outputs.
template <std::uint64_t Fingerprint, class... Foreign>
struct listed;

template <class... Outputs>
struct output_list {
  static constexpr std::size_t count = sizeof...(Outputs);
  static constexpr std::size_t elements = [] {
    std::size_t result = 0;
    for (const std::size_t of_output : {output_of<Outputs>::elements...})
      result += of_output;
    return result;
  }();
  static constexpr std::size_t size = [] { // numbers and matrices
    std::size_t result = 0;
    for (const std::size_t parts : {output_of<Outputs>::size...})
      result += parts;
    return result;
  }();

  static constexpr std::array<const expression_record *, size> networks = [] {
    std::array<const expression_record *, size> result{};
    std::size_t next = 0;
    const auto append = [&](const auto &part) {
      for (const expression_record *network : part)
        result[next++] = network;
    };
    in_order{(append(output_of<Outputs>::networks), 0)...};
    return result;
  }();

  static constexpr std::uint64_t fingerprint = [] {
    std::uint64_t result = fingerprint_of_all(networks);
    for (const std::size_t parts : {(expression<Outputs> ? 0 : output_of<Outputs>::size)...})
      result = mix(result, parts);
    return result;
  }();

  static constexpr std::array<location, size> locations = [] {
    std::array<location, size> result{};
    std::size_t next = 0, which = 0;
    for (const std::size_t parts : {output_of<Outputs>::size...}) {
      std::size_t place = 0;
      for (std::size_t part = 0; part < parts; ++part, ++next) {
        result[next] = {which, place};
        place += static_cast<std::size_t>(networks[next]->shape.size());
      }
      ++which;
    }
    return result;
  }();

  /// The same of every element, row by row.
  static constexpr auto locations_of_elements() {
    std::array<location, elements> result{};
    std::size_t next = 0;
    for (std::size_t part = 0; part < size; ++part)
      for (int k = 0; k < networks[part]->shape.size(); ++k, ++next)
        result[next] = {locations[part].output,
                        locations[part].place + static_cast<std::size_t>(k)};
    return result;
  }
};

} // namespace chainrule::detail
