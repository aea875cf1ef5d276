// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Even functions of a root, and products with an odd one: functions of its square, smooth where
// the root has a kink. Their derivatives at 0 are those of the series.
// Read next: inverses.hpp.
#pragma once

#include <chainrule/rewrite/roots.hpp>

namespace chainrule::detail {

struct even_in_root {
  static constexpr std::string_view formula = "cos(norm(x)) is a function of squared_norm(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  /// f(x), x being a root or a multiple of one, is a + b s + c s^2 + ... of s = x^2. The power 5/2
  /// ends what is known: its third derivative by s is infinite, not 0.
  static constexpr symbol apply(symbol x, const operation_record *f) {
    const std::uint64_t made_by = f->fingerprint;
    const bool is_cos = made_by == operation_record_of<cos_operation>::fingerprint;
    const bool is_cosh = made_by == operation_record_of<cosh_operation>::fingerprint;
    const bool is_density = made_by == operation_record_of<normal_density_operation>::fingerprint;
    if (!is_cos && !is_cosh && !is_density &&
        made_by != operation_record_of<log_cosh_operation>::fingerprint)
      return {};
    const bool is_product = is<multiply_operation>(x), is_quotient = is<divide_operation>(x);
    const int which = is_product && !is_root(x.operand(0)) ? 1 : 0;
    const symbol root = is_product || is_quotient ? x.operand(which) : x;
    if (x.home->rules != rewriting::all || !is_root(root))
      return {};
    symbol s = square(root);
    if (is_product || is_quotient) {
      const symbol factor = square(x.operand(1 - which));
      s = is_product ? s * factor : s / factor;
    }
    const math::number first = math::reduced(is_cos || is_density ? -1 : 1, 2);
    const math::number second = math::reduced(1, is_density ? 8 : is_cos || is_cosh ? 24 : -12);
    const symbol rest = s * (s.home->constant(first) + s * s.home->constant(second)) +
                        pow(s, s.home->constant(math::reduced(5, 2)));
    const symbol near = is_cos || is_cosh || is_density ? 1 + rest : rest;
    return apply_operation<limit_operation>(
        x.home->written(*f, {&x.index, 1}), root,
        is_density ? s.home->constant(math::reduced(398942280401432678, 1, -18)) * near : near);
  }
};

/// r f(r), or r f(c r), of a root r and an f that is 0 at 0: at the origin c r^2 and more.
struct root_beside_own_function {
  static constexpr std::string_view formula = "norm(x) * sin(norm(x)) is squared_norm(x) at 0"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    for (const bool is_swapped : {false, true}) {
      const symbol root = is_swapped ? b : a, f = is_swapped ? a : b;
      if (!is_root(root) || f.operands() != 1)
        continue;
      const symbol x = f.operand(0);
      const bool is_multiple = is<multiply_operation>(x) && x.operand(0).is_number();
      if ((is_multiple ? x.operand(1) : x) != root)
        continue;
      const symbol factor = is_multiple ? x.operand(0) : x.home->constant(1);
      for (const function &each : functions)
        if (each.f == f.operation()->fingerprint) { // f(t) = t + cubic t^3 + ..., or t + c t^2
          const symbol s = square(root), t = square(factor) * s,
                       rest = pow(t, x.home->constant(math::reduced(each.cubic == 0 ? 3 : 5, 2)));
          const symbol near =
              factor * s * (1 + t * x.home->constant(math::reduced(each.cubic, 6))) + rest;
          const int operands[]{root.index, f.index};
          return apply_operation<limit_operation>(
              root.home->written(operation_record_of<multiply_operation>::value, operands), root,
              near);
        }
    }
    return {};
  }

private:
  struct function {
    std::uint64_t f;
    int cubic; // in sixths; 0: there is a square
  };
  template <class F>
  using record = operation_record_of<F>;
  static constexpr function functions[]{
      {record<sin_operation>::fingerprint, -1},   {record<tan_operation>::fingerprint, 2},
      {record<asin_operation>::fingerprint, 1},   {record<atan_operation>::fingerprint, -2},
      {record<sinh_operation>::fingerprint, 1},   {record<tanh_operation>::fingerprint, -2},
      {record<asinh_operation>::fingerprint, -1}, {record<atanh_operation>::fingerprint, 2},
      {record<expm1_operation>::fingerprint, 0},  {record<log1p_operation>::fingerprint, 0}};
};

} // namespace chainrule::detail
