// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Cross-entropy of a sigmoid as it is written by hand, in sums and differences: y softplus(-z) +
// (1 - y) softplus z and softplus z - y z = -(y log p + (1 - y) log(1 - p)), p = sigmoid(z); and
// softplus z itself where it stands beside z. As they are written they cancel where the label is
// met.
// Read next: rewrite.hpp.
#pragma once

#include <chainrule/operation/loss.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

/// Whether rules of this header may say something of a sum or difference.
constexpr bool is_about_softplus(symbol a, symbol b) {
  return a.home->holds(family::softplus) &&
         (is<softplus_operation>(a) || is<softplus_operation>(b) ||
          (is<multiply_operation>(a) && is<multiply_operation>(b)));
}

/// Whether rest = 1 - y, or where a minus stands in front of it, rest = y - 1.
constexpr bool is_rest(symbol rest, symbol y, bool is_subtracted) {
  if (rest.is_number() && y.is_number() && !is_subtracted)
    return math::sum(rest.value(), y.value()) == math::number(1);
  return is<subtract_operation>(rest) && rest.operand(is_subtracted ? 1 : 0).is(1) &&
         rest.operand(is_subtracted ? 0 : 1) == y;
}

/// Cross-entropy of z and y of p = sigmoid(z) where first is y softplus(-z) and second is (1 - y)
/// softplus z, or (y - 1) softplus z where it is subtracted.
constexpr symbol cross_entropy_of_products(symbol first, symbol second, bool is_subtracted) {
  if (!is<multiply_operation>(first) || !is<multiply_operation>(second))
    return {};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 2; ++k) {
      const symbol y = first.operand(i), u = first.operand(1 - i);
      const symbol rest = second.operand(k), v = second.operand(1 - k);
      if (is<softplus_operation>(u) && is<softplus_operation>(v) &&
          opposite(u.operand(0), v.operand(0)) && is_rest(rest, y, is_subtracted))
        return binary_cross_entropy_with_logits(v.operand(0), y);
    }
  return {};
}

struct cross_entropy_of_sigmoid {
  static constexpr std::string_view formula =
      "-(y log(p) + (1 - y) log(1 - p)) = softplus(z) - y z, p = sigmoid(z)"sv;
  static constexpr std::string_view domain = "all z, y"sv;
  static constexpr std::string_view gain = "infinity and NaN above |z| = 37"sv;

  /// Of a probability p and a label y.
  static constexpr symbol apply(symbol p, symbol y) {
    return is<sigmoid_operation>(p) ? binary_cross_entropy_with_logits(p.operand(0), y) : symbol{};
  }
};

struct cross_entropy_of_sum : cross_entropy_of_sigmoid {
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    const symbol fused = cross_entropy_of_products(a, b, false);
    return fused.exists() ? fused : cross_entropy_of_products(b, a, false);
  }
};

struct cross_entropy_of_difference : cross_entropy_of_sigmoid {
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    return cross_entropy_of_products(a, b, true);
  }
};

/// softplus(z) where a + b is it: z + softplus(-z) and max(z, 0) + softplus(-|z|).
constexpr symbol softplus_of_sum(symbol a, symbol b) {
  if (!is<softplus_operation>(b))
    return {};
  const symbol u = b.operand(0);
  if (opposite(u, a))
    return softplus(a);
  if (!is<negate_operation>(u) || !is<abs_operation>(u.operand(0)))
    return {};
  const symbol z = u.operand(0).operand(0);
  const symbol zero = z.home->constant(0);
  return a == relu(z) || a == max(z, zero) || a == max(zero, z) ? softplus(z) : symbol{};
}

struct softplus_beside_argument {
  static constexpr std::string_view formula =
      "softplus(-z) + z = softplus(z), as softplus(-abs(z)) + max(z, 0)"sv;
  static constexpr std::string_view domain = "all z"sv;
  static constexpr std::string_view gain = "0 below z = -37, digits"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    for (const bool swapped : {false, true}) {
      const symbol first = swapped ? b : a, second = swapped ? a : b;
      if (const symbol whole = softplus_of_sum(first, second); whole.exists())
        return whole;
      if (is<subtract_operation>(first)) // (z - c) + softplus(-z)
        if (const symbol whole = softplus_of_sum(first.operand(0), second); whole.exists())
          return whole - first.operand(1);
    }
    return {};
  }
};

struct softplus_less_argument : softplus_beside_argument {
  static constexpr symbol apply(symbol a, symbol b) {
    return is<softplus_operation>(a) && a.operand(0) == b ? softplus(-b) : symbol{};
  }
};

struct cross_entropy_of_softplus {
  static constexpr std::string_view formula = "softplus(z) - y z is one function of z and y"sv;
  static constexpr std::string_view domain = "all z, y"sv;
  static constexpr std::string_view gain = "0 where the label is met, |z| > 37"sv;

  /// w z + softplus(-z)
  static constexpr symbol apply(symbol a, symbol b) {
    for (const bool swapped : {false, true}) {
      const symbol product = swapped ? b : a, sum = swapped ? a : b;
      if (is<multiply_operation>(product) && is<softplus_operation>(sum))
        for (int i = 0; i < 2; ++i)
          if (const symbol u = sum.operand(0); opposite(u, product.operand(i)))
            return binary_cross_entropy_with_logits(u, product.operand(1 - i));
    }
    return {};
  }
};

struct softplus_less_product : cross_entropy_of_softplus {
  static constexpr symbol apply(symbol a, symbol b) {
    if (is<softplus_operation>(a) && is<multiply_operation>(b))
      for (int i = 0; i < 2; ++i)
        if (b.operand(i) == a.operand(0))
          return binary_cross_entropy_with_logits(a.operand(0), b.operand(1 - i));
    return {};
  }
};

} // namespace chainrule::detail
