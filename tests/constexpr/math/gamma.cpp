// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// lgamma and its derivatives in constant evaluation: reference values and special cases. The
// references are the nearest value of the type, computed with mpmath at 500 to 18,000 bits.
// Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/gamma.hpp>

#include "near.hpp"

namespace {

static_assert(near(math::lgamma(0x1p-1), 0x1.250d048e7a1bdp-1));
static_assert(near(math::lgamma(0x1.8p+0), -0x1.eeb95b094c191p-4));
static_assert(near(math::lgamma(0x1.000001ad7f29bp+0), -0x1.efd30c8e518b9p-25));
static_assert(near(math::lgamma(0x1.fff972474538fp+0), -0x1.62a151ce4a3dfp-15));
static_assert(near(math::lgamma(0x1.a666666666666p+1), 0x1.f964fc1bf8d41p-1));
static_assert(near(math::lgamma(0x1.9p+3), 0x1.2bbfe32d3aa7fp+4));
static_assert(near(math::lgamma(0x1.2688b70e62bp-1030), 0x1.64e69394d9508p+9));
static_assert(near(math::lgamma(0x1.7e43c8800759cp+996), 0x1.017f38e7a1ab5p+1006));
static_assert(near(math::lgamma(-0x1p-1), 0x1.43f89a3f0edd6p+0));
static_assert(near(math::lgamma(-0x1.a666666666666p+1), -0x1.a611f6cda29c6p-1));
static_assert(near(math::lgamma(0x1p-1F), 0x1.250d04p-1F));
static_assert(near(math::lgamma(0x1.8p+0F), -0x1.eeb95cp-4F));
static_assert(near(math::lgamma(0x1.000002p+0F), -0x1.2788ccp-24F));
static_assert(near(math::lgamma(0x1.fff972p+0F), -0x1.62b062p-15F));
static_assert(near(math::lgamma(0x1p-1L), 0x1.250d048e7a1bd0bep-1L, 3));
static_assert(near(math::lgamma(0x1.8p+0L), -0x1.eeb95b094c1914d2p-4L, 3));
static_assert(near(math::lgamma(0x1.000001ad7f29abcap+0L), -0x1.efd30c8975118db2p-25L, 3));
static_assert(near(math::digamma(0x1p-1), -0x1.f6a897d3214fcp+0));
static_assert(near(math::digamma(0x1.762d86356be3fp+0), -0x1.aa2d9b3ce29ep-54));
static_assert(near(math::digamma(0x1.762d863520b9bp+0), -0x1.22f0de7df7475p-34));
static_assert(near(math::digamma(0x1p+0), -0x1.2788cfc6fb619p-1));
static_assert(near(math::digamma(0x1.a666666666666p+1), 0x1.08ea206bad281p+0));
static_assert(near(math::digamma(0x1.9p+3), 0x1.3e1ae41f318ecp+1));
static_assert(near(math::digamma(0x1.56e1fc2f8f359p-997), -0x1.7e43c8800759bp+996));
static_assert(near(math::digamma(0x1.7e43c8800759cp+996), 0x1.5963447f87fb5p+9));
static_assert(near(math::digamma(-0x1p-1), 0x1.2aed059bd608ap-5));
static_assert(near(math::digamma(-0x1.a666666666666p+1), 0x1.cf67be009a0fcp+1));
static_assert(near(math::digamma(0x1p-1F), -0x1.f6a898p+0F));
static_assert(near(math::digamma(0x1.762d86p+0F), -0x1.9d8e3cp-27F));
static_assert(near(math::digamma(0x1.762d86p+0F), -0x1.9d8e3cp-27F));
static_assert(near(math::digamma(0x1p+0F), -0x1.2788dp-1F));
static_assert(near(math::digamma(0x1p-1L), -0x1.f6a897d3214fbafcp+0L, 3));
static_assert(near(math::digamma(0x1.762d86356be3f3e8p+0L), -0x1.70852a563b068378p-55L, 3));
static_assert(near(math::digamma(0x1.762d863520b9ad0cp+0L), -0x1.22f0e9ec34f0f982p-34L, 3));
static_assert(near(math::trigamma(0x1p-1), 0x1.3bd3cc9be45dep+2));
static_assert(near(math::trigamma(0x1.8p+0), 0x1.de9e64df22ef3p-1));
static_assert(near(math::trigamma(0x1.a666666666666p+1), 0x1.69fc4ee52bf77p-2));
static_assert(near(math::trigamma(0x1.9p+3), 0x1.5522e33e75f07p-4));
static_assert(near(math::trigamma(0x1.bff2ee48e053p-333), 0x1.4e718d7d7625ap+664));
static_assert(near(math::trigamma(0x1.249ad2594c37dp+332), 0x1.bff2ee48e053p-333));
static_assert(near(math::trigamma(-0x1p-1), 0x1.1de9e64df22efp+3));
static_assert(near(math::trigamma(-0x1.a666666666666p+1), 0x1.da2aec14d7996p+3));
static_assert(near(math::trigamma(0x1p-1F), 0x1.3bd3ccp+2F));
static_assert(near(math::trigamma(0x1.8p+0F), 0x1.de9e64p-1F));
static_assert(near(math::trigamma(0x1.a66666p+1F), 0x1.69fc5p-2F));
static_assert(near(math::trigamma(0x1.9p+3F), 0x1.5522e4p-4F));
static_assert(near(math::trigamma(0x1p-1L), 0x1.3bd3cc9be45de5a4p+2L, 3));
static_assert(near(math::trigamma(0x1.8p+0L), 0x1.de9e64df22ef2d26p-1L, 3));
static_assert(near(math::trigamma(0x1.a666666666666666p+1L), 0x1.69fc4ee52bf7713cp-2L, 3));
static_assert(near(math::tetragamma(0x1p-1), -0x1.0d42c0452055dp+4));
static_assert(near(math::tetragamma(0x1.8p+0), -0x1.a85808a40aba2p-1));
static_assert(near(math::tetragamma(0x1.a666666666666p+1), -0x1.fae285d8dddd4p-4));
static_assert(near(math::tetragamma(0x1.9p+3), -0x1.c652fc6ae4d84p-8));
static_assert(near(math::tetragamma(0x1.11b0ec57e649ap+166), -0x1.bff2ee48e052fp-333));
static_assert(near(math::tetragamma(-0x1.3333333333333p-2), 0x1.0e8e6b4d53f25p+6));
static_assert(near(math::tetragamma(0x1p-1F), -0x1.0d42cp+4F));
static_assert(near(math::tetragamma(0x1.8p+0F), -0x1.a85808p-1F));
static_assert(near(math::tetragamma(0x1.a66666p+1F), -0x1.fae286p-4F));
static_assert(near(math::tetragamma(0x1.9p+3F), -0x1.c652fcp-8F));
static_assert(near(math::tetragamma(0x1p-1L), -0x1.0d42c0452055d114p+4L, 3));
static_assert(near(math::tetragamma(0x1.8p+0L), -0x1.a85808a40aba226p-1L, 3));
static_assert(near(math::tetragamma(0x1.a666666666666666p+1L), -0x1.fae285d8dddd34acp-4L, 3));

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T largest = std::numeric_limits<T>::max();
  constexpr T smallest = std::numeric_limits<T>::denorm_min();

  static_assert(same(math::lgamma(T(1)), T(0)) && same(math::lgamma(T(2)), T(0)));
  static_assert(math::lgamma(T(0)) == inf && math::lgamma(T(-3)) == inf &&
                math::lgamma(-inf) == inf);
  static_assert(math::lgamma(inf) == inf && math::lgamma(largest) == inf &&
                is_nan(math::lgamma(nan<T>)));
  static_assert(math::lgamma(smallest) > 80 && math::lgamma(-smallest) > 80);
  static_assert(math::digamma(T(0)) == -inf && math::digamma(T(-0.0)) == inf);
  static_assert(math::digamma(inf) == inf && is_nan(math::digamma(T(-2))));
  static_assert(is_nan(math::digamma(-inf)) && is_nan(math::digamma(nan<T>)));
  static_assert(math::digamma(smallest) == -inf && math::digamma(largest) > 80);
  static_assert(math::trigamma(T(0)) == inf && math::trigamma(T(-1)) == inf);
  static_assert(math::trigamma(inf) == 0 && is_nan(math::trigamma(nan<T>)));
  static_assert(math::trigamma(smallest) == inf && math::trigamma(-smallest) == inf);
  static_assert(math::tetragamma(T(0)) == -inf && math::tetragamma(T(-0.0)) == inf);
  static_assert(is_nan(math::tetragamma(T(-1))) && math::tetragamma(largest) == 0);
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());

} // namespace
