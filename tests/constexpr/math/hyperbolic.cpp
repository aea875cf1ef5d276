// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sinh, cosh and the inverses in constant evaluation: reference values and special cases. The
// references are the nearest value of the type, computed with mpmath at 500 to 18,000 bits.
// Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/hyperbolic.hpp>

#include "near.hpp"

namespace {

static_assert(near(math::sinh(0x1p-1), 0x1.0acd00fe63b97p-1));
static_assert(near(math::sinh(-0x1.47ae147ae147bp-7), -0x1.47af7a654e9efp-7));
static_assert(near(math::sinh(0x1.4p+5), 0x1.a220d397972ebp+56));
static_assert(near(math::sinh(0x1.6333333333333p+9), 0x1.da98a7371610bp+1023));
static_assert(near(math::sinh(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::sinh(-0x1.8p+1), -0x1.40926e70949aep+3));
static_assert(near(math::sinh(0x1p-1F), 0x1.0acdp-1F));
static_assert(near(math::sinh(-0x1.47ae14p-7F), -0x1.47af7ap-7F));
static_assert(near(math::sinh(0x1.4p+5F), 0x1.a220d4p+56F));
static_assert(near(math::sinh(0x1p-1L), 0x1.0acd00fe63b96ca4p-1L, 3));
static_assert(near(math::sinh(-0x1.47ae147ae147ae14p-7L), -0x1.47af7a654e9ee8ep-7L, 3));
static_assert(near(math::sinh(0x1.4p+5L), 0x1.a220d397972ea8b4p+56L, 3));
static_assert(near(math::cosh(0x1p-1), 0x1.20ac1862ae8dp+0));
static_assert(near(math::cosh(-0x1.47ae147ae147bp-7), 0x1.000346de27853p+0));
static_assert(near(math::cosh(0x1.4p+5), 0x1.a220d397972ebp+56));
static_assert(near(math::cosh(0x1.6333333333333p+9), 0x1.da98a7371610bp+1023));
static_assert(near(math::cosh(0x1.8p+1), 0x1.422a497d6185ep+3));
static_assert(near(math::cosh(0x1p-1F), 0x1.20ac18p+0F));
static_assert(near(math::cosh(-0x1.47ae14p-7F), 0x1.000346p+0F));
static_assert(near(math::cosh(0x1.4p+5F), 0x1.a220d4p+56F));
static_assert(near(math::cosh(0x1p-1L), 0x1.20ac1862ae8d0646p+0L, 3));
static_assert(near(math::cosh(-0x1.47ae147ae147ae14p-7L), 0x1.000346de278529fep+0L, 3));
static_assert(near(math::cosh(0x1.4p+5L), 0x1.a220d397972ea8b4p+56L, 3));
static_assert(near(math::cosh(0x1.62ep+13L), 0x1.2f5c036bda9471f8p+16382L, 3));
static_assert(near(math::asinh(0x1p-1), 0x1.ecc2caec5160ap-2));
static_assert(near(math::asinh(-0x1.47ae147ae147bp-7), -0x1.47acae9508b07p-7));
static_assert(near(math::asinh(0x1.7e43c8800759cp+996), 0x1.59bbfd8b83e44p+9));
static_assert(near(math::asinh(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::asinh(0x1.8p+1), 0x1.d185b507edc0ep+0));
static_assert(near(math::asinh(0x1p-1F), 0x1.ecc2cap-2F));
static_assert(near(math::asinh(-0x1.47ae14p-7F), -0x1.47acaep-7F));
static_assert(near(math::asinh(0x1p-1L), 0x1.ecc2caec5160994cp-2L, 3));
static_assert(near(math::asinh(-0x1.47ae147ae147ae14p-7L), -0x1.47acae9508b069eep-7L, 3));
static_assert(near(math::asinh(0x1.7e43c8800759ba5ap+996L), 0x1.59bbfd8b83e43b12p+9L, 3));
static_assert(near(math::acosh(0x1.000010c6f7a0bp+0), 0x1.72ba41f96166cp-10));
static_assert(near(math::acosh(0x1.8p+0), 0x1.ecc2caec5160ap-1));
static_assert(near(math::acosh(0x1.7e43c8800759cp+996), 0x1.59bbfd8b83e44p+9));
static_assert(near(math::acosh(0x1.4p+5), 0x1.18709054093bp+2));
static_assert(near(math::acosh(0x1.00001p+0F), 0x1.6a09e4p-10F));
static_assert(near(math::acosh(0x1.8p+0F), 0x1.ecc2cap-1F));
static_assert(near(math::acosh(0x1.4p+5F), 0x1.18709p+2F));
static_assert(near(math::acosh(0x1.000010c6f7a0b5eep+0L), 0x1.72ba41f9a2ea7446p-10L, 3));
static_assert(near(math::acosh(0x1.8p+0L), 0x1.ecc2caec5160994cp-1L, 3));
static_assert(near(math::acosh(0x1.7e43c8800759ba5ap+996L), 0x1.59bbfd8b83e43b12p+9L, 3));
static_assert(near(math::atanh(0x1p-1), 0x1.193ea7aad030bp-1));
static_assert(near(math::atanh(-0x1.47ae147ae147bp-7), -0x1.47b0e059d0597p-7));
static_assert(near(math::atanh(0x1.ffffde7210be9p-1), 0x1.d046eb8b86c1cp+2));
static_assert(near(math::atanh(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::atanh(0x1p-1F), 0x1.193ea8p-1F));
static_assert(near(math::atanh(-0x1.47ae14p-7F), -0x1.47b0ep-7F));
static_assert(near(math::atanh(0x1.ffffdep-1F), 0x1.cfdadap+2F));
static_assert(near(math::atanh(0x1p-1L), 0x1.193ea7aad030a976p-1L, 3));
static_assert(near(math::atanh(-0x1.47ae147ae147ae14p-7L), -0x1.47b0e059d0596a58p-7L, 3));
static_assert(near(math::atanh(0x1.ffffde7210be9424p-1L), 0x1.d046eb8b8ab4a744p+2L, 3));

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T largest = std::numeric_limits<T>::max();
  constexpr T smallest = std::numeric_limits<T>::denorm_min();

  static_assert(same(math::sinh(T(-0.0)), T(-0.0)) && math::sinh(-inf) == -inf);
  static_assert(math::sinh(largest) == inf && is_nan(math::sinh(nan<T>)));
  static_assert(math::cosh(T(0)) == 1 && math::cosh(-inf) == inf && math::cosh(largest) == inf);
  static_assert(is_nan(math::cosh(nan<T>)) && math::sinh(smallest) == smallest);
  static_assert(same(math::asinh(T(-0.0)), T(-0.0)) && math::asinh(-inf) == -inf);
  static_assert(is_nan(math::asinh(nan<T>)) && math::asinh(largest) > 80);
  static_assert(same(math::acosh(T(1)), T(0)) && math::acosh(inf) == inf);
  static_assert(is_nan(math::acosh(T(0.5))) && is_nan(math::acosh(-inf)) &&
                is_nan(math::acosh(nan<T>)));
  static_assert(same(math::atanh(T(-0.0)), T(-0.0)) && math::atanh(T(1)) == inf);
  static_assert(math::atanh(T(-1)) == -inf && is_nan(math::atanh(T(2))) &&
                is_nan(math::atanh(inf)));
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());

} // namespace
