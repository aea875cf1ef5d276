// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// to_string(expression): its formula in ordinary notation, as it was written, with only the
// parentheses that are needed. Constants print exactly, as decimals or fractions; derivatives print
// simplified. It is a constant of the program, so that it can stand in a static_assert and costs
// nothing at run time. to_string(expression, named_parts) gives what recurs in it a line and a
// name. Read next: the examples.
#pragma once

#include <chainrule/print/text_writer.hpp>
#include <chainrule/program/lower.hpp>

namespace chainrule {
namespace detail {

/// Beyond so many symbols a formula in which a part recurs often grows beyond bounds.
inline constexpr std::int64_t longest_text = 2000;

/// Writes nodes as text, an operand in parentheses where it binds less than its surroundings.
class formula_writer {
public:
  /// In what has more symbols than `longest`, parts that recur are named.
  constexpr explicit formula_writer(graph &of, std::int64_t longest = longest_text)
      : home(of), most_symbols(longest) {}

  constexpr void write(symbol result, text_writer &out) {
    called.append(home.nodes.size, 0);
    name_shared_parts(result, out);
    write_node(result.index, 0, out);
  }

private:
  graph &home;
  std::int64_t most_symbols;
  list<int> names;  // of nodes that are written once and named, 0: none
  list<int> called; // what places are called just now: named_places and 1, or -1 - a number

  /// A formula in which a part recurs often grows beyond bounds; those parts get a line each.
  constexpr void name_shared_parts(symbol result, text_writer &out) {
    names.append(home.nodes.size, 0);
    list<bool> needed;
    mark_needed(home, list<int>(1, result.index), needed);
    list<int> uses(home.nodes.size, 0);
    list<std::int64_t> symbols(home.nodes.size, 1);
    for (int i = 0; i < needed.size; ++i)
      if (needed.items[i])
        for (int k = 0; k < home.nodes.items[i].input_count; ++k) {
          const int input = home.input(i, k);
          ++uses.items[input];
          symbols.items[i] += symbols.items[input];
          if (symbols.items[i] > most_symbols)
            symbols.items[i] = most_symbols + 1;
        }
    if (symbols.items[result.index] <= most_symbols)
      return;
    int count = 0;
    // What stands in the body of a recurrence has no meaning outside.
    for (int i = 0; i < needed.size; ++i)
      if (const node &here = home.nodes.items[i];
          needed.items[i] && uses.items[i] > 1 && here.input_count > 0 && here.scope == 0 &&
          here.operation->role != loop_role::loop && !is<transpose_operation>(home.at(i))) {
        out.write("t");
        out.write(std::int64_t{count + 1});
        out.write(" = ");
        write_node(i, 0, out);
        out.write("\n");
        names.items[i] = ++count;
      }
  }

  constexpr void write_node(int index, int surrounding, text_writer &out) {
    const node here = home.nodes.items[index];
    const operation_record &operation = *here.operation;
    if (names.items[index] != 0) {
      out.write("t");
      out.write(std::int64_t{names.items[index]});
      return;
    }
    const bool parentheses = precedence_of(here) < surrounding && elementwise_name(here).empty();
    if (parentheses)
      out.write("(");
    if (*here.operation == variable_record) {
      out.write(home.variables.items[here.content].text);
    } else if (*here.operation == place_record) {
      write_place(index, out);
    } else if (operation.role == loop_role::seen) {
      write_recurrence(home.at(index), out);
    } else if (const symbol rows = home.at(index);
               is<transpose_operation>(rows) && is<loop_sequence_operation>(rows.operand(0))) {
      write_recurrence(rows.operand(0), out);
    } else if (*here.operation == number_record) {
      out.write(home.numbers.items[here.content]);
    } else if (operation.written == notation::prefix) {
      out.write(operation.name);
      // -(x / y) needs no parentheses, -(-x) does
      const bool again = home.nodes.items[home.inputs.items[here.first_input]].operation->written ==
                         notation::prefix;
      write_node(home.inputs.items[here.first_input], operation.precedence + (again ? 1 : 0), out);
    } else if (const std::string_view name = elementwise_name(here); !name.empty()) {
      write_call(name, here, out);
    } else if (operation.written == notation::infix) {
      write_node(home.inputs.items[here.first_input], operation.precedence, out);
      out.write(" ");
      out.write(operation.name);
      out.write(" ");
      // a - (b + c) keeps its parentheses, a + (b + c) needs none
      write_node(home.inputs.items[here.first_input + 1],
                 operation.precedence + (operation.is_commutative ? 0 : 1), out);
    } else {
      write_call(operation.name, here, out);
    }
    if (parentheses)
      out.write(")");
  }

  constexpr void write_place(int index, text_writer &out) {
    const int name = called.items[index] != 0 ? called.items[index] : name_for(index, {});
    if (name > 0) {
      out.write(home.named_places.items[name - 1].name);
    } else {
      out.write("_");
      out.write(std::int64_t{-1 - name});
    }
  }

  /// Names the places in a loop for the time that it is written: its own, which it may share with
  /// others, and those that have no name yet. What they were called before.
  constexpr list<int> name_places(const loop_view &loop, symbol part) {
    list<int> before = called, body(1, part.index), own;
    for (int k = 0; k < loop.states(); ++k) {
      own.push(loop.state(k).index);
      body.push(loop.next(k).index);
    }
    for (int k = 0; k < loop.elements(); ++k)
      own.push(loop.element(k).index);
    list<bool> inside;
    mark_needed(home, body, inside);
    for (const int place : own) {
      called.items[place] = 0;
      inside.items[place] = true;
    }
    for (const int place : own)
      name(place, inside);
    for (int i = 0; i < inside.size; ++i)
      if (inside.items[i])
        name(i, inside);
    return before;
  }
  constexpr void name(int place, const list<bool> &inside) const {
    if (called.items[place] == 0 && *home.nodes.items[place].operation == place_record)
      called.items[place] = name_for(place, inside);
  }
  /// The first variable that it stood for, unless something else inside is called so; else a
  /// number.
  constexpr int name_for(int place, const list<bool> &inside) const {
    for (int i = 0; i < home.named_places.size; ++i)
      if (home.named_places.items[i].node == place && !is_taken(i + 1, inside))
        return i + 1;
    int number = -1 - home.nodes.items[place].content;
    while (is_taken(number, inside))
      --number;
    return number;
  }
  constexpr bool is_taken(int name, const list<bool> &inside) const {
    const auto text = [&](int of) { return home.named_places.items[of - 1].name; };
    for (int i = 0; i < inside.size; ++i) {
      if (!inside.items[i] || home.nodes.items[i].content < 0)
        continue;
      const node &here = home.nodes.items[i];
      const int other = called.items[i];
      if (name < 0 ? other == name
                   : (other > 0 && text(other) == text(name)) ||
                         (*here.operation == variable_record &&
                          home.variables.items[here.content].text == text(name)))
        return true;
    }
    return false;
  }

  /// fold(body, h = h0, u = X), scan(body, ...) and, what derivatives are made of,
  /// total(part, update(h = body), ...); of several states update(h = ..., c = ...).
  constexpr void write_recurrence(symbol seen, text_writer &out) {
    const loop_view loop{seen.operand(0)};
    const symbol part = seen.operand(1);
    const bool is_last = is<loop_final_operation>(seen);
    const bool is_plain = loop.states() == 1 && (is_last || part == loop.next(0));
    const bool has_steps = loop.elements() == 0;
    const list<int> called_before = name_places(loop, part);
    out.write(is<loop_total_operation>(seen) ? "total"
              : is_last                      ? has_steps ? "iterate" : "fold"
              : has_steps                    ? "orbit"
                                             : "scan");
    if (loop.is_backward())
      out.write("_backward");
    if (has_steps) {
      out.write("<");
      out.write(std::int64_t{loop.capacity()});
      out.write(">");
    }
    out.write("(");
    if (!is_plain) {
      write_node(part.index, 0, out);
      out.write(loop.states() > 0 ? ", update(" : "");
    }
    for (int k = 0; k < loop.states(); ++k) {
      if (!is_plain) {
        out.write(k > 0 ? ", " : "");
        write_node(loop.state(k).index, 0, out);
        out.write(" = ");
      }
      write_node(loop.next(k).index, 0, out);
    }
    out.write(!is_plain && loop.states() > 0 ? ")" : "");
    const auto write_binding = [&](symbol place, symbol value, std::string_view before = ", ") {
      out.write(before);
      write_node(place.index, 0, out);
      out.write(" = ");
      write_node(value.index, 0, out);
    };
    for (int k = 0; k < loop.states(); ++k)
      write_binding(loop.state(k), loop.initial(k));
    for (int k = 0; k < loop.elements(); ++k) {
      const symbol rows = loop.sequence(k);
      if (is<transpose_operation>(rows))
        write_binding(loop.element(k), rows.operand(0));
      else
        write_binding(loop.element(k), rows, ", row ");
    }
    if (!loop.rounds().is(loop.capacity())) {
      out.write(", steps(");
      write_node(loop.rounds().index, 0, out);
      out.write(")");
    }
    out.write(loop.is_recomputed() ? ", recomputed)" : ")");
    called = called_before;
  }

  constexpr void write_call(std::string_view name, const node &here, text_writer &out) {
    out.write(name);
    // rows_of<0, 2>(x): its numbers are in front
    const bool is_part = here.operation->written == notation::part;
    for (int k = 1; is_part && k < here.input_count; ++k) {
      out.write(k == 1 ? "<" : ", ");
      write_node(home.inputs.items[here.first_input + k], 0, out);
    }
    out.write(is_part ? ">" : "");
    for (int k = 0; k < (is_part ? 1 : here.input_count); ++k) {
      out.write(k == 0 ? "(" : ", ");
      write_node(home.inputs.items[here.first_input + k], 0, out);
    }
    if (here.input_count > 0) // pi is a constant
      out.write(")");
  }

  /// `A * B` of matrices is their product; element by element it is written by name.
  constexpr std::string_view elementwise_name(const node &here) const {
    const bool is_product = *here.operation == operation_record_of<multiply_operation>::value;
    const bool is_quotient = *here.operation == operation_record_of<divide_operation>::value;
    if (!is_product && !is_quotient)
      return {};
    const bool left = home.nodes.items[home.inputs.items[here.first_input]].is_scalar();
    if (home.nodes.items[home.inputs.items[here.first_input + 1]].is_scalar() ||
        (left && is_product))
      return {};
    return is_product ? "elementwise_product" : "elementwise_quotient";
  }

  /// A fraction or a negative number binds like a division.
  constexpr int precedence_of(const node &here) const {
    if (*here.operation != number_record)
      return here.operation->precedence;
    const math::number &value = home.numbers.items[here.content];
    return value.is_negative() || (value.denominator != 1 && !decimal(value).exists)
               ? operation_record_of<divide_operation>::value.precedence
               : number_record.precedence;
  }
};

/// Lowers the formula as it stands, writes it and hands on the text.
template <class Function>
constexpr auto with_text(const expression_record &network, std::int64_t longest, Function use) {
  graph home;
  list<int> result(1, lowered(home, network, form::as_written).index);
  for (bool is_defined = true; is_defined;) { // by formulas that have some themselves
    is_defined = false;
    rebuild(home, result, [&](int index, operand_list operands, bool changed) {
      const operation_record &operation = *home.nodes.items[index].operation;
      if (operation.written == notation::definition) {
        is_defined = true;
        return operation.definition(home, operands).index;
      }
      if (is<reshape_operation>(home.at(index))) // the row of a Jacobian
        return home.make(operation, operands).index;
      return changed ? home.written(operation, operands).index : index;
    });
  }
  text_writer out;
  formula_writer(home, longest).write({&home, result.items[0]}, out);
  return use(out.text);
}

/// The characters and a '\0'.
template <std::size_t Size>
constexpr std::array<char, Size + 1> as_array(const list<char> &text) {
  std::array<char, Size + 1> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = text.items[i];
  return result;
}

template <class Expression, std::int64_t Longest = longest_text>
struct text_of {
  static constexpr std::size_t size = with_text(
      record<Expression>, Longest, [](const list<char> &text) { return std::size_t(text.size); });
  static constexpr auto value = with_text(
      record<Expression>, Longest, [](const list<char> &text) { return as_array<size>(text); });
};

/// What to_string is asked for beside the formula.
struct naming_of_parts {};

} // namespace detail

/// to_string(f, named_parts): parts that recur get a line each, t1 = sigmoid(w * x), and the
/// formula is the last line.
inline constexpr detail::naming_of_parts named_parts{};

/// The formula of an expression, as text that lasts as long as the program and ends in '\0'.
template <expression Expression>
[[nodiscard]] constexpr std::string_view to_string(Expression) {
  if constexpr (detail::any_mistaken<Expression>)
    return {};
  else
    return {detail::text_of<Expression>::value.data(), detail::text_of<Expression>::size};
}

template <expression Expression>
[[nodiscard]] constexpr std::string_view to_string(Expression, detail::naming_of_parts) {
  using text = detail::text_of<Expression, 1>;
  return {text::value.data(), text::size};
}

/// Writes the formula: std::cout << f.
template <class Stream, expression Expression>
  requires requires(Stream &stream, std::string_view text) { stream << text; }
Stream &operator<<(Stream &stream, Expression formula) {
  stream << to_string(formula);
  return stream;
}

/// Writes a line for each variable, w1 = 0.25, of a gradient at run time or of parameters; of a
/// gradient(f, w1, w2) the formulas. The rows of a matrix follow its name on lines of their own.
template <class Stream, class Derived, class Keys>
  requires requires(Stream &stream, std::string_view text) { stream << text; }
CHAINRULE_INLINE inline Stream &operator<<(Stream &stream,
                                           const by_variable<Derived, Keys> &values) {
  const auto write = [&](auto key, const auto &value) CHAINRULE_INLINE_CALL {
    constexpr bool is_line =
        detail::record<decltype(key)>.shape.is_scalar() || expression<decltype(value)>;
    stream << to_string(key) << (is_line ? " = " : " =\n") << value;
    if (is_line)
      stream << '\n';
  };
  Keys::unpack([&](auto... keys) CHAINRULE_INLINE_CALL { (write(keys, values[keys]), ...); });
  return stream;
}

/// Writes what a call returns, std::cout << step(w = 0.25): the value on a line, and those of a
/// gradient below it.
template <class Stream, class... Outputs>
  requires(... || requires { typename Outputs::keys; })
CHAINRULE_INLINE inline Stream &operator<<(Stream &stream, const std::tuple<Outputs...> &outputs) {
  const auto write = [&](const auto &output) CHAINRULE_INLINE_CALL {
    stream << output;
    if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(output)>>)
      stream << '\n';
  };
  std::apply([&](const auto &...each) CHAINRULE_INLINE_CALL { (write(each), ...); }, outputs);
  return stream;
}

} // namespace chainrule
