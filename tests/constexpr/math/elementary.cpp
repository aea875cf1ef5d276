// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// math/elementary.hpp in constant evaluation: reference values, thresholds, special cases, cost.
// The references are the nearest value of the type, computed with mpmath at 2000 bits.
// Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/elementary.hpp>

#include "near.hpp"

#include <concepts>

namespace {

static_assert(near(1.0, 1.0 + 0x1p-52) && !near(1.0, 1.0 + 0x1p-51), "near sees two ulps");
static_assert(near(0x1p-1074, 0x1p-1073) && !near(0x1p-1074, 0x1p-1072));

static_assert(near(math::exp(0x1p+0), 0x1.5bf0a8b145769p+1));
static_assert(near(math::exp(-0x1p+0), 0x1.78b56362cef38p-2));
static_assert(near(math::exp(0x1.5555555555555p-2), 0x1.6546db1ba2d13p+0));
static_assert(near(math::exp(-0x1.4b33333333333p+4), 0x1.195920309b9dap-30));
static_assert(near(math::exp(0x1.62e3d70a3d70ap+9), 0x1.fe9ce5c4c52b4p+1023));
static_assert(near(math::exp(-0x1.624p+9), 0x1.cd9eda1112f58p-1023));
static_assert(near(math::exp(-0x1.7433333333333p+9), 0x1p-1074));
static_assert(near(math::exp(0x1.79ca10c924223p-67), 0x1p+0));
static_assert(near(math::exp(0x1p+0F), 0x1.5bf0a8p+1F));
static_assert(near(math::exp(-0x1.333334p-2F), 0x1.7b4c86p-1F));
static_assert(near(math::exp(0x1.62ccccp+6F), 0x1.f46ff8p+127F));
static_assert(near(math::exp(-0x1.5ep+6F), 0x1.b2cafp-127F));
static_assert(near(math::exp(-0x1.9cccccp+6F), 0x1p-149F));
static_assert(near(math::exp(0x1p+0L), 0x1.5bf0a8b145769536p+1L));
static_assert(near(math::exp(-0x1.3333333333333334p-2L), 0x1.7b4c869c37c04e8ep-1L));
static_assert(near(math::exp(0x1.62e4p+13L), 0x1.f427b74653baed1ap+16383L));
static_assert(near(math::exp(-0x1.63a2p+13L), 0x1.b47a0acp-16419L));

static_assert(near(math::log(0x1p+1), 0x1.62e42fefa39efp-1));
static_assert(near(math::log(0x1.4p+3), 0x1.26bb1bbb55516p+1));
static_assert(near(math::log(0x1.999999999999ap-4), -0x1.26bb1bbb55515p+1));
static_assert(near(math::log(0x1.ffffde7210be9p-1), -0x1.0c6f82d74d23p-20));
static_assert(near(math::log(0x1.000010c6f7a0bp+0), 0x1.0c6f713f33a1dp-20));
static_assert(near(math::log(0x1.7e43c8800759cp+996), 0x1.5963447f87fb5p+9));
static_assert(near(math::log(0x1p-1074), -0x1.74385446d71c3p+9));
static_assert(near(math::log(0x1.8p-1039), -0x1.67e3215b8cc55p+9));
static_assert(near(math::log(0x1p+1F), 0x1.62e43p-1F));
static_assert(near(math::log(0x1.ccccccp-1F), -0x1.af8e8ap-4F));
static_assert(near(math::log(0x1.2ced32p+126F), 0x1.5dfe3p+6F));
static_assert(near(math::log(0x1p-149F), -0x1.9d1dap+6F));
static_assert(near(math::log(0x1.4p+3L), 0x1.26bb1bbb5551582ep+1L));
static_assert(near(math::log(0x1.fae147ae147ae148p-1L), -0x1.495453e6fd4b692ap-7L));
static_assert(near(math::log(0x1p-16445L), -0x1.6436716d5406e6d8p+13L));
static_assert(near(math::log(0x1.b333333333333334p+16000L), 0x1.5a97158a0c0e6408p+13L));

static_assert(near(math::log1p(0x1p+0), 0x1.62e42fefa39efp-1));
static_assert(near(math::log1p(0x1.4f8b588e368f1p-17), 0x1.4f8aea9ae7317p-17));
static_assert(near(math::log1p(-0x1.4f8b588e368f1p-17), -0x1.4f8bc681e6006p-17));
static_assert(near(math::log1p(-0x1.ff7ced916872bp-1), -0x1.ba18a998fff9fp+2));
static_assert(near(math::log1p(0x1.56e1fc2f8f359p-997), 0x1.56e1fc2f8f359p-997));
static_assert(near(math::log1p(0x1.ae147ae147ae1p-2), 0x1.6712984ec8f15p-2));
static_assert(near(math::log1p(0x1.5af1d78b58c4p+66), 0x1.7069e2aa2aa5bp+5));
static_assert(near(math::log1p(-0x1p-53), -0x1p-53));
static_assert(near(math::log1p(0x1p-2F), 0x1.c8ff7cp-3F));
static_assert(near(math::log1p(0x1.79ca1p-67F), 0x1.79ca1p-67F));
static_assert(near(math::log1p(-0x1.8p-1F), -0x1.62e43p+0F));
static_assert(near(math::log1p(0x1.b7cdfd9d7bdbab7ep-34L), 0x1.b7cdfd9d1d69274cp-34L));
static_assert(near(math::log1p(-0x1.3333333333333334p-1L), -0x1.d5240f0e0e077a0ap-1L));
static_assert(near(math::log1p(0x1.a666666666666666p+1L), 0x1.7567cb4bf2df727p+0L));

static_assert(near(math::sqrt(0x1p+1), 0x1.6a09e667f3bcdp+0));
static_assert(near(math::sqrt(0x1.999999999999ap-4), 0x1.43d136248490fp-2));
static_assert(near(math::sqrt(0x1.8p+1), 0x1.bb67ae8584caap+0));
static_assert(near(math::sqrt(0x1.1ccf385ebc8ap+1023), 0x1.7dddf6b095ff1p+511));
static_assert(near(math::sqrt(0x1p-1074), 0x1p-537));
static_assert(near(math::sqrt(0x1.cp-1058), 0x1.52a7fa9d2f8eap-529));
static_assert(near(math::sqrt(0x1.fffffffffffffp+1), 0x1.fffffffffffffp+0));
static_assert(near(math::sqrt(0x1.fffffffffffffp-1), 0x1.fffffffffffffp-1));
static_assert(near(math::sqrt(0x1p+1F), 0x1.6a09e6p+0F));
static_assert(near(math::sqrt(0x1.c363ccp+127F), 0x1.e0bd9cp+63F));
static_assert(near(math::sqrt(0x1p-149F), 0x1.6a09e6p-75F));
static_assert(near(math::sqrt(0x1p+1L), 0x1.6a09e667f3bcc908p+0L));
static_assert(near(math::sqrt(0x1.999999999999999ap-4L), 0x1.43d136248490edb4p-2L));
static_assert(near(math::sqrt(0x1p-16445L), 0x1.6a09e667f3bcc908p-8223L));
static_assert(near(math::sqrt(0x1.4cccccccccccccccp+16001L), 0x1.9cc99ff02c480782p+8000L));

static_assert(near(math::tanh(0x1p-1), 0x1.d9353d7568af3p-2));
static_assert(near(math::tanh(-0x1p+0), -0x1.85efab514f394p-1));
static_assert(near(math::tanh(0x1.4f8b588e368f1p-17), 0x1.4f8b588e06854p-17));
static_assert(near(math::tanh(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::tanh(0x1.62eb1c432ca58p-3), 0x1.5f6851a72a671p-3));
static_assert(near(math::tanh(0x1.4p+2), 0x1.fff419668df11p-1));
static_assert(near(math::tanh(0x1.2e66666666666p+4), 0x1.fffffffffffffp-1));
static_assert(near(math::tanh(-0x1.199999999999ap+1), -0x1.f3949a819042dp-1));
static_assert(near(math::tanh(0x1p-1F), 0x1.d9353ep-2F));
static_assert(near(math::tanh(-0x1.16c2p-133F), -0x1.16c2p-133F));
static_assert(near(math::tanh(0x1.cp+2F), 0x1.ffffc8p-1F));
static_assert(near(math::tanh(0x1p-1L), 0x1.d9353d7568af3652p-2L));
static_assert(near(math::tanh(0x1.5798ee2308c39dfap-27L), 0x1.5798ee2308c39acp-27L));
static_assert(near(math::tanh(0x1.48p+4L), 0x1.ffffffffffffff8cp-1L));

static_assert(near(math::pow(0x1p+1, 0x1p-1), 0x1.6a09e667f3bcdp+0));
static_assert(near(math::pow(0x1.4p+3, -0x1.4p+2), 0x1.4f8b588e368f1p-17));
static_assert(near(math::pow(0x1.000001ad7f29bp+0, 0x1.dcd65p+29), 0x1.349445c228792p+144));
static_assert(near(math::pow(0x1.6666666666666p-1, 0x1.dbp+10), 0x1.3d94382448851p-978));
static_assert(near(math::pow(0x1.6666666666666p+0, -0x1.068p+11), 0x1.850286b6aea96p-1020));
static_assert(near(math::pow(0x1.56e1fc2f8f359p-997, 0x1.051eb851eb852p+0),
                   0x1.6789e3750f743p-1017));
static_assert(near(math::pow(0x1.38d352e5096afp+498, 0x1.0666666666666p+1),
                   0x1.68423588e3a5bp+1021));
static_assert(near(math::pow(0x1.8p-1073, 0x1.3333333333333p-2), 0x1.35dd0a9edf0a3p-322));
static_assert(near(math::pow(0x1.fffffffffffffp-1, 0x1p+58), 0x1.c8464f761645ap-47));
static_assert(near(math::pow(0x1p+1F, 0x1p-1F), 0x1.6a09e6p+0F));
static_assert(near(math::pow(0x1.4p+3F, -0x1.44p+5F), 0x1.609cp-135F));
static_assert(near(math::pow(0x1.00418ap+0F, 0x1.57cp+16F), 0x1.dd992ep+126F));
static_assert(near(math::pow(0x1p+1L, 0x1p-1L), 0x1.6a09e667f3bcc908p+0L));
static_assert(near(math::pow(0x1.6666666666666666p+0L, 0x1.01dp+15L),
                   0x1.0f978673a679a788p+16019L));
static_assert(near(math::pow(0x1.6b851eb851eb851ep-1L, -0x1.01dp+15L),
                   0x1.83d71dee8e88e8e2p+16305L));
static_assert(near(math::pow(0x1.4p+3L, -0x1.34cp+12L),
                   0x1.98c9e3988p-16411L)); // Neighbours across the thresholds: the last finite or
                                            // nonzero result and the first beyond it.

static_assert(math::exp(0x1.62e42fefa39efp+9) < infinity<double>);
static_assert(math::exp(0x1.62e42fefa39fp+9) == infinity<double>);
static_assert(math::exp(-0x1.74910d52d3051p+9) == 0x1p-1074);
static_assert(math::exp(-0x1.74910d52d3053p+9) == 0);
static_assert(math::exp(0x1.62e42ep+6F) < infinity<float>);
static_assert(math::exp(0x1.62e43p+6F) == infinity<float>);
static_assert(math::exp(-0x1.9fe368p+6F) == 0x1p-149F);
static_assert(math::exp(-0x1.9fe36ap+6F) == 0);
static_assert(math::exp(0x1.62e42fefa39ef356p+13L) < infinity<long double>);
static_assert(math::exp(0x1.62e42fefa39ef358p+13L) == infinity<long double>);
static_assert(math::exp(-0x1.643bfcfe13c57550p+13L) ==
              std::numeric_limits<long double>::denorm_min());
static_assert(math::exp(-0x1.643bfcfe13c57556p+13L) == 0);
static_assert(math::pow(2.0, 1024.0) == infinity<double>);
static_assert(math::pow(2.0, 1023.0) == 0x1p1023);
static_assert(math::pow(2.0, -1074.0) == 0x1p-1074);
static_assert(math::pow(2.0, -1076.0) == 0);
static_assert(math::pow(2.0F, 128.0F) == infinity<float>);
static_assert(math::pow(2.0F, -149.0F) == 0x1p-149F);
static_assert(math::tanh(30.0) == 1 && math::tanh(-1e300) == -1 && math::tanh(30.0L) == 1);
static_assert(math::tanh(18.0) < 1);

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T largest = std::numeric_limits<T>::max();
  constexpr T smallest = std::numeric_limits<T>::denorm_min();

  static_assert(same(math::abs(T(-0.0)), T(0)) && math::abs(-inf) == inf);
  static_assert(same(math::copysign(T(0), T(-3)), T(-0.0)));

  static_assert(math::exp(T(0)) == 1 && math::exp(T(-0.0)) == 1 && math::exp(smallest) == 1);
  static_assert(math::exp(inf) == inf && same(math::exp(-inf), T(0)));
  static_assert(math::exp(largest) == inf && same(math::exp(-largest), T(0)));
  static_assert(is_nan(math::exp(nan<T>)));

  static_assert(same(math::log(T(1)), T(0)) && math::log(T(0)) == -inf);
  static_assert(math::log(T(-0.0)) == -inf && math::log(inf) == inf);
  static_assert(is_nan(math::log(T(-1))) && is_nan(math::log(-inf)) && is_nan(math::log(nan<T>)));

  static_assert(same(math::log1p(T(0)), T(0)) && same(math::log1p(T(-0.0)), T(-0.0)));
  static_assert(math::log1p(T(-1)) == -inf && math::log1p(inf) == inf);
  static_assert(math::log1p(smallest) == smallest && math::log1p(-smallest) == -smallest);
  static_assert(is_nan(math::log1p(T(-2))) && is_nan(math::log1p(nan<T>)));

  static_assert(same(math::sqrt(T(0)), T(0)) && same(math::sqrt(T(-0.0)), T(-0.0)));
  static_assert(math::sqrt(T(144)) == 12 && math::sqrt(inf) == inf);
  static_assert(is_nan(math::sqrt(T(-1))) && is_nan(math::sqrt(-inf)));
  static_assert(is_nan(math::sqrt(nan<T>)) && is_nan(math::sqrt(-smallest)));

  static_assert(same(math::tanh(T(0)), T(0)) && same(math::tanh(T(-0.0)), T(-0.0)));
  static_assert(math::tanh(inf) == 1 && math::tanh(-inf) == -1 && is_nan(math::tanh(nan<T>)));
  static_assert(math::tanh(largest) == 1 && math::tanh(smallest) == smallest);

  static_assert(math::pow(T(0), T(0)) == 1 && math::pow(nan<T>, T(0)) == 1);
  static_assert(math::pow(T(1), nan<T>) == 1 && math::pow(inf, T(-0.0)) == 1);
  static_assert(is_nan(math::pow(nan<T>, T(1))) && is_nan(math::pow(T(2), nan<T>)));
  static_assert(math::pow(T(-2), T(3)) == -8 && math::pow(T(-2), T(2)) == 4);
  static_assert(math::pow(T(-2), T(-1)) == T(-0.5) && is_nan(math::pow(T(-2), T(0.5))));
  static_assert(math::pow(T(-1), inf) == 1 && math::pow(T(-1), -inf) == 1);
  static_assert(math::pow(T(-1), largest) == 1 && math::pow(T(-1), T(7)) == -1);
  static_assert(math::pow(T(2), inf) == inf && same(math::pow(T(2), -inf), T(0)));
  static_assert(same(math::pow(T(0.5), inf), T(0)) && math::pow(T(-0.5), -inf) == inf);
  static_assert(same(math::pow(T(0), T(3)), T(0)) && same(math::pow(T(-0.0), T(3)), T(-0.0)));
  static_assert(same(math::pow(T(-0.0), T(2)), T(0)) && same(math::pow(T(-0.0), T(0.5)), T(0)));
  static_assert(math::pow(T(0), T(-3)) == inf && math::pow(T(-0.0), T(-3)) == -inf);
  static_assert(math::pow(T(-0.0), T(-2)) == inf && math::pow(T(0), -inf) == inf);
  static_assert(same(math::pow(T(0), inf), T(0)) && math::pow(inf, T(2)) == inf);
  static_assert(same(math::pow(inf, T(-2)), T(0)) && math::pow(-inf, T(3)) == -inf);
  static_assert(math::pow(-inf, T(2)) == inf && math::pow(-inf, T(0.5)) == inf);
  static_assert(same(math::pow(-inf, T(-3)), T(-0.0)) && same(math::pow(-inf, T(-2)), T(0)));
  static_assert(math::pow(largest, largest) == inf && math::pow(smallest, -largest) == inf);
  static_assert(same(math::pow(largest, -largest), T(0)) && math::pow(largest, smallest) == 1);
  static_assert(math::pow(-largest, T(3)) == -inf && same(math::pow(-largest, T(-3)), T(-0.0)));
  static_assert(math::pow(smallest, T(1)) == smallest && math::pow(largest, T(-1)) > 0);
  static_assert(math::pow(T(3), 2) == 9);

  static_assert(noexcept(math::exp(T(0))) &&noexcept(math::pow(T(0), T(0))));
  static_assert(std::same_as<decltype(math::exp(T(0))), T>);
  static_assert(std::same_as<decltype(math::pow(T(0), T(0))), T>);
  static_assert(std::same_as<decltype(math::copysign(T(0), T(0))), T>);
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());

/// One constant evaluation with `count` calls: must stay within the compilers' default limits.
constexpr double sum_of_exponentials(int count) {
  double sum = 0;
  for (int i = 0; i < count; ++i)
    sum += math::exp((i % 200 - 100) / 32.0);
  return sum;
}

// 200 calls are a network of 100 layers. 4000 take a quarter of clang's default limit, so that
// exp becoming several times more expensive fails here.
static_assert(sum_of_exponentials(200) > 0);
static_assert(sum_of_exponentials(4000) > 0);

} // namespace

// A scalar in namespace chainrule finds its own functions and not those of chainrule::math.

namespace chainrule {

struct probe {
  int value;
  friend constexpr probe exp(const probe &x) { return {x.value + 1}; }
  friend constexpr probe abs(const probe &x) { return {x.value + 2}; }
  friend constexpr probe pow(const probe &x, double y) { return {x.value + static_cast<int>(y)}; }
};

constexpr probe tanh(const probe &x) { return {x.value + 3}; }

static_assert(math::exp(probe{10}).value == 11);
static_assert(math::abs(probe{10}).value == 12);
static_assert(math::tanh(probe{10}).value == 13);
static_assert(math::pow(probe{10}, 4.0).value == 14);

} // namespace chainrule
