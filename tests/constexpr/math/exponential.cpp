// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// expm1, exp2, log2, log10, cbrt, hypot, log1mexp and logaddexp in constant evaluation: reference
// values and special cases. The references are the nearest value of the type, computed with mpmath
// at 500 to 18,000 bits. Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/exponential.hpp>

#include "near.hpp"

#include <concepts>

namespace {

static_assert(near(math::expm1(0x1.b7cdfd9d7bdbbp-34), 0x1.b7cdfd9dda4e3p-34));
static_assert(near(math::expm1(-0x1.3333333333333p-2), -0x1.0966f2c7907f6p-2));
static_assert(near(math::expm1(0x1.6666666666666p-1), 0x1.03854c24d130dp+0));
static_assert(near(math::expm1(-0x1.ep+4), -0x1.ffffffffffcb5p-1));
static_assert(near(math::expm1(0x1.5ep+9), 0x1.d945df4f8ec8ep+1009));
static_assert(near(math::expm1(-0x1.56e1fc2f8f359p-997), -0x1.56e1fc2f8f359p-997));
static_assert(near(math::expm1(0x1.4p+5), 0x1.a220d397972ebp+57));
static_assert(near(math::expm1(0x1.b7cdfep-34F), 0x1.b7cdfep-34F));
static_assert(near(math::expm1(-0x1.333334p-2F), -0x1.0966f4p-2F));
static_assert(near(math::expm1(0x1.666666p-1F), 0x1.03854cp+0F));
static_assert(near(math::expm1(-0x1.ep+4F), -0x1p+0F));
static_assert(near(math::expm1(0x1.b7cdfd9d7bdbab7ep-34L), 0x1.b7cdfd9dda4e2fbp-34L, 3));
static_assert(near(math::expm1(-0x1.3333333333333334p-2L), -0x1.0966f2c7907f62e4p-2L, 3));
static_assert(near(math::expm1(0x1.6666666666666666p-1L), 0x1.03854c24d130d7fep+0L, 3));
static_assert(near(math::exp2(0x1p-1), 0x1.6a09e667f3bcdp+0));
static_assert(near(math::exp2(-0x1.0913333333333p+10), 0x1.9fep-1061));
static_assert(near(math::exp2(0x1.fff3333333333p+9), 0x1.ddb680117aa8ep+1023));
static_assert(near(math::exp2(-0x1.0624dd2f1a9fcp-10), 0x1.ffa52de61c11fp-1));
static_assert(near(math::exp2(0x1.cp+2), 0x1p+7));
static_assert(near(math::exp2(0x1p-1F), 0x1.6a09e6p+0F));
static_assert(near(math::exp2(-0x1.0624dep-10F), 0x1.ffa52ep-1F));
static_assert(near(math::exp2(0x1p-1L), 0x1.6a09e667f3bcc908p+0L, 3));
static_assert(near(math::exp2(-0x1.0913333333333334p+10L), 0x1.9fdf8bcce533d386p-1061L, 3));
static_assert(near(math::exp2(0x1.fff3333333333334p+9L), 0x1.ddb680117ab122ecp+1023L, 3));
static_assert(near(math::log2(0x1.4p+3), 0x1.a934f0979a371p+1));
static_assert(near(math::log2(0x1.999999999999ap-4), -0x1.a934f0979a371p+1));
static_assert(near(math::log2(0x1.000001ad7f29bp+0), 0x1.35d0fea5fccb7p-23));
static_assert(near(math::log2(0x1.fffeb074a771dp-1), -0x1.e4172e152f604p-17));
static_assert(near(math::log2(0x1.2688b70e62bp-1030), -0x1.01730dabca5f6p+10));
static_assert(near(math::log2(0x1.7e43c8800759cp+996), 0x1.f24a09f1a8b89p+9));
static_assert(near(math::log2(0x1.4p+3F), 0x1.a934fp+1F));
static_assert(near(math::log2(0x1.99999ap-4F), -0x1.a934fp+1F));
static_assert(near(math::log2(0x1.000002p+0F), 0x1.715474p-23F));
static_assert(near(math::log2(0x1.fffebp-1F), -0x1.e4bf7ap-17F));
static_assert(near(math::log2(0x1.4p+3L), 0x1.a934f0979a3715fcp+1L, 3));
static_assert(near(math::log2(0x1.999999999999999ap-4L), -0x1.a934f0979a3715fcp+1L, 3));
static_assert(near(math::log2(0x1.000001ad7f29abcap+0L), 0x1.35d0fea2f32ea424p-23L, 3));
static_assert(near(math::log10(0x1p+1), 0x1.34413509f79ffp-2));
static_assert(near(math::log10(0x1.999999999999ap-4), -0x1p+0));
static_assert(near(math::log10(0x1.000001ad7f29bp+0), 0x1.750e5ca0b1098p-25));
static_assert(near(math::log10(0x1.fffeb074a771dp-1), -0x1.237398cfeafe5p-18));
static_assert(near(math::log10(0x1.2688b70e62bp-1030), -0x1.36p+8));
static_assert(near(math::log10(0x1.7e43c8800759cp+996), 0x1.2cp+8));
static_assert(near(math::log10(0x1p+1F), 0x1.344136p-2F));
static_assert(near(math::log10(0x1.99999ap-4F), -0x1p+0F));
static_assert(near(math::log10(0x1.000002p+0F), 0x1.bcb7bp-25F));
static_assert(near(math::log10(0x1.fffebp-1F), -0x1.23d8ecp-18F));
static_assert(near(math::log10(0x1p+1L), 0x1.34413509f79fef32p-2L, 3));
static_assert(near(math::log10(0x1.999999999999999ap-4L), -0x1p+0L, 3));
static_assert(near(math::log10(0x1.000001ad7f29abcap+0L), 0x1.750e5c9d08b2c05cp-25L, 3));
static_assert(near(math::cbrt(0x1p+1), 0x1.428a2f98d728bp+0));
static_assert(near(math::cbrt(-0x1.999999999999ap-4), -0x1.db4c7760bcff3p-2));
static_assert(near(math::cbrt(0x1.fap-1064), 0x1.94c7f15ef7ddfp-355));
static_assert(near(math::cbrt(0x1.e42d130773b76p+1023), 0x1.3c9685a8b2ccp+341));
static_assert(near(math::cbrt(0x1.3333333333333p-2), 0x1.56bfea66ef78dp-1));
static_assert(near(math::cbrt(0x1p+1F), 0x1.428a3p+0F));
static_assert(near(math::cbrt(-0x1.99999ap-4F), -0x1.db4c78p-2F));
static_assert(near(math::cbrt(0x1p+1L), 0x1.428a2f98d728ae22p+0L, 3));
static_assert(near(math::cbrt(-0x1.999999999999999ap-4L), -0x1.db4c7760bcff278cp-2L, 3));
static_assert(near(math::cbrt(0x1.fa01712e8f0471a2p-1064L), 0x1.94c853d082531332p-355L, 3));
static_assert(near(math::log1mexp(-0x1.b7cdfd9d7bdbbp-34), -0x1.7069e2aa2e155p+4));
static_assert(near(math::log1mexp(-0x1.62d0e56041893p-1), -0x1.62f77b392037bp-1));
static_assert(near(math::log1mexp(-0x1.62eb1c432ca58p-1), -0x1.62dd43b4114fcp-1));
static_assert(near(math::log1mexp(-0x1.4p+2), -0x1.bb128dc8315f4p-8));
static_assert(near(math::log1mexp(-0x1.5ep+9), -0x1.14f2b0fb9307fp-1010));
static_assert(near(math::log1mexp(-0x1.2688b70e62bp-1030), -0x1.64e69394d9508p+9));
static_assert(near(math::log1mexp(-0x1.b7cdfep-34F), -0x1.7069e2p+4F));
static_assert(near(math::log1mexp(-0x1.62d0e6p-1F), -0x1.62f77ap-1F));
static_assert(near(math::log1mexp(-0x1.62eb1cp-1F), -0x1.62dd44p-1F));
static_assert(near(math::log1mexp(-0x1.4p+2F), -0x1.bb128ep-8F));
static_assert(near(math::log1mexp(-0x1.b7cdfd9d7bdbab7ep-34L), -0x1.7069e2aa2e154a34p+4L, 3));
static_assert(near(math::log1mexp(-0x1.62d0e5604189374cp-1L), -0x1.62f77b392037acf4p-1L, 3));
static_assert(near(math::log1mexp(-0x1.62eb1c432ca57a78p-1L), -0x1.62dd43b4114fbea2p-1L, 3));
static_assert(near(math::hypot(0x1.8cccccccccccdp+1, -0x1.999999999999ap-3), 0x1.8d9ffca6f173ap+1));
static_assert(near(math::hypot(0x1.7e43c8800759cp+996, 0x1.55c576d815726p+1023),
                   0x1.55c576d815726p+1023));
static_assert(near(math::hypot(0x1.2688b70e62bp-1030, 0x1.1ac0afbbe4p-1035),
                   0x1.26aaa343db1p-1030));
static_assert(near(math::logaddexp(0x1.999999999999ap-4, -0x1.6666666666666p-1),
                   0x1.e26836857a651p-2));
static_assert(near(math::logaddexp(0x1.f4p+9, 0x1.f38p+9), 0x1.f42818f57f7d8p+9));
static_assert(near(math::logaddexp(-0x1.9p+9, -0x1.908p+9), -0x1.8fd7e70a80828p+9));

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T largest = std::numeric_limits<T>::max();
  constexpr T smallest = std::numeric_limits<T>::denorm_min();

  static_assert(same(math::expm1(T(-0.0)), T(-0.0)) && math::expm1(smallest) == smallest);
  static_assert(math::expm1(inf) == inf && math::expm1(-inf) == -1 && is_nan(math::expm1(nan<T>)));
  static_assert(math::expm1(largest) == inf && math::expm1(-largest) == -1);
  static_assert(math::exp2(inf) == inf && same(math::exp2(-inf), T(0)) &&
                math::exp2(T(10)) == 1024);
  static_assert(math::exp2(largest) == inf && math::exp2(-largest) == 0 &&
                is_nan(math::exp2(nan<T>)));
  static_assert(math::exp2(T(std::numeric_limits<T>::max_exponent)) == inf);
  static_assert(math::exp2(T(std::numeric_limits<T>::min_exponent -
                             std::numeric_limits<T>::digits)) == smallest);
  static_assert(math::log2(T(0)) == -inf && is_nan(math::log2(T(-1))) && math::log2(inf) == inf);
  static_assert(same(math::log2(T(1)), T(0)) && math::log2(T(0x1p-100)) == -100);
  static_assert(math::log10(T(0)) == -inf && is_nan(math::log10(T(-1))) && math::log10(inf) == inf);
  static_assert(same(math::log10(T(1)), T(0)) && math::log10(T(1e10)) == 10);
  static_assert(same(math::cbrt(T(-0.0)), T(-0.0)) && math::cbrt(-inf) == -inf);
  static_assert(math::cbrt(T(-27)) == -3 && is_nan(math::cbrt(nan<T>)) && math::cbrt(smallest) > 0);
  static_assert(math::hypot(T(0), T(-0.0)) == 0 && math::hypot(T(3), T(-4)) == 5);
  static_assert(math::hypot(inf, nan<T>) == inf && math::hypot(nan<T>, -inf) == inf);
  static_assert(is_nan(math::hypot(T(1), nan<T>)) && math::hypot(largest, largest) == inf);
  static_assert(math::hypot(largest, T(1)) == largest && math::hypot(smallest, T(0)) == smallest);
  static_assert(math::hypot(T(2), T(-3), T(6)) == 7 && math::hypot(nan<T>, T(1), inf) == inf);
  static_assert(is_nan(math::hypot(T(1), T(1), nan<T>)));
  static_assert(math::hypot(T(1), T(-5), T(7), T(5)) == 10 && is_nan(math::hypot(0, nan<T>, 0, 0)));
  static_assert(math::hypot(largest, T(1), T(0), T(1)) == largest);
  static_assert(math::hypot(largest, T(1), T(0), largest) == inf);
  static_assert(math::log1mexp(T(0)) == -inf && is_nan(math::log1mexp(T(1))));
  static_assert(math::log1mexp(-inf) == 0 && is_nan(math::log1mexp(nan<T>)));
  static_assert(math::logaddexp(inf, inf) == inf && math::logaddexp(-inf, -inf) == -inf);
  static_assert(math::logaddexp(inf, -inf) == inf && math::logaddexp(-inf, T(3)) == 3);
  static_assert(math::logaddexp(largest, -largest) == largest &&
                is_nan(math::logaddexp(nan<T>, T(0))));
  static_assert(std::same_as<decltype(math::hypot(T(0), T(0), T(0))), T>);
  static_assert(std::same_as<decltype(math::logaddexp(T(0), T(0))), T>);
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());
static_assert(math::hypot(3, 4) == 5 && math::cbrt(8) == 2, "integers");

} // namespace
