// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// scalar: what a compiled function computes with. A number, or several in one object, its lanes:
// math::pack, and Eigen's arrays of fixed size, which go through packs. An operation that packs do
// not have is computed for one lane after another by its value rule on numbers.
// Read next: tiles.hpp.
#pragma once

#include <concepts>
#include <type_traits>

#include <chainrule/lanes/pack.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// Eigen's arrays of dynamic size: a constant of the formula would have no lanes.
template <class T>
concept has_unknown_size = requires {
  requires(T::SizeAtCompileTime < 0);
};

/// Eigen's arrays of integers: a constant of the formula would be rounded to one.
template <class T>
concept has_integral_lanes = requires {
  requires std::is_integral_v<typename T::Scalar>;
};

} // namespace chainrule::math::CHAINRULE_FLAGS

namespace chainrule {

/// What values of a call must offer. A formula may ask for more: the functions that it consists of,
/// exp, log, ..., in the namespace of the type, and < <= == where it has choices, a sigmoid or a
/// tanh.
template <class T>
concept scalar = std::default_initializable<T> && std::constructible_from<T, double> &&
                 !math::has_unknown_size<T> &&
                 !math::has_integral_lanes<T> && requires(const T &a, const T &b) {
  static_cast<T>(a / b);
  static_cast<T>(a * b);
  static_cast<T>(a + b);
  static_cast<T>(a - b);
  static_cast<T>(-a);
};

} // namespace chainrule

namespace chainrule::math::CHAINRULE_FLAGS {

/// Eigen's arrays of fixed size, known by what they offer. A quotient tells them from matrices.
template <class T>
concept array_of_lanes =
    std::default_initializable<T> && !has_integral_lanes<T> && requires(T & to, const T &a) {
  typename T::Scalar;
  requires(T::SizeAtCompileTime > 1);
  { to.data() } -> std::same_as<typename T::Scalar *>;
  T::Constant(*a.data());
  a / a;
};

/// Types of several numbers that are one scalar.
template <class T>
concept has_lanes = is_pack<T> || array_of_lanes<T>;

namespace detail {

template <class T>
struct lanes_of {
  using type = T;
};
template <has_packs T, int Bytes>
struct lanes_of<pack<T, Bytes>> {
  using type = T;
};
template <array_of_lanes T>
struct lanes_of<T> {
  using type = typename T::Scalar;
};

} // namespace detail

/// The type of one lane.
template <class T>
using lane = typename detail::lanes_of<T>::type;

/// The number in every lane.
template <has_lanes T>
CHAINRULE_INLINE inline T in_every_lane(lane<T> number) {
  if constexpr (is_pack<T>)
    return T(number);
  else
    return T::Constant(number);
}

/// The value of an operation on scalars of one type; of a pack the first Count lanes are needed.
template <class Operation, class T, int Count = 0>
CHAINRULE_INLINE constexpr T value_of(const auto &...operands);

namespace detail {

/// The value of an operation on arrays, a pack of lanes at a time.
template <class Operation, class Array>
CHAINRULE_INLINE inline Array value_of_arrays(const auto &...operands) {
  constexpr int count = static_cast<int>(Array::SizeAtCompileTime);
  using number = lane<Array>;
  Array result;
  number *const to = result.data();
  if constexpr (has_packs<number>) {
    constexpr int size = pack<number>::size, whole = count / size * size;
    for (int i = 0; i < whole; i += size)
      store<size>(to + i,
                  value_of<Operation, pack<number>, size>(load<size>(operands.data() + i)...));
    if constexpr (whole < count)
      store<count - whole>(to + whole, value_of<Operation, pack<number>, count - whole>(
                                           load<count - whole>(operands.data() + whole)...));
  } else {
    for (int i = 0; i < count; ++i)
      to[i] = Operation::value(operands.data()[i]...);
  }
  return result;
}

} // namespace detail

// One function and not one for each kind of scalar: a level of inlining is paid in each
// instruction.
template <class Operation, class T, int Count>
CHAINRULE_INLINE constexpr T value_of(const auto &...operands) {
  if constexpr (array_of_lanes<T>) {
    return detail::value_of_arrays<Operation, T>(operands...);
  } else if constexpr (is_pack<T> &&
                       !(Operation::takes_packs && sizeof(T) >= Operation::narrowest_pack)) {
    using number = typename T::value_type;
    T result(0);
    for (int i = 0; i < (Count > 0 ? Count : T::size); ++i)
      result.lanes[i] = Operation::value(static_cast<number>(operands.lanes[i])...);
    return result;
  } else {
    return Operation::value(operands...);
  }
}

} // namespace chainrule::math::CHAINRULE_FLAGS
