// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a long formula goes by: abbreviated<its fingerprint>. An operation of the library is in the
// fingerprint. A foreign one, that is any other, is known by its type alone: two can have one name.
// So the foreign operations of a formula stand in its name, each once, and the fingerprint says
// which of them is where. Lists of outputs and of variables go by such names, too.
// Read next: interning.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include <chainrule/expression/expression.hpp>
#include <chainrule/expression/interning.hpp>

namespace chainrule {

/// An expression too long to spell out; `structure_of` finds what it stands for. The operations in
/// it that are not the library's own are part of its name: they may have one name and be different.
template <std::uint64_t Fingerprint, class... Foreign>
struct abbreviated : expression_base {
  template <class Other>
  constexpr auto operator=(const Other &) const {
    return detail::refuse_change<Other>();
  }
};

namespace detail {

/// The same record under one name.
constexpr expression_record abbreviated_record(expression_record result, const formula_name &name) {
  result.names = 1;
  result.abbreviation = name;
  return result;
}

template <class... Operations>
inline constexpr std::array<const operation_record *, sizeof...(Operations)> operation_records{
    &operation_record_of<Operations>::value...};

template <std::uint64_t Fingerprint, class... Foreign>
struct record_of<abbreviated<Fingerprint, Foreign...>> {
  static constexpr expression_record value =
      abbreviated_record(record_of<structure_of<abbreviated<Fingerprint, Foreign...>>>::value,
                         {Fingerprint, operation_records<Foreign...>.data(), sizeof...(Foreign)});
};

/// A type of more names than this is abbreviated. Spelling out makes messages readable; the
/// bound keeps names short: h = sigmoid(h) * h would double its name at every level.
inline constexpr int names_spelled_out = 24;

/// Formulas with foreign operations as a name says them: each operation goes by its place among
/// those that are met, for f(x) + g(f(x)) is not f(x) + g(g(x)), whatever f and g are called.
struct foreign_wording {
  std::uint64_t fingerprint = 0;
  list<const operation_record *> operations;

  constexpr foreign_wording(std::uint64_t begin, const auto &formulas) : fingerprint(begin) {
    for (const expression_record *formula : formulas)
      fingerprint = mix(fingerprint, of(*formula));
  }

private:
  constexpr std::uint64_t place_of(const operation_record &operation) {
    int place = 0;
    while (place < operations.size && !(*operations.items[place] == operation))
      ++place;
    if (place == operations.size)
      operations.push(&operation);
    return static_cast<std::uint64_t>(place);
  }

  constexpr std::uint64_t of(const expression_record &formula) {
    if (!formula.holds_foreign)
      return formula.fingerprint;
    const formula_name &name = formula.abbreviation;
    std::uint64_t result = name.count > 0 ? name.fingerprint : formula.operation->fingerprint;
    for (int i = 0; i < name.count; ++i)
      result = mix(result, place_of(*name.foreign[i]));
    if (name.count > 0)
      return result;
    if (formula.operation->is_foreign)
      result = mix(result, place_of(*formula.operation));
    for (int i = 0; i < formula.operand_count; ++i)
      result = mix(result, of(*formula.operands[i]));
    return result;
  }
};

/// Name<a fingerprint, the foreign operations of Formulas>.
template <template <std::uint64_t, class...> class Name, std::uint64_t Begin, const auto &Formulas>
struct foreign_name {
  static constexpr int count = foreign_wording(Begin, Formulas).operations.size;
  static constexpr std::uint64_t fingerprint = foreign_wording(Begin, Formulas).fingerprint;
  static constexpr auto operations = [] {
    const foreign_wording wording(Begin, Formulas);
    std::array<const operation_record *, std::size_t{count}> result{};
    for (int i = 0; i < count; ++i)
      result[static_cast<std::size_t>(i)] = wording.operations.items[i];
    return result;
  }();

  template <std::size_t... I>
  static auto among(std::index_sequence<I...>)
      -> Name<fingerprint, typename type_at<*operations[I]->type>::type...>;
  using type = decltype(among(std::make_index_sequence<std::size_t{count}>{}));
};

constexpr std::uint64_t fingerprint_of_all(const auto &formulas) {
  std::uint64_t result = 0;
  for (const expression_record *formula : formulas)
    result = mix(result, formula->fingerprint);
  return result;
}

constexpr bool hold_foreign(const auto &formulas) {
  for (const expression_record *formula : formulas)
    if (formula->holds_foreign)
      return true;
  return false;
}

/// What Formulas go by: Name<Fingerprint>, with the foreign operations in them if there are any.
template <template <std::uint64_t, class...> class Name, std::uint64_t Fingerprint,
          const auto &Formulas, bool HoldForeign = hold_foreign(Formulas)>
struct name_of_formulas {
  using type = Name<Fingerprint>;
};
template <template <std::uint64_t, class...> class Name, std::uint64_t Fingerprint,
          const auto &Formulas>
struct name_of_formulas<Name, Fingerprint, Formulas, true>
    : foreign_name<Name, Fingerprint, Formulas> {};

template <class Expression>
inline constexpr std::array<const expression_record *, 1> alone{&record_of<Expression>::value};

/// The expression Operation(Operands...).
template <class Operation, class... Operands>
constexpr auto construct(Operands...) {
  using written = apply<Operation, Operands...>;
  constexpr const expression_record &spelled = record_of<written>::value;
  if constexpr (spelled.names <= names_spelled_out)
    return written{};
  else if constexpr (!spelled.holds_foreign) // without what is instantiated to find names
    return defined<abbreviated<spelled.fingerprint>, written>{};
  else
    return defined<typename name_of_formulas<abbreviated, spelled.fingerprint, alone<written>,
                                             spelled.holds_foreign>::type,
                   written>{};
}

} // namespace detail
} // namespace chainrule
