// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// More variables and outputs than the 256 that clang folds over.
#include <chainrule/chainrule.hpp>

#include <tuple>
#include <utility>

using namespace chainrule;

namespace {

constexpr int count = 260;

constexpr char digit(int number) { return static_cast<char>('0' + number % 10); }

template <int Number>
constexpr variable<fixed_string<5>({'x', digit(Number / 100), digit(Number / 10), digit(Number)})>
    x;

template <int First, int Count>
constexpr auto sum_of_squares() {
  if constexpr (Count == 1)
    return square(x<First>);
  else
    return sum_of_squares<First, Count / 2>() +
           sum_of_squares<First + Count / 2, Count - Count / 2>();
}

template <int... I>
constexpr bool are_right(std::integer_sequence<int, I...>) {
  constexpr auto loss = sum_of_squares<0, count>();
  constexpr auto found = compile(loss, gradient(loss, x<I>...))((x<I> = 1.0 * I)...);
  constexpr auto slope = std::get<1>(found);
  return std::get<0>(found) == (count - 1) * count * (2 * count - 1) / 6.0 && slope[x<0>] == 0 &&
         slope[x<255>] == 510 && slope[x<256>] == 512 && slope[x<259>] == 518;
}

template <int... I>
constexpr bool are_apart(std::integer_sequence<int, I...>) {
  constexpr auto found = compile((x<1> + x<0> * literal<I>{})...)(x<0> = 2.0, x<1> = 1.0);
  return std::get<0>(found) == 1 && std::get<256>(found) == 513 && std::get<259>(found) == 519;
}

constexpr auto all = std::make_integer_sequence<int, count>{};
static_assert(are_right(all));
static_assert(are_apart(all));

} // namespace
