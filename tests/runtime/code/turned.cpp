// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A vector that is transposed is read where it lies, as long as the transpose is read.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>

using namespace chainrule;

TEST_CASE("what is read turned keeps its place until then") {
  constexpr variable<"v", 8> v;
  constexpr variable<"r", 1, 8> r;
  constexpr variable<"M", 8, 8> M;
  // Between the two readers the workspace is used by other vectors.
  constexpr auto turned = transpose(sin(v));
  constexpr auto early = sum(elementwise_product(turned, r));
  constexpr auto late = sum(cos(M * exp(M * (early * v) + v)));
  constexpr auto f = sum(elementwise_product(turned, exp(r * late)));

  double column[8], row[8], matrix[8][8];
  for (int i = 0; i < 8; ++i) {
    column[i] = 0.1 * i - 0.3;
    row[i] = 0.2 * i - 0.5;
    for (int j = 0; j < 8; ++j)
      matrix[i][j] = 0.05 * ((i * 56 + j * 7) % 13) - 0.3;
  }
  double first = 0, second = 0, expected = 0, inner[8];
  for (int i = 0; i < 8; ++i)
    first += std::sin(column[i]) * row[i];
  for (int i = 0; i < 8; ++i) {
    inner[i] = column[i];
    for (int j = 0; j < 8; ++j)
      inner[i] += matrix[i][j] * first * column[j];
  }
  for (int i = 0; i < 8; ++i) {
    double outer = 0;
    for (int j = 0; j < 8; ++j)
      outer += matrix[i][j] * std::exp(inner[j]);
    second += std::cos(outer);
  }
  for (int i = 0; i < 8; ++i)
    expected += std::sin(column[i]) * std::exp(row[i] * second);
  const double found = compile(f)(v = column, r = row, M = matrix);
  CHECK_THAT(found, Catch::Matchers::WithinRel(expected, 1e-12));
}
