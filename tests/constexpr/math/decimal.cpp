// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Decimals halfway between two numbers, a little above and below: rounded by fractions of Python.
#include <chainrule/math/decimal.hpp>

using namespace chainrule::math;

namespace {

template <class Scalar, int Size>
constexpr Scalar number_of(const char (&digits)[Size], int exponent) {
  return rounded_decimal<Scalar, Size - 1>(digits, exponent);
}

static_assert(number_of<float>("1237964570522308349609375", -24) == 0x9e75a0p-23f);
static_assert(number_of<float>("12379645705223083496093750000001", -31) == 0x9e75a0p-23f);
static_assert(number_of<float>("12379645705223083496093749999999", -31) == 0x9e759fp-23f);
static_assert(number_of<float>("1483262457302458869889960624277591705322265625", -54) ==
              0xcbdba8p-53f);
static_assert(number_of<float>("14832624573024588698899606242775917053222656250000001", -61) ==
              0xcbdba9p-53f);
static_assert(number_of<float>("14832624573024588698899606242775917053222656249999999", -61) ==
              0xcbdba8p-53f);
static_assert(
    number_of<float>(
        "18152327120515802736410776593920284785181783057649250519042240704467475014005639621927"
        "912230603396892547607421875",
        -150) == 0xc5a94ep-149f);
static_assert(
    number_of<float>(
        "18152327120515802736410776593920284785181783057649250519042240704467475014005639621927"
        "9122306033968925476074218750000001",
        -157) == 0xc5a94ep-149f);
static_assert(
    number_of<float>(
        "18152327120515802736410776593920284785181783057649250519042240704467475014005639621927"
        "9122306033968925476074218749999999",
        -157) == 0xc5a94dp-149f);
static_assert(
    number_of<float>(
        "38535707768932469450402563540472693610207203401604183723319377806969254773861166540882"
        "550179958343505859375",
        -150) == 0x1cp-149f);
static_assert(
    number_of<float>(
        "38535707768932469450402563540472693610207203401604183723319377806969254773861166540882"
        "5501799583435058593750000001",
        -157) == 0x1cp-149f);
static_assert(
    number_of<float>(
        "38535707768932469450402563540472693610207203401604183723319377806969254773861166540882"
        "5501799583435058593749999999",
        -157) == 0x1bp-149f);
static_assert(number_of<double>("160392085642319892624385602175607345998287200927734375", -53) ==
              0x19a9a8ea7b5bf6p-52);
static_assert(number_of<double>("1603920856423198926243856021756073459982872009277343750000001",
                                -60) == 0x19a9a8ea7b5bf6p-52);
static_assert(number_of<double>("1603920856423198926243856021756073459982872009277343749999999",
                                -60) == 0x19a9a8ea7b5bf5p-52);
static_assert(
    number_of<double>("151407017950114929270608691921234413568786436599111766554415225982666015625",
                      -83) == 0x1a02f3795b929ep-82);
static_assert(
    number_of<double>(
        "1514070179501149292706086919212344135687864365991117665544152259826660156250000001",
        -90) == 0x1a02f3795b929fp-82);
static_assert(
    number_of<double>(
        "1514070179501149292706086919212344135687864365991117665544152259826660156249999999",
        -90) == 0x1a02f3795b929ep-82);
constexpr bool is_extended = std::numeric_limits<long double>::digits == 64;
static_assert(
    !is_extended ||
    number_of<long double>("14692323416645960327295110381395915055691148154437541961669921875",
                           -64) == 0xbc0fce2cd6645faap-63L);
static_assert(!is_extended ||
              number_of<long double>(
                  "146923234166459603272951103813959150556911481544375419616699218750000001",
                  -71) == 0xbc0fce2cd6645faap-63L);
static_assert(!is_extended ||
              number_of<long double>(
                  "146923234166459603272951103813959150556911481544375419616699218749999999",
                  -71) == 0xbc0fce2cd6645fa9p-63L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "14442807463266984065488122643592780719101948717908445729563027271069586277008056640625",
        -94) == 0xc6801c7642650644p-93L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "14442807463266984065488122643592780719101948717908445729563027271069586277008056640625"
        "0000001",
        -101) == 0xc6801c7642650645p-93L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "14442807463266984065488122643592780719101948717908445729563027271069586277008056640624"
        "9999999",
        -101) == 0xc6801c7642650644p-93L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "10336732321509277323988763553496638171834021377578208062051243177302539688611204837798"
        "140943050384521484375",
        -124) == 0x988b12133bfd1d34p-123L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "10336732321509277323988763553496638171834021377578208062051243177302539688611204837798"
        "1409430503845214843750000001",
        -131) == 0x988b12133bfd1d34p-123L);
static_assert(
    !is_extended ||
    number_of<long double>(
        "10336732321509277323988763553496638171834021377578208062051243177302539688611204837798"
        "1409430503845214843749999999",
        -131) == 0x988b12133bfd1d33p-123L);
static_assert(!is_extended || number_of<long double>("1888024233981770155727863311767578125",
                                                     -24) == 0xdbcb81c3fee29476p-23L);
static_assert(!is_extended || number_of<long double>("18880242339817701557278633117675781250000001",
                                                     -31) == 0xdbcb81c3fee29477p-23L);
static_assert(!is_extended || number_of<long double>("18880242339817701557278633117675781249999999",
                                                     -31) == 0xdbcb81c3fee29476p-23L);

static_assert(number_of<float>("1", 39) == std::numeric_limits<float>::infinity());
static_assert(number_of<double>("1", 400) == std::numeric_limits<double>::infinity());
static_assert(number_of<double>("17976931348623157", 292) == 0x1.fffffffffffffp1023);
// Halfway between the largest double and 2^1024, and one less.
static_assert(number_of<double>(
                  "17976931348623158079372897140530341507993413271003782693617377898044496829276475"
                  "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
                  "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
                  "936475292719074168444365510704342711559699508093042880177904174497792",
                  0) == std::numeric_limits<double>::infinity());
static_assert(number_of<double>(
                  "17976931348623158079372897140530341507993413271003782693617377898044496829276475"
                  "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
                  "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
                  "936475292719074168444365510704342711559699508093042880177904174497791",
                  0) == 0x1.fffffffffffffp1023);
static_assert(number_of<double>("1", 1'000'000'000) == std::numeric_limits<double>::infinity());
static_assert(number_of<double>("1", -1'000'000'000) == 0);
static_assert(number_of<double>("24703282292062327", -340) == 0);
static_assert(number_of<double>("24703282292062328", -340) == 5e-324);

// A remainder by more than 32 bits, one bit after another.
constexpr bool divides() {
  natural<8> x(0x123456789abcdef0);
  for (int i = 0; i < 4; ++i)
    x.multiply_and_add(0xfedcba98, 0x76543210);
  natural<8> all = x;
  const std::uint64_t by = 0x1fffffffffffffe7, rest = x.divide(by);
  natural<8> back; // x * by + rest, by words
  std::uint64_t carry = 0;
  for (int i = 0; i < 8; ++i) {
    std::uint64_t word = carry & 0xffffffff, next = carry >> 32;
    if (i < 2) {
      word += (rest >> (32 * i)) & 0xffffffff;
      next += word >> 32;
      word &= 0xffffffff;
    }
    for (int k = 0; k < 2; ++k)
      if (i >= k) {
        const std::uint64_t part = std::uint64_t{x.limbs[i - k]} * ((by >> (32 * k)) & 0xffffffff);
        word += part & 0xffffffff;
        next += (part >> 32) + (word >> 32);
        word &= 0xffffffff;
      }
    back.limbs[i] = static_cast<std::uint32_t>(word);
    carry = next;
  }
  for (int i = 0; i < 8; ++i)
    if (back.limbs[i] != all.limbs[i])
      return false;
  return rest < by && carry == 0;
}
static_assert(divides());

} // namespace
