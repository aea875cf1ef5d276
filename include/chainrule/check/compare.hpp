// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// compare(a, b): equal, which is proved as a == b is; or different, with a point at which both are
// defined and their values further apart than the bounds of their errors; or undecided.
// Read next: cost.hpp.
#pragma once

#include <chainrule/check/estimate.hpp>
#include <chainrule/check/traced_formula.hpp>
#include <chainrule/print/text_writer.hpp>
#include <chainrule/prove/equality.hpp>

namespace chainrule {

namespace detail {

/// Adds the variables of a formula in the order in which they are written, but those that
/// recurrences give a value.
template <class Formula>
constexpr void add_variables(formula_table &known, list<const expression_record *> &result) {
  list<const expression_record *> all;
  formula_table bound;
  visit_parts(std::array{&record<Formula>}, [&](const expression_record &part) {
    if (*part.operation == variable_record)
      all.push(&part);
    else if (is_recurrence(part))
      for (int i = 0; i < recurrence_layout{part}.places(); ++i)
        bound.add(*part.operands[recurrence_layout{part}.variable(i)]);
  });
  for (int i = all.size; i-- > 0;) // the last operand is visited first
    if (const expression_record &each = *all.items[i];
        bound.find(each) < 0 && known.find(each) < 0) {
      known.add(each);
      result.push(&each);
    }
}

template <class Left, class Right>
constexpr list<const expression_record *> variables_of() {
  formula_table known;
  list<const expression_record *> result;
  add_variables<Left>(known, result);
  add_variables<Right>(known, result);
  return result;
}

template <class Left, class Right>
struct variables_of_sides {
  static constexpr auto count = static_cast<std::size_t>(variables_of<Left, Right>().size);
  static constexpr auto records = [] {
    std::array<const expression_record *, count> result{};
    const list<const expression_record *> from = variables_of<Left, Right>();
    for (int i = 0; i < from.size; ++i)
      result[static_cast<std::size_t>(i)] = from.items[i];
    return result;
  }();
};

/// How many points are tried. They are in turn of either sign up to 2, positive up to 2, between 0
/// and 1, of either sign up to 5.
inline constexpr int points_tried = 16;

/// An element of a point, in parts of 32: the same for all formulas.
constexpr int part_of_point(int which, int element) {
  const std::uint64_t random = mix(mix(0x706f696e74, static_cast<std::uint64_t>(which)),
                                   static_cast<std::uint64_t>(element)) >>
                               20;
  constexpr int largest[]{64, 64, 31, 160};
  const int size = 1 + static_cast<int>(random % static_cast<std::uint64_t>(largest[which % 4]));
  return which % 4 % 3 == 0 && (random >> 40) % 2 == 0 ? -size : size;
}

/// x in so many decimal digits.
constexpr math::number shortened_number(double x, int digits) {
  double size = x < 0 ? -x : x, unit = 1;
  int exponent = 1 - digits;
  if (size == 0)
    return 0;
  while (size >= 10) {
    size /= 10;
    ++exponent;
  }
  while (size < 1) {
    size *= 10;
    --exponent;
  }
  for (int i = 1; i < digits; ++i)
    unit *= 10;
  auto whole = static_cast<std::int64_t>(size * unit);
  if (size * unit - static_cast<double>(whole) >= 0.5)
    ++whole;
  return {x < 0 ? -whole : whole, 1, exponent};
}

/// The elements of a formula at a point.
template <std::size_t Size>
struct elements_at {
  double values[Size]{}, errors[Size]{};
  bool is_defined = true; // as far as can be told
};

template <class Formula, class Number, std::size_t Size>
constexpr elements_at<Size> elements_found(int which) {
  elements_at<Size> result;
  math::estimation home;
  list<Number> inputs;
  for (int i = 0; i < Formula::inputs; ++i)
    inputs.push({part_of_point(which, i) / 32.0, home});
  const list<Number> all =
      traced_elements<Formula, 0, Number>(Formula::runs.items[0], inputs.items, nullptr);
  for (std::size_t i = 0; i < Size; ++i) {
    const Number &each = all.items[all.size - static_cast<int>(Size - i)];
    result.values[i] = each.value;
    result.errors[i] = each.error;
    result.is_defined = result.is_defined && each.is_known();
  }
  result.is_defined = result.is_defined && home.is_decided;
  return result;
}

/// About how many operations one run of a formula takes: each derivative is one back and forth.
template <class Formula>
constexpr double operations_of_run() {
  double result = 0, again = 1;
  visit_parts(std::array{&record<Formula>}, [&](const expression_record &part) {
    extents operands;
    for (int i = 0; i < part.operand_count; ++i)
      operands.push(extent_of(*part.operands[i]));
    if (part.operation->is_derivative)
      again += 4;
    else if (is_recurrence(part))
      again += recurrence_layout{part}.number(recurrence_layout::capacity);
    else
      result += part.operation->has_all_operations
                    ? static_cast<double>(part.operation->all_operations(operands))
                    : part.shape.size();
  });
  return result * again;
}

template <class Left, class Right>
struct comparison_of {
  using variables = variables_of_sides<Left, Right>;
  template <class Side>
  using formula = traced_formula<Side, variables, math::estimate>;

  static constexpr shape of = record<Left>.shape;
  static constexpr auto size = static_cast<std::size_t>(of.size());
  // clang evaluates a million steps for a constant.
  static constexpr bool is_small =
      operations_of_run<Left>() < 4000 && operations_of_run<Right>() < 4000;

  // Of numbers alone: g++ 12 takes no class with constructors for a constant here.
  template <class Side, int Which>
  static constexpr elements_at<size>
      elements = elements_found<formula<Side>, math::estimate, size>(Which);

  /// The element by which they differ, or -1.
  template <int Which>
  static constexpr int difference_at() {
    constexpr elements_at a = elements<Left, Which>, b = elements<Right, Which>;
    for (std::size_t i = 0; i < size && a.is_defined && b.is_defined; ++i)
      if (math::are_apart(a.values[i], a.errors[i], b.values[i], b.errors[i], 2))
        return static_cast<int>(i);
    return -1;
  }

  /// The points that are tried: all, or those up to the first at which they differ.
  template <int Which = 0>
  static constexpr int first_difference() {
    if constexpr (Which < points_tried)
      if constexpr (difference_at<Which>() < 0)
        return first_difference<Which + 1>();
    return Which;
  }
  static constexpr int defined_points() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (0 + ... +
              (elements<Left, static_cast<int>(I)>.is_defined &&
               elements<Right, static_cast<int>(I)>.is_defined));
    }
    (std::make_index_sequence<points_tried>{});
  }
  template <class Side>
  static constexpr bool can_be_run() {
    if constexpr (formula<Side>::is_complete)
      return formula<Side>::has_rules;
    else
      return false;
  }

  static constexpr bool is_equal = is_proved<Left, Right>;
  static constexpr bool is_different = [] {
    if constexpr (!is_equal && is_small && can_be_run<Left>() && can_be_run<Right>())
      return first_difference() < points_tried;
    else
      return false;
  }();

  static constexpr void write(text_writer &out) {
    if constexpr (is_equal) {
      out.write("equal, which is proved");
    } else if constexpr (is_different) {
      write_difference(out);
    } else {
      write_undecided(out);
    }
  }

private:
  static constexpr int parts() {
    int result = 0;
    visit_parts(std::array{&record<Left>, &record<Right>},
                [&](const expression_record &) { ++result; });
    return result;
  }
  static constexpr void write_undecided(text_writer &out) {
    out.write("not proved");
    if constexpr ((proof_in_any_way<Left, Right>() & proof_is_too_large) != 0) {
      out.write(" (the two sides have ");
      out.write(std::int64_t{parts()});
      out.write(" parts, and a proof would take more than compilers allow: compare smaller ones, a "
                "derivative link by link as partial(loss, hidden))");
    }
    if constexpr (!is_small) {
      out.write(", and too large to be tried at points by the compiler");
    } else if constexpr (!can_be_run<Left>() || !can_be_run<Right>()) {
      out.write(", and cannot be tried at points");
    } else {
      out.write(", and no difference was found: of ");
      out.write(std::int64_t{points_tried});
      out.write(" points ");
      out.write(std::int64_t{defined_points()});
      out.write(" are defined on both sides, which agree there");
    }
  }
  static constexpr void write_difference(text_writer &out) {
    constexpr int which = first_difference(), element = difference_at<which>();
    int next = 0;
    for (const expression_record *variable : variables::records) {
      out.write(next == 0 ? "at " : ", ");
      out.write(variable->name);
      out.write(variable->shape.is_scalar() ? " = " : " = {");
      for (int i = 0; i < variable->shape.size(); ++i) {
        out.write(i == 0 ? "" : i % variable->shape.columns == 0 ? "; " : ", ");
        out.write(math::number(part_of_point(which, next++), 32, 0));
      }
      out.write(variable->shape.is_scalar() ? "" : "}");
    }
    out.write(next == 0 ? "" : " ");
    if constexpr (!of.is_scalar()) {
      out.write("element (");
      out.write(std::int64_t{element / of.columns});
      out.write(", ");
      out.write(std::int64_t{element % of.columns});
      out.write(") of ");
    }
    const double left = elements<Left, which>.values[element],
                 right = elements<Right, which>.values[element];
    const double sizes[]{math::abs(left), math::abs(right)};
    const int digits = math::are_apart(left, sizes[0], right, sizes[1], 1e-4) ? 6 : 15;
    out.write("the first is ");
    out.write(shortened_number(left, digits));
    out.write(of.is_scalar() ? " and the second " : " and of the second ");
    out.write(shortened_number(right, digits));
  }
};

/// The text of a comparison as a template argument, which compilers print.
template <class Sides>
constexpr auto text_of_comparison() {
  constexpr auto write = [] {
    text_writer out;
    Sides::write(out);
    out.text.push('\0');
    return out.text;
  };
  constexpr auto size = static_cast<std::size_t>(write().size);
  const list<char> text = write();
  char characters[size]{};
  for (int i = 0; i < text.size; ++i)
    characters[i] = text.items[i];
  return fixed_string<size>(characters);
}

/// "", once T is known.
template <class T>
inline constexpr fixed_string<alignof(T) / alignof(T)> no_text = "";

// False, but the compiler prints it, and with it what was found.
template <fixed_string Found>
inline constexpr bool are_equal_by = false;
template <char... Found>
inline constexpr bool are_equal_by_letters = false;

#if defined(__clang__) && __clang_major__ < 15 // which prints strings as numbers
#define CHAINRULE_ARE_EQUAL are_equal_by_letters<Found.text[I]...>
#else
#define CHAINRULE_ARE_EQUAL are_equal_by<Found>
#endif

template <fixed_string Found, std::size_t... I>
constexpr bool explain_failure(std::index_sequence<I...>) {
  static_assert(CHAINRULE_ARE_EQUAL,
                "static_assert(compare(a, b)): the two sides are not proved to be equal; this "
                "message names a point at which they differ, or says that none was found; where "
                "the program is to go on, ask compare(a, b).is_equal and print its text()");
  return true;
}
#undef CHAINRULE_ARE_EQUAL

} // namespace detail

/// What compare(a, b) found. static_assert(compare(a, b)) fails where they are not proved to be
/// equal, and the message has what was found.
template <bool IsEqual, bool IsDifferent, fixed_string Found>
struct comparison {
  static constexpr bool is_equal = IsEqual, is_different = IsDifferent;
  static constexpr bool is_undecided = !is_equal && !is_different;

  /// What was found: at x = 0.5 the first is 0.25 and the second 0.75.
  static constexpr std::string_view text() { return Found.view(); }

  template <std::same_as<bool> Bool>
  explicit constexpr operator Bool() const {
    if constexpr (!is_equal)
      return detail::explain_failure<Found>(std::make_index_sequence<Found.view().size()>{});
    return true;
  }
};

/// Compares two expressions at compile time: equal, proved as a == b is; or different, with a
/// point that shows it; or undecided. A point shows a difference where both sides are defined, no
/// condition is at its kink, and the values are further apart than twice the bounds of their
/// errors: what is said to be different is.
template <class Left, class Right>
  requires(expression<Left> || expression<Right>)
[[nodiscard]] constexpr auto compare(const Left &left, const Right &right) {
  using first = decltype(detail::as_expression<detail::equality>(left));
  using second = decltype(detail::as_expression<detail::equality>(right));
  constexpr bool is_comparable = detail::can_be_compared<first, second>();
  if constexpr (is_comparable && !detail::any_mistaken<first, second>) {
    using sides = detail::comparison_of<first, second>;
    return comparison<sides::is_equal, sides::is_different, detail::text_of_comparison<sides>()>{};
  } else {
    return comparison<true, false, detail::no_text<first>>{}; // the one error is said
  }
}

/// A gradient by one variable is the derivative by that.
template <class Gradient, expression Formula>
  requires detail::is_gradient<Gradient>
[[nodiscard]] constexpr auto compare(const Gradient &gradient, const Formula &formula) {
  return compare(detail::only_derivative(gradient), formula);
}
template <expression Formula, class Gradient>
  requires detail::is_gradient<Gradient>
[[nodiscard]] constexpr auto compare(const Formula &formula, const Gradient &gradient) {
  return compare(formula, detail::only_derivative(gradient));
}

} // namespace chainrule
