// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// START HERE. What a network is: a value of an empty type whose type is the formula,
//   apply<multiply_operation, variable<"w">, variable<"x">>  for  w * x.
// The concept `expression` recognises such types, and `record<E>` is what the rest of the library
// reads of one.
// Read next: abbreviation.hpp, variable.hpp, then operation/operation.hpp.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include <chainrule/graph/graph.hpp>

namespace chainrule {

/// The Hana tag of every expression; it also tells an expression from any other type.
struct expression_tag {};

namespace detail {

/// T without const and reference. Of every type that is met the compiler makes one class for this,
/// and two for std::remove_cvref.
template <class T>
struct unqualified_type {
  using type = T;
};
template <class T>
struct unqualified_type<const T> {
  using type = T;
};
template <class T>
struct unqualified_type<T &> {
  using type = T;
};
template <class T>
struct unqualified_type<const T &> {
  using type = T;
};
template <class T>
struct unqualified_type<T &&> {
  using type = T;
};
template <class T>
using unqualified = typename unqualified_type<T>::type;

} // namespace detail

/// A type that is a network or a part of one.
template <class T>
concept expression = __is_class(detail::unqualified<T>) &&
                     std::same_as<typename detail::unqualified<T>::hana_tag, expression_tag>;

namespace detail {

/// What is left of a formula in which a mistake has been named: all that is made of it is the same,
/// without a further word.
struct mistaken {
  using hana_tag = expression_tag;

  constexpr explicit operator bool() const { return true; }
  constexpr operator double() const { return 0; }
  constexpr mistaken operator()(const auto &...) const { return {}; }
  constexpr mistaken operator[](const auto &) const { return {}; }
  constexpr const mistaken &operator=(const auto &) const { return *this; }
};

/// What stands in the place of an operand where no formula is made: a number, or an expression
/// among too few or too many (operation/numbers_only.hpp).
struct bare {
  constexpr bare() = default;
  constexpr bare(long double) {}
};

/// Says that an expression is not changed, unless a mistake in it has been named.
template <class... Operands>
constexpr auto refuse_change() {
  static_assert(
      (... || std::same_as<Operands, mistaken>),
      "e = e * x, e += x, ++e: the type of an expression is its formula, so that it cannot "
      "be changed; give the new formula a name, auto next = e * x, and write repeated "
      "steps as a function template that calls itself, or as fold or iterate");
  return mistaken{};
}

/// Says that an expression is not called, and has no elements by number.
template <class... Arguments>
constexpr auto refuse_call() {
  constexpr bool are_places =
      sizeof...(Arguments) > 0 && (... && (std::integral<Arguments> || expression<Arguments>));
  static_assert(!are_places,
                "v[0], M(i, j): an element is part of a formula, which is a type, so that its "
                "place is a literal, v[0_c], M(0_c, 1_c) of a variable, element_of<0>(f) of a "
                "formula");
  static_assert(are_places,
                "f(x = 0.5): an expression is a formula and no function; compile it, as in "
                "compile(f)(x = 0.5)");
  return mistaken{};
}

} // namespace detail

/// What all expressions share: what may be tried with one and has no meaning says so.
struct expression_base {
  using hana_tag = expression_tag;

  template <std::same_as<bool> Bool>
  explicit constexpr operator Bool() const {
    static_assert(sizeof(Bool) == 0,
                  "if (x > y): an expression has no value while the network is being written; "
                  "a choice inside a network is written select(x > y, a, b)");
    return false;
  }
  template <std::same_as<double> Number>
  constexpr operator Number() const {
    static_assert(sizeof(Number) == 0,
                  "double y = f, std::exp(f): an expression is a formula and no number; its value "
                  "is compile(f)(x = 0.5), and in a formula functions are chainrule's, exp(f) "
                  "without std::");
    return 0;
  }

  constexpr operator detail::bare() const { return {}; }

  template <class Place>
  constexpr auto operator[](const Place &) const {
    return detail::refuse_call<decltype(sizeof(Place))>();
  }
  template <class... Arguments>
  constexpr auto operator()(const Arguments &...) const {
    return detail::refuse_call<Arguments...>();
  }
};

namespace detail {

template <class... T>
inline constexpr bool any_mistaken = any_of({std::same_as<unqualified<T>, mistaken>...});

/// What the name of an abbreviated formula says: the foreign operations in it, which are those that
/// are not the library's own, and a fingerprint in which each goes by its place among them.
struct formula_name {
  std::uint64_t fingerprint = 0;
  const operation_record *const *foreign = nullptr;
  int count = 0;
};

/// What the graph code knows of an expression: a node of the formula as it was written.
struct expression_record {
  const operation_record *operation = nullptr;
  std::uint64_t fingerprint = 0; // a hash: equal for equal formulas
  int names = 1;                 // that spell its type
  detail::shape shape{};
  int derivatives = unlimited; // at least so often it can be differentiated
  const expression_record *const *operands = nullptr;
  int operand_count = 0;
  std::string_view name{};    // of a variable
  math::number value{};       // of a literal
  bool holds_foreign = false; // the operation, or one further down, is not the library's
  bool holds_loops = false;   // the operation, or one further down, is a recurrence
  formula_name abbreviation{};

  /// Whether they are one formula. Equal formulas have equal types and with them one record, but
  /// for a derivative, which may be spelled out where it is an output.
  friend constexpr bool operator==(const expression_record &a, const expression_record &b) {
    if (a.fingerprint != b.fingerprint)
      return false;
    if (is_same_object(a, b))
      return true;
    if (!(*a.operation == *b.operation) || a.operand_count != b.operand_count ||
        !(a.shape == b.shape) || a.name != b.name || !(a.value == b.value))
      return false;
    for (int i = 0; i < a.operand_count; ++i)
      if (!(*a.operands[i] == *b.operands[i]))
        return false;
    return true;
  }
};

/// Formulas found again, numbered in the order in which they were added.
class formula_table {
public:
  constexpr int find(const expression_record &formula) const {
    return places.find(formula.fingerprint,
                       [&](int place) { return *formulas.items[place] == formula; });
  }
  constexpr void add(const expression_record &formula) {
    places.insert(formula.fingerprint, formulas.size);
    formulas.push(&formula);
  }

private:
  index_table places;
  list<const expression_record *> formulas;
};

/// What a shape rule is told of an operand.
constexpr extent extent_of(const expression_record &operand) {
  const bool is_whole = *operand.operation == number_record && operand.value.denominator == 1;
  return {operand.shape, is_whole ? operand.value.numerator : -1};
}

constexpr bool is_any_operand(const expression_record &, int) { return true; }

/// Visits each distinct formula that the networks consist of once, operands before users; of each
/// the operands that are asked for.
template <std::size_t Count, class IsVisited = bool (*)(const expression_record &, int)>
constexpr void visit_parts(const std::array<const expression_record *, Count> &networks, auto visit,
                           IsVisited is_visited = is_any_operand) {
  formula_table seen;
  list<const expression_record *> pending;
  for (const expression_record *network : networks)
    pending.push(network);
  while (pending.size > 0) {
    const expression_record &next = *pending.items[pending.size - 1];
    const int before = pending.size;
    if (seen.find(next) < 0) {
      for (int i = 0; i < next.operand_count; ++i)
        if (is_visited(next, i) && seen.find(*next.operands[i]) < 0)
          pending.push(next.operands[i]);
      if (pending.size == before) {
        seen.add(next);
        visit(next);
      }
    }
    if (pending.size == before)
      --pending.size;
  }
}

} // namespace detail

/// An operation applied to operands, spelled out in the type. What refuses an assignment stands in
/// each class of expressions: g++ 12 looks through all classes that name one of the base by
/// `using`.
template <class Operation, class... Operands>
struct apply : expression_base {
  template <class Other>
  constexpr auto operator=(const Other &) const {
    return detail::refuse_change<Other>();
  }
};

namespace detail {

template <class Expression>
struct record_of;

/// How the graph code knows an operation: specialised in operation/operation.hpp.
template <class Operation>
struct operation_record_of;

/// The operands that an expression is to have.
struct operand_records {
  const expression_record *const *at;
  int count;

  template <std::size_t Count>
  constexpr operand_records(const expression_record *const (&all)[Count])
      : at(all), count(static_cast<int>(Count)) {}
  constexpr operand_records(const expression_record *const *first, int size)
      : at(first), count(size) {}
  constexpr const expression_record *operator[](int which) const { return at[which]; }
};

/// Whether no operand is a condition where the operation takes a value.
constexpr bool has_values(const operation_record &operation, const operand_records &operands) {
  for (int i = operation.conditions; i < operands.count; ++i)
    if (operands[i]->operation->is_condition)
      return false;
  return true;
}

/// The shape of operation(operands), or no_shape, as where a condition is in the place of a value.
constexpr shape shape_of(const operation_record &operation, const operand_records &operands) {
  if (!has_values(operation, operands))
    return no_shape;
  if (!operation.is_elementwise) {
    extents all;
    for (int i = 0; i < operands.count; ++i)
      all.push(extent_of(*operands[i]));
    return operation.result_shape(all);
  }
  shape result{};
  for (int i = 0; i < operands.count; ++i)
    result = result == no_shape ? no_shape : repeated(result, operands[i]->shape);
  for (int i = 0; i < operands.count; ++i)
    if (operands[i]->shape == result)
      return result;
  // none, or a column beside a row: that would be a table of all pairs
  return operands.count == 0 ? shape{} : no_shape;
}

/// The record of operation(operands). One function of values: as folds over types it was half of
/// what writing a network costs the compiler.
constexpr expression_record composed(const operation_record &operation,
                                     const operand_records &operands) {
  expression_record result{.operation = &operation,
                           .fingerprint = operation.fingerprint,
                           .shape = shape_of(operation, operands),
                           .derivatives = operation.derivatives,
                           .operands = operands.at,
                           .operand_count = operands.count,
                           .holds_foreign = operation.is_foreign,
                           .holds_loops = operation.role == loop_role::written};
  for (int i = 0; i < operands.count; ++i) {
    const expression_record &operand = *operands[i];
    result.fingerprint = mix(result.fingerprint, operand.fingerprint);
    result.names += operand.names;
    result.holds_foreign = result.holds_foreign || operand.holds_foreign;
    result.holds_loops = result.holds_loops || operand.holds_loops;
    if (operand.derivatives < result.derivatives)
      result.derivatives = operand.derivatives;
  }
  if (operation.is_derivative && result.derivatives != unlimited)
    --result.derivatives;
  return result;
}

/// A condition, which no operation takes for a value, and as such none of a shape.
template <>
struct record_of<mistaken> {
  static constexpr expression_record value{
      .operation = &mistake_record, .fingerprint = mistake_record.fingerprint, .shape = no_shape};
};

template <class Operation, class... Operands>
struct record_of<apply<Operation, Operands...>> {
  static constexpr const expression_record *operands[]{&record_of<Operands>::value...};
  static constexpr expression_record value =
      composed(operation_record_of<Operation>::value, operands);
};

/// A constant: an operation without operands.
template <class Operation>
struct record_of<apply<Operation>> {
  static constexpr expression_record value =
      composed(operation_record_of<Operation>::value, {nullptr, 0});
};

/// The record of an expression type.
template <expression Expression>
inline constexpr const expression_record &record = record_of<unqualified<Expression>>::value;

/// How many elements an expression has.
template <expression Network>
inline constexpr std::size_t size_of = static_cast<std::size_t>(record<Network>.shape.size());

} // namespace detail

// An expression is not changed.
template <expression Left, class Right>
constexpr auto operator+=(const Left &, const Right &) {
  return detail::refuse_change<Left, Right>();
}
template <expression Left, class Right>
constexpr auto operator-=(const Left &, const Right &) {
  return detail::refuse_change<Left, Right>();
}
template <expression Left, class Right>
constexpr auto operator*=(const Left &, const Right &) {
  return detail::refuse_change<Left, Right>();
}
template <expression Left, class Right>
constexpr auto operator/=(const Left &, const Right &) {
  return detail::refuse_change<Left, Right>();
}
template <expression Changed>
constexpr auto operator++(const Changed &) {
  return detail::refuse_change<Changed>();
}
template <expression Changed>
constexpr auto operator++(const Changed &, int) {
  return detail::refuse_change<Changed>();
}
template <expression Changed>
constexpr auto operator--(const Changed &) {
  return detail::refuse_change<Changed>();
}
template <expression Changed>
constexpr auto operator--(const Changed &, int) {
  return detail::refuse_change<Changed>();
}

} // namespace chainrule
