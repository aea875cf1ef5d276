// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// erf, erfc and the functions of the normal distribution in constant evaluation: reference values
// and special cases. The references are the nearest value of the type, computed with mpmath at 500
// to 18,000 bits. Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/error_function.hpp>

#include "near.hpp"

#include <concepts>

namespace {

static_assert(near(math::erf(0x1p-1), 0x1.0a7ef5c18edd2p-1));
static_assert(near(math::erf(-0x1.47ae147ae147bp-7), -0x1.71bc266657b66p-7));
static_assert(near(math::erf(0x1.2688b70e62bp-1030), 0x1.4c5898977c4p-1030));
static_assert(near(math::erf(0x1.fae147ae147aep-1), 0x1.ad50ee005845bp-1));
static_assert(near(math::erf(0x1.028f5c28f5c29p+0), 0x1.b19125366b828p-1));
static_assert(near(math::erf(0x1.799999999999ap+2), 0x1.fffffffffffffp-1));
static_assert(near(math::erf(-0x1p+1), -0x1.fd9ae142795e3p-1));
static_assert(near(math::erf(0x1p-1F), 0x1.0a7ef6p-1F));
static_assert(near(math::erf(-0x1.47ae14p-7F), -0x1.71bc26p-7F));
static_assert(near(math::erf(0x1.fae148p-1F), 0x1.ad50eep-1F));
static_assert(near(math::erf(0x1p-1L), 0x1.0a7ef5c18edd22bep-1L, 3));
static_assert(near(math::erf(-0x1.47ae147ae147ae14p-7L), -0x1.71bc266657b65788p-7L, 3));
static_assert(near(math::erf(0x1.2688b70e62b0fd46p-1030L), 0x1.4c5898977c3cfa26p-1030L, 3));
static_assert(near(math::erfc(0x1p-1), 0x1.eb02147ce245cp-2));
static_assert(near(math::erfc(-0x1.47ae147ae147bp-7), 0x1.02e3784cccaf7p+0));
static_assert(near(math::erfc(-0x1.8p+1), 0x1.fffe8d6209afdp+0));
static_assert(near(math::erfc(0x1p+0), 0x1.4226162fbddd5p-3));
static_assert(near(math::erfc(0x1.4p+3), 0x1.7d8a7f2a8a2dp-149));
static_assert(near(math::erfc(0x1.a8p+4), 0x1.3df6725a60cf5p-1019));
static_assert(near(math::erfc(0x1.b333333333333p+4), 0x1p-1073));
static_assert(near(math::erfc(0x1p-1F), 0x1.eb0214p-2F));
static_assert(near(math::erfc(-0x1.47ae14p-7F), 0x1.02e378p+0F));
static_assert(near(math::erfc(-0x1.8p+1F), 0x1.fffe8ep+0F));
static_assert(near(math::erfc(0x1p+0F), 0x1.422616p-3F));
static_assert(near(math::erfc(0x1p-1L), 0x1.eb02147ce245ba86p-2L, 3));
static_assert(near(math::erfc(-0x1.47ae147ae147ae14p-7L), 0x1.02e3784cccaf6cbp+0L, 3));
static_assert(near(math::erfc(-0x1.8p+1L), 0x1.fffe8d6209afcbdep+0L, 3));
static_assert(near(math::erfc(0x1.a8p+6L), 0x1.40a28bc595a90cb6p-16218L, 3));
static_assert(near(math::normal_density(0.0), 0x1.9884533d43651p-2));
static_assert(near(math::normal_density(0x1p-1), 0x1.6883d022086acp-2));
static_assert(near(math::normal_density(-0x1.8p+1), 0x1.227213fd77689p-8));
static_assert(near(math::normal_density(0x1.ep+4), 0x1.6080417588184p-651));
static_assert(near(math::normal_density(0x1.34p+5), 0x1.6p-1071));
static_assert(near(math::normal_density(0.0F), 0x1.988454p-2F));
static_assert(near(math::normal_density(0x1p-1F), 0x1.6883dp-2F));
static_assert(near(math::normal_density(-0x1.8p+1F), 0x1.227214p-8F));
static_assert(near(math::normal_density(0.0L), 0x1.9884533d436508dp-2L, 3));
static_assert(near(math::normal_density(0x1p-1L), 0x1.6883d022086ac294p-2L, 3));
static_assert(near(math::normal_density(-0x1.8p+1L), 0x1.227213fd77688984p-8L, 3));
static_assert(near(math::normal_cdf(0.0), 0x1p-1));
static_assert(near(math::normal_cdf(0x1p-1), 0x1.62075e232ac77p-1));
static_assert(near(math::normal_cdf(-0x1.8p+1), 0x1.61de1f985b5d7p-10));
static_assert(near(math::normal_cdf(-0x1.ep+4), 0x1.7795ad05ea397p-656));
static_assert(near(math::normal_cdf(0x1p+3), 0x1.ffffffffffffap-1));
static_assert(near(math::normal_cdf(-0x1.3333333333333p+5), 0x1.ap-1071));
static_assert(near(math::normal_cdf(-0x1.b7cdfd9d7bdbbp-34), 0x1.ffffffff508b1p-2));
static_assert(near(math::normal_cdf(0.0F), 0x1p-1F));
static_assert(near(math::normal_cdf(0x1p-1F), 0x1.62075ep-1F));
static_assert(near(math::normal_cdf(-0x1.8p+1F), 0x1.61de2p-10F));
static_assert(near(math::normal_cdf(0.0L), 0x1p-1L, 3));
static_assert(near(math::normal_cdf(0x1p-1L), 0x1.62075e232ac76de6p-1L, 3));
static_assert(near(math::normal_cdf(-0x1.8p+1L), 0x1.61de1f985b5d6c46p-10L, 3));
static_assert(near(math::log_normal_cdf(0.0), -0x1.62e42fefa39efp-1));
static_assert(near(math::log_normal_cdf(0x1p-1), -0x1.79cd16ce909a5p-2));
static_assert(near(math::log_normal_cdf(-0x1.8p+1), -0x1.a6e4fc8593c02p+2));
static_assert(near(math::log_normal_cdf(-0x1.ep+4), -0x1.c6523d0b3e882p+8));
static_assert(near(math::log_normal_cdf(0x1p+3), -0x1.669d2c90d55dp-51));
static_assert(near(math::log_normal_cdf(-0x1.3333333333333p+5), -0x1.72ec808ca318cp+9));
static_assert(near(math::log_normal_cdf(0x1.ep+4), -0x1.7795ad05ea397p-656));
static_assert(near(math::log_normal_cdf(-0x1.6666666666666p-1), -0x1.6b4178a1db338p+0));
static_assert(near(math::log_normal_cdf(0.0F), -0x1.62e43p-1F));
static_assert(near(math::log_normal_cdf(0x1p-1F), -0x1.79cd16p-2F));
static_assert(near(math::log_normal_cdf(-0x1.8p+1F), -0x1.a6e4fcp+2F));
static_assert(near(math::log_normal_cdf(-0x1.ep+4F), -0x1.c6523ep+8F));
static_assert(near(math::log_normal_cdf(0.0L), -0x1.62e42fefa39ef358p-1L, 3));
static_assert(near(math::log_normal_cdf(0x1p-1L), -0x1.79cd16ce909a4cdp-2L, 3));
static_assert(near(math::log_normal_cdf(-0x1.8p+1L), -0x1.a6e4fc8593c026dcp+2L, 3));
static_assert(near(math::inverse_mills(0.0), 0x1.9884533d43651p-1));
static_assert(near(math::inverse_mills(0x1p-1), 0x1.04b0ad277e95p-1));
static_assert(near(math::inverse_mills(-0x1.8p+1), 0x1.a43c93a43be15p+1));
static_assert(near(math::inverse_mills(-0x1.ep+4), 0x1.e0883b49fe74ap+4));
static_assert(near(math::inverse_mills(0x1p+3), 0x1.6c0df3a094838p-48));
static_assert(near(math::inverse_mills(0x1.ep+4), 0x1.6080417588184p-651));
static_assert(near(math::inverse_mills(-0x1.6666666666666p-1), 0x1.4a5e2a2a7b806p+0));
static_assert(near(math::inverse_mills(0.0F), 0x1.988454p-1F));
static_assert(near(math::inverse_mills(0x1p-1F), 0x1.04b0aep-1F));
static_assert(near(math::inverse_mills(-0x1.8p+1F), 0x1.a43c94p+1F));
static_assert(near(math::inverse_mills(-0x1.ep+4F), 0x1.e0883cp+4F));
static_assert(near(math::inverse_mills(0.0L), 0x1.9884533d436508dp-1L, 3));
static_assert(near(math::inverse_mills(0x1p-1L), 0x1.04b0ad277e9502dep-1L, 3));
static_assert(near(math::inverse_mills(-0x1.8p+1L), 0x1.a43c93a43be153dcp+1L, 3));
// Where the rounding of x^2 is a hundred units in the last place of the result.
static_assert(near(math::erfc(0x1.a6ccccccccccccccp+6L), 0x1.f0154fbbee6352d6p-16127L, 3));
static_assert(near(math::normal_cdf(-0x1.2a9999999999999ap+7L), 0x1.331208f800560f14p-16088L, 3));

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T largest = std::numeric_limits<T>::max();

  static_assert(same(math::erf(T(-0.0)), T(-0.0)) && math::erf(-inf) == -1 && math::erf(inf) == 1);
  static_assert(is_nan(math::erf(nan<T>)) && math::erf(largest) == 1);
  static_assert(math::erfc(T(0)) == 1 && math::erfc(inf) == 0 && math::erfc(-inf) == 2);
  static_assert(is_nan(math::erfc(nan<T>)) && math::erfc(largest) == 0);
  static_assert(math::normal_cdf(T(0)) == T(0.5) && math::normal_cdf(inf) == 1);
  static_assert(math::normal_cdf(-inf) == 0 && is_nan(math::normal_cdf(nan<T>)));
  static_assert(math::normal_density(-inf) == 0 && is_nan(math::normal_density(nan<T>)));
  static_assert(math::log_normal_cdf(-inf) == -inf && math::log_normal_cdf(inf) == 0);
  static_assert(math::log_normal_cdf(-largest) == -inf && is_nan(math::log_normal_cdf(nan<T>)));
  static_assert(math::inverse_mills(-inf) == inf && math::inverse_mills(inf) == 0);
  static_assert(math::inverse_mills(-largest) == largest && is_nan(math::inverse_mills(nan<T>)));
  static_assert(std::same_as<decltype(math::erfc(T(0))), T>);
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());

} // namespace
