// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sin, cos, tan and their inverses in constant evaluation: reference values and special cases. The
// references are the nearest value of the type, computed with mpmath at 500 to 18,000 bits.
// Grids with an error bound: tests/runtime/math/accuracy.cpp.

#include <chainrule/math/trigonometric.hpp>

#include "near.hpp"

#include <concepts>

namespace {

static_assert(near(math::sin(0x1p-1), 0x1.eaee8744b05fp-2));
static_assert(near(math::sin(0x1.8p+1), 0x1.210386db6d55bp-3));
static_assert(near(math::sin(0x1.0f0cf064dd592p+73), -0x1.b453ab76bf397p-1));
static_assert(near(math::sin(-0x1.634p+9), -0x1.eafc65d3b2565p-2));
static_assert(near(math::sin(0x1.e42d130773b76p+1023), -0x1.30c567d277075p-1));
static_assert(near(math::sin(0x1.921fb54442d18p+1), 0x1.1a62633145c07p-53));
static_assert(near(math::sin(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::sin(-0x1.86ap+16), -0x1.24daa9c527e96p-5));
static_assert(near(math::sin(0x1p-1F), 0x1.eaee88p-2F));
static_assert(near(math::sin(0x1.8p+1F), 0x1.210386p-3F));
static_assert(near(math::sin(0x1.0f0cfp+73F), -0x1.77d988p-1F));
static_assert(near(math::sin(-0x1.634p+9F), -0x1.eafc66p-2F));
static_assert(near(math::sin(0x1p-1L), 0x1.eaee8744b05efe88p-2L, 3));
static_assert(near(math::sin(0x1.8p+1L), 0x1.210386db6d55b4f2p-3L, 3));
static_assert(near(math::sin(0x1.0f0cf064dd592p+73L), -0x1.b453ab76bf3970fap-1L, 3));
static_assert(near(math::sin(0x1.ae596552b8fded9ap+16383L), 0x1.077fe3b4c9ff6cc8p-4L, 3));
static_assert(near(math::cos(0x1p-1), 0x1.c1528065b7d5p-1));
static_assert(near(math::cos(0x1.8p+1), -0x1.fae04be85e5d2p-1));
static_assert(near(math::cos(0x1.0f0cf064dd592p+73), 0x1.0be2cef01c8f4p-1));
static_assert(near(math::cos(-0x1.634p+9), 0x1.c14eb67d03eaap-1));
static_assert(near(math::cos(0x1.e42d130773b76p+1023), 0x1.9b6913f41bde3p-1));
static_assert(near(math::cos(0x1.921fb54442d18p+0), 0x1.1a62633145c07p-54));
static_assert(near(math::cos(0x1.86ap+16), -0x1.ffac3841b3da7p-1));
static_assert(near(math::cos(0x1p-1F), 0x1.c1528p-1F));
static_assert(near(math::cos(0x1.8p+1F), -0x1.fae04cp-1F));
static_assert(near(math::cos(0x1.0f0cfp+73F), 0x1.5badeep-1F));
static_assert(near(math::cos(-0x1.634p+9F), 0x1.c14eb6p-1F));
static_assert(near(math::cos(0x1p-1L), 0x1.c1528065b7d4f9dcp-1L, 3));
static_assert(near(math::cos(0x1.8p+1L), -0x1.fae04be85e5d261p-1L, 3));
static_assert(near(math::cos(0x1.0f0cf064dd592p+73L), 0x1.0be2cef01c8f3934p-1L, 3));
static_assert(near(math::cos(0x1.ae596552b8fded9ap+16383L), 0x1.fef07ffe2dd9daeap-1L, 3));
static_assert(near(math::tan(0x1p-1), 0x1.17b4f5bf3474ap-1));
static_assert(near(math::tan(0x1.8p+1), -0x1.23ef71254b86fp-3));
static_assert(near(math::tan(0x1.0f0cf064dd592p+73), -0x1.a0f79c1b6b257p+0));
static_assert(near(math::tan(-0x1.634p+9), -0x1.17bf3887a602ep-1));
static_assert(near(math::tan(0x1.e42d130773b76p+1023), -0x1.7b49942eba88bp-1));
static_assert(near(math::tan(0x1.921fb54442d18p+0), 0x1.d02967c31cdb5p+53));
static_assert(near(math::tan(-0x1.2688b70e62bp-1030), -0x1.2688b70e62bp-1030));
static_assert(near(math::tan(0x1.91eb851eb851fp-1), 0x1.ff97aa571156ep-1));
static_assert(near(math::tan(0x1p-1F), 0x1.17b4f6p-1F));
static_assert(near(math::tan(0x1.8p+1F), -0x1.23ef72p-3F));
static_assert(near(math::tan(0x1.0f0cfp+73F), -0x1.14bdfcp+0F));
static_assert(near(math::tan(-0x1.634p+9F), -0x1.17bf38p-1F));
static_assert(near(math::tan(0x1p-1L), 0x1.17b4f5bf3474a432p-1L, 3));
static_assert(near(math::tan(0x1.8p+1L), -0x1.23ef71254b86f0ccp-3L, 3));
static_assert(near(math::tan(0x1.0f0cf064dd592p+73L), -0x1.a0f79c1b6b25774ap+0L, 3));
static_assert(near(math::tan(0x1.a3750647fcab18c2p+13287L), 0x1.5f69ffef14a3aad6p-1L, 3));
static_assert(near(math::asin(0x1p-1), 0x1.0c152382d7366p-1));
static_assert(near(math::asin(-0x1.fffeb074a771dp-1), -0x1.90fa9f3695aa5p+0));
static_assert(near(math::asin(0x1.3333333333333p-2), 0x1.380159e14f6ffp-2));
static_assert(near(math::asin(0x1.b7cdfd9d7bdbbp-34), 0x1.b7cdfd9d7bdbbp-34));
static_assert(near(math::asin(0x1p+0), 0x1.921fb54442d18p+0));
static_assert(near(math::asin(-0x1.6666666666666p-1), -0x1.8d00e692afd95p-1));
static_assert(near(math::asin(0x1p-1F), 0x1.0c1524p-1F));
static_assert(near(math::asin(-0x1.fffebp-1F), -0x1.90fa6cp+0F));
static_assert(near(math::asin(0x1.333334p-2F), 0x1.38015ap-2F));
static_assert(near(math::asin(0x1.b7cdfep-34F), 0x1.b7cdfep-34F));
static_assert(near(math::asin(0x1p-1L), 0x1.0c152382d7365846p-1L, 3));
static_assert(near(math::asin(-0x1.fffeb074a771c97p-1L), -0x1.90fa9f3695a7755p+0L, 3));
static_assert(near(math::asin(0x1.3333333333333334p-2L), 0x1.380159e14f6feb7p-2L, 3));
static_assert(near(math::acos(0x1p-1), 0x1.0c152382d7366p+0));
static_assert(near(math::acos(-0x1.fffeb074a771dp-1), 0x1.918d2a3d6c3dfp+1));
static_assert(near(math::acos(0x1.ffffffaa19c47p-1), 0x1.28950343cef55p-13));
static_assert(near(math::acos(0x1.b7cdfd9d7bdbbp-34), 0x1.921fb543d4dep+0));
static_assert(near(math::acos(-0x1p+0), 0x1.921fb54442d18p+1));
static_assert(near(math::acos(0.0), 0x1.921fb54442d18p+0));
static_assert(near(math::acos(0x1p-1F), 0x1.0c1524p+0F));
static_assert(near(math::acos(-0x1.fffebp-1F), 0x1.918d1p+1F));
static_assert(near(math::acos(0x1p+0F), 0.0F));
static_assert(near(math::acos(0x1.b7cdfep-34F), 0x1.921fb6p+0F));
static_assert(near(math::acos(0x1p-1L), 0x1.0c152382d7365846p+0L, 3));
static_assert(near(math::acos(-0x1.fffeb074a771c97p-1L), 0x1.918d2a3d6c3c7cdcp+1L, 3));
static_assert(near(math::acos(0x1.ffffffaa19c4773ep-1L), 0x1.289503374e5555ep-13L, 3));
static_assert(near(math::atan(0x1p-1), 0x1.dac670561bb4fp-2));
static_assert(near(math::atan(-0x1p+0), -0x1.921fb54442d18p-1));
static_assert(near(math::atan(0x1.7e43c8800759cp+996), 0x1.921fb54442d18p+0));
static_assert(near(math::atan(0x1.2688b70e62bp-1030), 0x1.2688b70e62bp-1030));
static_assert(near(math::atan(0x1.d99999999999ap+1), 0x1.4e8c94dbf54e5p+0));
static_assert(near(math::atan(-0x1p-4), -0x1.ff55bb72cfdeap-5));
static_assert(near(math::atan(0x1p-1F), 0x1.dac67p-2F));
static_assert(near(math::atan(-0x1p+0F), -0x1.921fb6p-1F));
static_assert(near(math::atan(0x1p-1L), 0x1.dac670561bb4f68ap-2L, 3));
static_assert(near(math::atan(-0x1p+0L), -0x1.921fb54442d1846ap-1L, 3));
static_assert(near(math::atan(0x1.7e43c8800759ba5ap+996L), 0x1.921fb54442d1846ap+0L, 3));
static_assert(near(math::atan2(0x1p+0, -0x1p+1), 0x1.56c6e7397f5aep+1));
static_assert(near(math::atan2(-0x1.56e1fc2f8f359p-997, 0x1.8p+1), -0x1.c92d503f699ccp-999));
static_assert(near(math::atan2(0x1.7e43c8800759cp+996, -0x1.56e1fc2f8f359p-997),
                   0x1.921fb54442d18p+0));
static_assert(near(math::atan2(-0x1.3333333333333p-2, -0x1.2a05f2p+33), -0x1.921fb54432536p+1));

template <class T>
constexpr bool special_cases() {
  constexpr T inf = infinity<T>;
  constexpr T pi = T(3.14159265358979323846L);
  constexpr T largest = std::numeric_limits<T>::max();
  constexpr T smallest = std::numeric_limits<T>::denorm_min();

  static_assert(same(math::sin(T(-0.0)), T(-0.0)) && is_nan(math::sin(inf)));
  static_assert(math::sin(smallest) == smallest && is_nan(math::sin(nan<T>)));
  static_assert(math::cos(T(0)) == 1 && is_nan(math::cos(-inf)) && math::cos(smallest) == 1);
  static_assert(same(math::tan(T(-0.0)), T(-0.0)) && is_nan(math::tan(inf)));
  static_assert(math::abs(math::sin(largest)) <= 1 && math::abs(math::cos(largest)) <= 1);
  static_assert(same(math::asin(T(-0.0)), T(-0.0)) && near(math::asin(T(-1)), -pi / 2));
  static_assert(is_nan(math::asin(T(1.5))) && is_nan(math::asin(-inf)) &&
                is_nan(math::asin(nan<T>)));
  static_assert(same(math::acos(T(1)), T(0)) && near(math::acos(T(-1)), pi));
  static_assert(is_nan(math::acos(T(-1.5))) && is_nan(math::acos(inf)) &&
                is_nan(math::acos(nan<T>)));
  static_assert(same(math::atan(T(-0.0)), T(-0.0)) && near(math::atan(-inf), -pi / 2));
  static_assert(near(math::atan(largest), pi / 2) && math::atan(smallest) == smallest);
  static_assert(is_nan(math::atan(nan<T>)));
  static_assert(same(math::atan2(T(0), T(0)), T(0)) && same(math::atan2(T(-0.0), T(0)), T(-0.0)));
  static_assert(near(math::atan2(T(0), T(-0.0)), pi) && near(math::atan2(T(-0.0), T(-0.0)), -pi));
  static_assert(near(math::atan2(T(0), T(-2)), pi) && same(math::atan2(T(-0.0), T(2)), T(-0.0)));
  static_assert(near(math::atan2(T(1), T(0)), pi / 2) &&
                near(math::atan2(T(-1), T(-0.0)), -pi / 2));
  static_assert(near(math::atan2(inf, inf), pi / 4) && near(math::atan2(-inf, -inf), -3 * pi / 4));
  static_assert(near(math::atan2(inf, T(1)), pi / 2) && near(math::atan2(T(1), -inf), pi));
  static_assert(same(math::atan2(T(-1), inf), T(-0.0)) && is_nan(math::atan2(nan<T>, T(1))));
  static_assert(near(math::atan2(smallest, -largest), pi) && is_nan(math::atan2(T(1), nan<T>)));
  static_assert(same(math::atan2(smallest, largest), T(0)));
  static_assert(noexcept(math::sin(T(0))) &&noexcept(math::atan2(T(0), T(0))));
  static_assert(std::same_as<decltype(math::sin(T(0))), T>);
  return true;
}

static_assert(special_cases<float>() && special_cases<double>() && special_cases<long double>());
static_assert(math::sin(0) == 0, "integers");

} // namespace
