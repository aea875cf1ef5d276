// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Rows and columns in other orders, and columns of a table by labels: values by indices, slopes by
// differences in 50 digits and by the check, what is proved and how it is printed.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "differences.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"X", 3, 5> X;
constexpr variable<"Y", 5, 5> Y;
constexpr variable<"v", 6> v;
constexpr variable<"r", 1, 6> r;
constexpr variable<"c", 3> c;
constexpr variable<"h", 3> h;
constexpr variable<"x", 3> x;

template <std::size_t Size, class T = double>
constexpr std::array<T, Size> numbers() {
  std::array<T, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = T(double(i * i % 17) / 8 - 0.75);
  return result;
}
constexpr auto in_X = numbers<15>();
constexpr auto in_v = numbers<6>();

/// Whether element (i, j) of f is that of `in` (so many columns) in row `row(i)`, column
/// `column(j)`.
template <class T>
constexpr bool takes(const auto &found, const T *in, int columns, auto row, auto column) {
  for (int i = 0; i < found.rows(); ++i)
    for (int j = 0; j < found.columns(); ++j)
      if (found(i, j) != in[row(i) * columns + column(j)])
        return false;
  return true;
}
constexpr auto same = [](int i) { return i; };

template <int First, int Count, int Step>
constexpr bool rows_are_right() {
  const auto found = compile(rows_of<First, Count, Step>(X))(X = in_X);
  return found.rows() == Count && found.columns() == 5 &&
         takes(
             found, in_X.data(), 5, [](int i) { return First + i * Step; }, same);
}
template <int First, int Count, int Step>
constexpr bool columns_are_right() {
  const auto found = compile(columns_of<First, Count, Step>(X))(X = in_X);
  return found.rows() == 3 && found.columns() == Count &&
         takes(found, in_X.data(), 5, same, [](int j) { return First + j * Step; });
}

} // namespace

TEST_CASE("every second row, columns from the last to the first") {
  static_assert(rows_are_right<0, 2, 2>());
  CHECK((rows_are_right<2, 2, -2>() && rows_are_right<2, 3, -1>() && rows_are_right<1, 1, 7>()));
  CHECK((rows_are_right<1, 2, 1>() && rows_are_right<0, 3, 1>()));
  static_assert(columns_are_right<1, 2, 3>());
  CHECK((columns_are_right<0, 3, 2>() && columns_are_right<4, 3, -2>()));
  CHECK((columns_are_right<3, 4, -1>() && columns_are_right<4, 2, -4>()));
  CHECK((columns_are_right<0, 2, 4>() && columns_are_right<2, 1, -5>()));
  const auto [down, along, up] = compile(rows_of<0, 3, 2>(v), columns_of<5, 2, -3>(r),
                                         rows_of<1, 2, 3>(v))(v = in_v, r = in_v);
  for (int i = 0; i < 3; ++i)
    CHECK(down(i, 0) == in_v[std::size_t(2 * i)]);
  for (int i = 0; i < 2; ++i) {
    CHECK(along(0, i) == in_v[std::size_t(5 - 3 * i)]);
    CHECK(up(i, 0) == in_v[std::size_t(1 + 3 * i)]);
  }
}

TEST_CASE("flipped and rolled") {
  const auto [rows, columns] = compile(flip_rows(X), flip_columns(X))(X = in_X);
  CHECK(takes(
      rows, in_X.data(), 5, [](int i) { return 2 - i; }, same));
  CHECK(takes(columns, in_X.data(), 5, same, [](int j) { return 4 - j; }));
  const auto [column, row] = compile(flip_rows(v), flip_columns(r))(v = in_v, r = in_v);
  for (int i = 0; i < 6; ++i)
    CHECK((column(i, 0) == in_v[std::size_t(5 - i)] && row(0, i) == in_v[std::size_t(5 - i)]));
  const auto rolled = [](auto places) {
    constexpr int by = decltype(places)::value;
    const auto [down, right] = compile(roll_rows<by>(X), roll_columns<by>(X))(X = in_X);
    return takes(
               down, in_X.data(), 5, [](int i) { return (i - by + 30) % 3; }, same) &&
           takes(right, in_X.data(), 5, same, [](int j) { return (j - by + 30) % 5; });
  };
  CHECK((rolled(std::integral_constant<int, 0>()) && rolled(std::integral_constant<int, 1>()) &&
         rolled(std::integral_constant<int, -2>()) && rolled(std::integral_constant<int, 7>())));
  const auto in_float = numbers<15, float>();
  CHECK(takes(compile(flip_columns(X))(X = in_float), in_float.data(), 5, same,
              [](int j) { return 4 - j; }));
}

TEST_CASE("a column along its rows of one element, as it is written") {
  const double values[3]{1, 2, 4};
  for (const auto &result : {compile(no_rewrite(flip_columns(c)))(c = values),
                             compile(no_rewrite(roll_columns<1>(c)))(c = values),
                             compile(no_rewrite(columns_of<0, 1, -1>(c)))(c = values)})
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(result.values[i] == values[i]);
}

TEST_CASE("slopes of what is rearranged") {
  const auto check = [](auto f) {
    const auto step = compile(f, gradient(f, X));
    const auto [value, slope] = step(X = in_X);
    CHECK(differences::worst_error(slope.values, in_X, [&](const auto &at) {
            return std::get<0>(step(X = at));
          }) < 1e-14);
    CHECK(gradient_is_right(f, at(X = in_X)));
    CHECK(gradient_is_right(squared_norm(partial(f, X)), at(X = in_X)));
  };
  check(sum(sin(flip_columns(X)) * transpose(exp(flip_rows(X)))));
  check(sum(sin(columns_of<4, 3, -2>(exp(X))) * transpose(columns_of<0, 3, 2>(X))));
  check(dot(sin(rows_of<0, 2, 2>(X)), rows_of<2, 2, -2>(square(X))));
  check(sum(exp(elementwise_product(roll_columns<2>(X), roll_rows<1>(X)))));
  // of the third order
  constexpr auto f = sum(exp(elementwise_product(flip_columns(X), X)));
  constexpr auto second = squared_norm(partial(squared_norm(partial(f, X)), X));
  CHECK(gradient_is_right(second / 1e6_c, at(X = in_X)));
}

TEST_CASE("rearranged in the steps of a recurrence") {
  constexpr auto cell = tanh(flip_rows(h) + elementwise_product(c, roll_rows<1>(x)));
  constexpr auto path = scan(cell, h = 0_c, x = X);
  constexpr auto f = squared_norm(flip_columns(path) + 0.5_c * path);
  const auto step = compile(f, gradient(f, X, c));
  const std::array in_c{0.5, -1.5, 0.75};
  const auto [value, slope] = step(X = in_X, c = in_c);
  std::array<double, 15> states{};
  for (std::size_t t = 0; t < 5; ++t)
    for (std::size_t i = 0; i < 3; ++i)
      states[5 * i + t] = std::tanh((t == 0 ? 0 : states[5 * (2 - i) + t - 1]) +
                                    in_c[i] * in_X[5 * ((i + 2) % 3) + t]);
  double expected = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t t = 0; t < 5; ++t)
      expected += std::pow(states[5 * i + 4 - t] + 0.5 * states[5 * i + t], 2);
  CHECK(std::abs(value - expected) < 1e-14 * expected);
  CHECK(gradient_is_right(f, at(X = in_X, c = in_c)));
  const double by_c[]{slope[c](0), slope[c](1), slope[c](2)};
  CHECK(differences::worst_error(by_c, in_c, [&](const auto &at) {
          std::array<differences::wide, 15> inputs{};
          for (std::size_t i = 0; i < 15; ++i)
            inputs[i] = in_X[i];
          return std::get<0>(step(X = inputs, c = at));
        }) < 1e-14);
}

TEST_CASE("what is not taken has no influence, whatever it is") {
  constexpr variable<"A", 1, 5> A;
  constexpr variable<"B", 1, 5> B;
  constexpr variable<"label"> label;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto check = [&](auto f, const std::array<double, 5> &taken, double fourth) {
    const auto step = compile(gradient(f + label, A, B), hessian(f, A));
    const auto [slope, curvature] = step(A = std::array{1.0, 0.0, 2.0, -1.0, 4.0},
                                         B = std::array{2.0, 0.0, 0.5, fourth, 1.0}, label = 4.0);
    for (int i = 0; i < 5; ++i) {
      const bool is_taken = taken[std::size_t(i)] != 0;
      CHECK(std::isfinite(slope[A](0, i)));
      CHECK((slope[A](0, i) != 0) == is_taken);
      CHECK((slope[B](0, i) != 0) == is_taken);
      for (int j = 0; j < 5; ++j)
        CHECK((curvature(i, j) != 0) == (i == j && is_taken));
    }
  };
  constexpr auto g = elementwise_product(sqrt(A) + log(A), square(B)) + elementwise_quotient(A, B);
  check(sum(columns_of<0, 3, 2>(g)), {1, 0, 1, 0, 1}, infinity);
  check(sum(columns_of<4, 2, -2>(g)), {0, 0, 1, 0, 1}, infinity);
  check(gather(g, label), {0, 0, 0, 0, 1}, infinity);
  check(sum(conv1d<sliding{.stride = 2}>(1_c, g)), {1, 0, 1, 0, 1}, 0.0); // of finite arguments
}

TEST_CASE("what is proved of it, and how it is printed") {
  static_assert(flip_columns(flip_columns(X)) == X);
  static_assert(flip_rows(flip_columns(X)) == flip_rows(flip_columns(X)));
  static_assert(flip_rows(transpose(X)) == transpose(flip_columns(X)));
  static_assert(flip_columns(X + square(X)) == flip_columns(X) + square(flip_columns(X)));
  static_assert(flip_columns(exp(X + c)) == exp(flip_columns(X) + c));
  static_assert(flip_columns(X * Y) == X * flip_columns(Y));
  static_assert(rows_of<2, 2, -2>(X * Y) == rows_of<2, 2, -2>(X) * Y);
  static_assert(partial(sum(square(flip_columns(X))), X) == 2_c * X);
  static_assert(partial(sum(flip_rows(X)), X) == partial(sum(X), X));
  static_assert(columns_of<1, 1>(columns_of<0, 3, 2>(X)) == columns_of<2, 1>(X));
  static_assert(columns_of<2, 3, -1>(columns_of<0, 3, 2>(X)) == columns_of<4, 3, -2>(X));
  static_assert(columns_of<0, 2, 2>(columns_of<1, 4>(X)) == columns_of<1, 2, 2>(X));
  static_assert(roll_columns<3>(roll_columns<2>(X)) == X);
  static_assert(gather(Y, r) == Y * one_hot<5>(r));
  static_assert(partial(sum(square(gather(Y, r))), Y) ==
                2_c * gather(Y, r) * transpose(one_hot<5>(r)));
  // and what is not: places are no factors
  static_assert(!(flip_columns(X) == X) && !(flip_columns(X) == flip_rows(X)));
  static_assert(!(columns_of<0, 2, 2>(X) == columns_of<1, 2, 2>(X)));
  static_assert(!(columns_of<0, 2, 2>(X) == 2_c * columns_of<0, 2, 2>(X)));
  static_assert(!(rows_of<0, 2, 2>(X) == 2_c * rows_of<0, 2, 2>(X)));
  static_assert(!(flip_columns(X * Y) == flip_columns(X) * Y));
  static_assert(to_string(flip_columns(X)) == "flip_columns(X)");
  static_assert(to_string(columns_of<0, 3, 2>(X)) == "columns_of<0, 3, 2>(X)");
  static_assert(to_string(partial(sum(exp(columns_of<0, 3, 2>(X))), X)) ==
                "place_columns(exp(columns_of<0, 3, 2>(X)), 3, 5, 0, 3, 2)");
  static_assert(to_string(gather(X, r)) == "gather(X, r)");
}

TEST_CASE("columns of a table by labels") {
  constexpr variable<"labels", 1, 7> labels;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::array in_labels{0.0, 4.0, 2.0, -1.0, 4.0, 5.0, nan};
  std::array<double, 15> table = in_X;
  table[1] = nan,
  table[8] = std::numeric_limits<double>::infinity(); // not asked for, and asked for
  const auto found = compile(gather(X, labels))(X = table, labels = in_labels);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 7; ++j) {
      const bool is_there = in_labels[std::size_t(j)] >= 0 && in_labels[std::size_t(j)] < 5;
      CHECK(found(i, j) ==
            (is_there ? table[std::size_t(5 * i + int(in_labels[std::size_t(j)]))] : 0));
    }
  // the nearest, and of two none, as one_hot has it
  constexpr variable<"label"> label;
  for (const double at : {-0.5, -0.25, 0.5, 0.49999999999999994, 0.75, 1.5, 2.25, 4.5, 1e300}) {
    const auto [one, other] =
        compile(gather(X, label), X * one_hot<5>(label))(X = in_X, label = at);
    for (int i = 0; i < 3; ++i)
      CHECK(one(i, 0) == other(i, 0));
  }
  static_assert(compile(gather(c, label))(c = std::array{1.0f, 2.0f, 3.0f}, label = 0.0f)(2) == 3);

  // slopes are added up where a label stands twice
  constexpr auto f = sum(sin(elementwise_product(gather(X, labels), gather(X, labels) + 1_c)));
  const std::array whole{0.0, 4.0, 2.0, -1.0, 4.0, 5.0, 1.0};
  const auto step = compile(f, gradient(f, X));
  const auto [value, slope] = step(X = in_X, labels = whole);
  std::array<double, 15> expected{};
  for (std::size_t i = 0; i < 3; ++i)
    for (const std::size_t j : std::array<std::size_t, 5>{0, 4, 2, 4, 1}) {
      const double w = in_X[5 * i + j];
      expected[5 * i + j] += std::cos(w * (w + 1)) * (2 * w + 1);
    }
  for (std::size_t i = 0; i < 15; ++i)
    CHECK(std::abs(slope.values[i] - expected[i]) < 1e-14);
  CHECK(gradient_is_right(f, at(X = in_X, labels = whole)));
  CHECK(gradient_is_right(squared_norm(partial(f, X)), at(X = in_X, labels = whole)));
  CHECK(compile(partial(sum(gather(X, label)), label))(X = in_X, label = 1.0) == 0);
  const auto curvature = compile(hessian(f, X))(X = in_X, labels = whole);
  const double w = in_X[2];
  CHECK(std::abs(curvature(2, 2) - 2 * std::cos(w * (w + 1)) +
                 std::sin(w * (w + 1)) * (2 * w + 1) * (2 * w + 1)) < 1e-14);
  CHECK((curvature(3, 3) == 0 && curvature(2, 4) == 0));

  // each lane its own label
  using pack = math::pack<double>;
  pack mixed(1.0);
  mixed.lanes[1] = 3.0;
  std::array<pack, 15> packs{};
  for (std::size_t i = 0; i < 15; ++i)
    packs[i] = pack(in_X[i]);
  const auto of_lanes = compile(gather(X, label), gradient(sum(square(gather(X, label))), X));
  const auto [lanes, lane_slope] = of_lanes(X = packs, label = mixed);
  for (int i = 0; i < 3; ++i) {
    CHECK(lanes(i, 0).lanes[0] == in_X[std::size_t(5 * i + 1)]);
    CHECK(lanes(i, 0).lanes[1] == in_X[std::size_t(5 * i + 3)]);
    CHECK(lane_slope.values[std::size_t(5 * i + 3)].lanes[1] == 2 * in_X[std::size_t(5 * i + 3)]);
    CHECK(lane_slope.values[std::size_t(5 * i + 3)].lanes[0] == 0);
  }
}

TEST_CASE("words in the steps of a recurrence") {
  constexpr variable<"words", 1, 6> words;
  constexpr variable<"word"> word;
  const std::array sentence{2.0, 0.0, 4.0, 2.0, 1.0, 7.0};
  constexpr auto inside = squared_norm(fold(tanh(c + gather(X, word) + h), h = 0_c, word = words));
  constexpr auto outside = squared_norm(fold(tanh(c + x + h), h = 0_c, x = gather(X, words)));
  const auto point = at(X = in_X, c = std::array{0.25, -0.5, 1.0}, words = sentence);
  CHECK(gradient_is_right(inside, point));
  CHECK(gradient_is_right(squared_norm(partial(inside, X)), point));
  const auto [one, other] = compile(gradient(inside, X, c), gradient(outside, X, c))(
      X = in_X, c = std::array{0.25, -0.5, 1.0}, words = sentence);
  for (std::size_t i = 0; i < 18; ++i)
    CHECK(std::abs(one.values[i] - other.values[i]) < 1e-15);
}
