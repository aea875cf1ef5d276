// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// graph: a network as a plain constexpr value, a directed acyclic graph in which every distinct
// subexpression stands once (hash-consing). symbol: one node of it, with the operators and
// functions of the expression language, so that derivative rules and rewrites are written as
// formulas. Operands stand before their users: an index is larger than those of its operands.
// Read next: expression/expression.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <chainrule/math/dual.hpp>
#include <chainrule/math/number.hpp>

namespace chainrule {

class graph;

/// Mixes b into the hash a.
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  a = (a ^ (b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdull;
  return a ^ (a >> 33);
}

/// A hash of a name.
constexpr std::uint64_t hash(std::string_view text) {
  std::uint64_t result = 1469598103934665603ull;
  for (const char c : text)
    result = (result ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return mix(result, text.size());
}

/// At most so many operands has an operation: select_less(a, b, then, otherwise).
inline constexpr int most_operands = 4;

using operand_indices = std::array<int, most_operands>; // indices of nodes, -1: none

inline constexpr operand_indices no_operands{-1, -1, -1, -1};

struct operation_record;

/// One node of a graph, named by its index. Not a number: `a + b` adds a node.
struct symbol {
  graph *home = nullptr;
  int index = -1;

  constexpr bool exists() const { return index >= 0; }
  friend constexpr bool operator==(const symbol &a, const symbol &b) { return a.index == b.index; }

  constexpr const operation_record *operation() const;
  constexpr symbol operand(int which) const;
  constexpr bool is_number() const;
  constexpr const number &value() const; // of a number
  constexpr bool is(const number &value) const;
};

using symbols = std::array<symbol, most_operands>;

/// How an operation is written: binding strength, and whether as a function or between operands.
enum class notation : std::uint8_t { function, prefix, infix };

/// What the graph code knows of an operation; written by operation/operation.hpp.
struct operation_record {
  std::string_view name;
  std::uint64_t fingerprint = 0;
  int arity = 0;
  notation written = notation::function;
  int precedence = 10;
  bool is_commutative = false;
  bool may_be_infinite = false; // for finite operands: 1/x, log x, exp x
  bool is_condition = false;
  int operations = 1;   // of the floating-point unit
  int exponentials = 0; // calls of exp
  int transcendentals = 0;
  symbol (*simplified)(const symbols &) = nullptr; // no result: leave it as it is
  symbols (*adjoint)(symbol adjoint, const symbols &operands, symbol result) = nullptr;
  symbol (*definition)(const symbols &) = nullptr; // in simpler operations
  symbol (*code)(const symbols &original, const symbols &operands) = nullptr; // in machine steps
  dual (*evaluate)(const dual *operands) = nullptr;
};

/// A named input or an exact constant: what a node without operands stands for.
inline constexpr operation_record variable_record{
    .name = "variable", .fingerprint = hash("variable"), .operations = 0};
inline constexpr operation_record number_record{
    .name = "number", .fingerprint = hash("number"), .operations = 0};

/// A variable as the graph sees it.
struct variable_name {
  std::string_view text;
  std::uint64_t fingerprint = 0;
};

struct node {
  const operation_record *operation = nullptr;
  operand_indices inputs{-1, -1, -1, -1};
  int content = -1; // index of the variable or the number
  bool varies = false;
};

/// Indices found again by a hash of what they stand for: open addressing, at most half full.
class index_table {
public:
  constexpr index_table() : slots(256) {}

  /// The index with this key for which is_same(index), or -1.
  constexpr int find(std::uint64_t key, auto is_same) const {
    for (std::size_t place = key & (slots.size() - 1); slots[place].index >= 0;
         place = (place + 1) & (slots.size() - 1))
      if (slots[place].key == key && is_same(slots[place].index))
        return slots[place].index;
    return -1;
  }

  constexpr void insert(std::uint64_t key, int index) {
    if (++filled * 2 > slots.size()) {
      const std::vector<slot> old = std::exchange(slots, std::vector<slot>(slots.size() * 4));
      for (const slot &entry : old)
        if (entry.index >= 0)
          place(entry);
    }
    place({key, index});
  }

private:
  struct slot {
    std::uint64_t key = 0;
    int index = -1;
  };
  std::vector<slot> slots; // a power of two
  std::size_t filled = 0;

  constexpr void place(const slot &entry) {
    std::size_t at = entry.key & (slots.size() - 1);
    while (slots[at].index >= 0)
      at = (at + 1) & (slots.size() - 1);
    slots[at] = entry;
  }
};

class graph {
public:
  std::vector<node> nodes;
  std::vector<number> numbers;
  std::vector<variable_name> variables;

  constexpr int size() const { return static_cast<int>(nodes.size()); }
  constexpr const node &operator[](int index) const {
    return nodes[static_cast<std::size_t>(index)];
  }
  constexpr symbol at(int index) { return {this, index}; }

  constexpr symbol constant(const number &value) {
    const std::uint64_t key = mix(mix(static_cast<std::uint64_t>(value.numerator),
                                      static_cast<std::uint64_t>(value.denominator)),
                                  static_cast<std::uint64_t>(value.exponent) + 1);
    const int seen = table.find(key, [&](int index) {
      const node &other = (*this)[index];
      return other.operation == &number_record &&
             numbers[static_cast<std::size_t>(other.content)] == value;
    });
    if (seen >= 0)
      return at(seen);
    numbers.push_back(value);
    return add(key, {&number_record, no_operands, static_cast<int>(numbers.size()) - 1, false});
  }

  constexpr symbol variable(std::string_view name, std::uint64_t fingerprint) {
    const int seen = table.find(fingerprint, [&](int index) {
      const node &other = (*this)[index];
      return other.operation == &variable_record &&
             variables[static_cast<std::size_t>(other.content)].fingerprint == fingerprint;
    });
    if (seen >= 0)
      return at(seen);
    variables.push_back({name, fingerprint});
    return add(fingerprint,
               {&variable_record, no_operands, static_cast<int>(variables.size()) - 1, true});
  }

  /// The node as it is written, without any simplification.
  constexpr symbol written(const operation_record &operation, const operand_indices &inputs) {
    const std::uint64_t key = key_of(operation, inputs);
    const int seen = table.find(key, [&](int index) {
      const node &other = (*this)[index];
      return other.operation == &operation &&
             (other.inputs == inputs || (operation.is_commutative && other.inputs[0] == inputs[1] &&
                                         other.inputs[1] == inputs[0]));
    });
    if (seen >= 0)
      return at(seen);
    bool varies = false;
    for (int i = 0; i < operation.arity; ++i)
      varies = varies || (*this)[inputs[static_cast<std::size_t>(i)]].varies;
    return add(key, {&operation, inputs, -1, varies});
  }

  /// The node after the rules of its operation.
  constexpr symbol make(const operation_record &operation, const operand_indices &inputs) {
    if (operation.simplified)
      if (const symbol better = operation.simplified(symbols_of(inputs)); better.exists())
        return better;
    return written(operation, inputs);
  }

  constexpr symbols symbols_of(const operand_indices &inputs) {
    return {at(inputs[0]), at(inputs[1]), at(inputs[2]), at(inputs[3])};
  }

private:
  index_table table;

  static constexpr std::uint64_t key_of(const operation_record &operation,
                                        const operand_indices &inputs) {
    const auto wide = [&](std::size_t i) {
      return static_cast<std::uint64_t>(static_cast<std::uint32_t>(inputs[i]));
    };
    const std::uint64_t pair = operation.is_commutative && inputs[0] > inputs[1]
                                   ? wide(1) << 32 | wide(0)
                                   : wide(0) << 32 | wide(1);
    return mix(operation.fingerprint ^ (wide(2) << 32 | wide(3)), pair);
  }

  constexpr symbol add(std::uint64_t key, const node &fresh) {
    nodes.push_back(fresh);
    table.insert(key, size() - 1);
    return at(size() - 1);
  }
};

constexpr const operation_record *symbol::operation() const { return (*home)[index].operation; }
constexpr symbol symbol::operand(int which) const {
  return {home, (*home)[index].inputs[static_cast<std::size_t>(which)]};
}
constexpr bool symbol::is_number() const { return operation() == &number_record; }
constexpr const number &symbol::value() const {
  return home->numbers[static_cast<std::size_t>((*home)[index].content)];
}
constexpr bool symbol::is(const number &expected) const {
  return is_number() && value() == expected;
}

} // namespace chainrule
