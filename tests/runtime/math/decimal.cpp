// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Literals of hundreds of digits against the C library's strtof, strtod and strtold: numbers, those
// halfway between two, and what is a little above and below.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

using namespace chainrule;

namespace {

constexpr int most_digits = 800;

/// The text as the literal that it is, filled up with zeros to one number of digits.
template <class Scalar>
Scalar rounded(const std::string &text) {
  char digits[most_digits + 1];
  for (char &digit : digits)
    digit = '0';
  const detail::parsed_decimal parsed = detail::parse_decimal(text);
  REQUIRE(parsed.digits <= most_digits);
  detail::parse_decimal(text, digits);
  const Scalar result = math::rounded_decimal<Scalar, most_digits>(
      digits, parsed.exponent + parsed.digits - most_digits);
  if (parsed.is_exact)
    CHECK(math::rounded<Scalar>(parsed.value) == result);
  return result;
}

int mismatches(const std::string &text) {
  const int wrong = (rounded<float>(text) != std::strtof(text.c_str(), nullptr)) +
                    (rounded<double>(text) != std::strtod(text.c_str(), nullptr)) +
                    (rounded<long double>(text) != std::strtold(text.c_str(), nullptr));
  if (wrong != 0)
    WARN(text);
  return wrong;
}

/// The exact decimal of a number, with so many digits added in the end, and 1 less in the last.
std::string exact(long double x) {
  char text[most_digits + 40];
  std::snprintf(text, sizeof text, "%.*Le", most_digits - 20, x);
  std::string digits(text, std::string(text).find('e'));
  while (digits.back() == '0')
    digits.pop_back();
  return digits + 'X' +
         std::string(text)
             .substr(digits.size())
             .substr(std::string(text).substr(digits.size()).find('e'));
}
std::string with(std::string exact, const char *tail) {
  return exact.replace(exact.find('X'), 1, tail);
}
std::string below(std::string exact) { // the digits are not all 0, and the last is none
  --exact[exact.find('X') - 1];
  return with(exact, "99999999");
}

template <class Real, class Bits>
int mismatches_around(Bits bits) {
  const Real x = std::bit_cast<Real>(bits), next = std::bit_cast<Real>(static_cast<Bits>(bits + 1));
  if (!(next < std::numeric_limits<Real>::infinity()) || x == 0)
    return 0;
  const auto wide = static_cast<long double>(x);
  const std::string number = exact(wide),
                    halfway = exact(wide / 2 + static_cast<long double>(next) / 2);
  int wrong = 0;
  for (const std::string &text : {number, halfway})
    wrong +=
        mismatches(with(text, "")) + mismatches(with(text, "0000000001")) + mismatches(below(text));
  return wrong;
}

} // namespace

TEST_CASE("long literals are correctly rounded") {
  std::mt19937_64 random(16);
  int wrong = 0;
  for (int i = 0; i < 150; ++i) {
    // all exponents, and every fourth number subnormal
    wrong += mismatches_around<float>(static_cast<std::uint32_t>(random()) >> (i % 4 == 0 ? 9 : 1));
    if (std::numeric_limits<long double>::digits > 53)
      wrong += mismatches_around<double>(random() >> (i % 4 == 0 ? 12 : 1));
    std::string text = std::to_string(random() % 10) + '.';
    for (std::uint64_t k = 1 + random() % 300; k > 0; --k)
      text += static_cast<char>('0' + random() % 10);
    wrong += mismatches(text + 'e' + std::to_string(static_cast<int>(random() % 700) - 350));
  }
  CHECK(wrong == 0);
}

TEST_CASE("digits are parsed as the language does") {
  for (const char *text : {"1",
                           "1.",
                           ".5",
                           "0.5",
                           "00.5",
                           "1'000",
                           "1'0.0'1e1'0",
                           "1E+05",
                           "0e9",
                           "1e-0",
                           "0.0",
                           "5e-324",
                           "4e-324",
                           "2.5e-324",
                           "2.4e-324",
                           "1e400",
                           "123456789012345678901234567890",
                           "9223372036854775807",
                           "9223372036854775808",
                           "1e4931",
                           "1e4933",
                           "3.6e-4951",
                           "1e-4966"}) {
    std::string plain;
    for (const char *c = text; *c != '\0'; ++c)
      if (*c != '\'')
        plain += *c;
    CAPTURE(text);
    CHECK(rounded<double>(text) == std::strtod(plain.c_str(), nullptr));
    CHECK(rounded<float>(text) == std::strtof(plain.c_str(), nullptr));
    CHECK(rounded<long double>(text) == std::strtold(plain.c_str(), nullptr));
  }
}
