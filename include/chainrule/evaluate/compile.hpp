// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// compile(outputs...): a stateless function that computes expressions and gradients together, in
// straight-line code. `auto [value, slope] = compile(f, gradient(f, w))(w = 0.25, x = 1.0);`
// Each instruction of the program becomes one inlined step on an array of registers with fixed
// indices, which the optimiser turns into machine registers.
// Read next: check/gradient_check.hpp.
#pragma once

#include <chainrule/evaluate/bindings.hpp>

namespace chainrule {

/// The value of a gradient: slope[w1], or in the order in which the variables were named.
template <class Scalar, class... Parts>
struct slopes : by_variable<slopes<Scalar, Parts...>, Parts...> {
  std::array<Scalar, sizeof...(Parts)> values;

  template <int Place>
  constexpr const Scalar &get() const {
    return values[Place];
  }
  constexpr auto begin() const { return values.begin(); }
  constexpr auto end() const { return values.end(); }
};

namespace detail {

template <class T>
struct output;

template <expression Network>
struct output<Network> {
  static constexpr std::size_t size = 1;
  static constexpr std::array<const expression_record *, 1> networks{&record<Network>};

  template <class Scalar>
  static constexpr Scalar collected(const Scalar &value) {
    return value;
  }
};

template <class Function, class... Parts>
struct output<gradient_of<Function, Parts...>> {
  static constexpr std::size_t size = sizeof...(Parts);
  static constexpr std::array<const expression_record *, size> networks{
      &record<decltype(partial(Function{}, Parts{}))>...};

  template <class Scalar>
  static constexpr auto collected(const std::same_as<Scalar> auto &...values) {
    return slopes<Scalar, Parts...>{{}, {values...}};
  }
};

template <class T>
inline constexpr bool is_output = expression<T>;
template <class Function, class... Parts>
inline constexpr bool is_output<gradient_of<Function, Parts...>> = true;

template <class... Outputs>
struct output_list {
  static constexpr std::size_t size = (0 + ... + output<Outputs>::size);

  static constexpr std::array<const expression_record *, size> networks = [] {
    std::array<const expression_record *, size> result{};
    std::size_t next = 0;
    const auto append = [&](const auto &part) {
      for (const expression_record *network : part)
        result[next++] = network;
    };
    (append(output<Outputs>::networks), ...);
    return result;
  }();

  static constexpr std::uint64_t fingerprint = [] {
    std::uint64_t result = hash("compile");
    ((result = mix(mix(result, output<Outputs>::size), output<Outputs>::networks[0]->fingerprint)),
     ...);
    for (const expression_record *network : networks)
      result = mix(result, network->fingerprint);
    return result;
  }();

  /// The outputs as the caller receives them, from the registers that hold them.
  template <class Program, class Scalar>
  static constexpr auto collected(const Scalar *r) {
    if constexpr (sizeof...(Outputs) == 1)
      return one<Outputs..., 0, Program>(r, std::make_index_sequence<size>{});
    else
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return std::tuple{one<Outputs, first<I>, Program>(
            r, std::make_index_sequence<output<Outputs>::size>{})...};
      }
    (std::make_index_sequence<sizeof...(Outputs)>{});
  }

private:
  /// How many values stand before the output of this index.
  template <std::size_t Index>
  static constexpr std::size_t first = [] {
    constexpr std::size_t sizes[]{output<Outputs>::size...};
    std::size_t result = 0;
    for (std::size_t i = 0; i < Index; ++i)
      result += sizes[i];
    return result;
  }();

  template <class Output, std::size_t First, class Program, class Scalar, std::size_t... I>
  static constexpr auto one(const Scalar *r, std::index_sequence<I...>) {
    return output<Output>::template collected<Scalar>(r[Program::value.outputs[First + I]]...);
  }
};

/// A draft with room enough. Lists of outputs go by their fingerprint, which keeps names short.
template <std::uint64_t List, int Capacity>
struct fitting_draft {
  static constexpr draft<Capacity> attempt = drafted<Capacity>(structure_of<List>::networks);

  static constexpr const auto &value() {
    if constexpr (attempt.fits)
      return attempt;
    else
      return fitting_draft<List, 4 * Capacity>::value();
  }
};

/// The program of a list of outputs.
template <std::uint64_t List>
struct program_of {
  static constexpr int capacity = [] {
    int parts = 0;
    visit_parts(structure_of<List>::networks, [&](const expression_record &) { ++parts; });
    return 64 + 8 * parts; // a chain of sigmoids has 9 instructions for 3 parts
  }();
  static constexpr const auto &whole = fitting_draft<List, capacity>::value();
  static constexpr program<whole.variable_count, whole.constant_count, whole.instruction_count,
                           whole.output_count>
      value{shortened<whole.variable_count>(whole.variables),
            shortened<whole.constant_count>(whole.constants),
            shortened<whole.instruction_count>(whole.code),
            shortened<whole.output_count>(whole.outputs)};
  static constexpr auto mentioned = shortened<whole.mentioned_count>(whole.mentioned);

  /// A name that stands for two different variables, or none.
  static constexpr std::string_view ambiguous = [] {
    for (std::size_t i = 0; i < mentioned.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (mentioned[i].text == mentioned[k].text)
          return mentioned[i].text;
    return std::string_view{};
  }();
};

/// One instruction. The registers are numbers known to the compiler once this is inlined; as
/// template arguments they would cost an instantiation for each instruction.
template <class Operation, class Scalar>
[[gnu::always_inline]] constexpr void step(Scalar *r, std::size_t result,
                                           const operand_indices &in) {
  if constexpr (Operation::arity == 1)
    r[result] = Operation::value(r[in.at[0]]);
  else if constexpr (Operation::arity == 2)
    r[result] = Operation::value(r[in.at[0]], r[in.at[1]]);
  else if constexpr (Operation::arity == 3)
    r[result] = Operation::value(r[in.at[0]], r[in.at[1]], r[in.at[2]]);
  else
    r[result] = Operation::value(r[in.at[0]], r[in.at[1]], r[in.at[2]], r[in.at[3]]);
}

/// Up to 64 instructions: a fold of more than 256 operands is too deep for clang.
template <class Program, std::size_t First, class Scalar, std::size_t... I>
[[gnu::always_inline]] constexpr void run_block(Scalar *r, std::index_sequence<I...>) {
  constexpr const auto &code = Program::value.code;
  (step<structure_of<code[First + I].operation>>(r, Program::value.first_result + First + I,
                                                 code[First + I].inputs),
   ...);
}

template <class Program, class Scalar, std::size_t... Block>
[[gnu::always_inline]] constexpr void run_blocks(Scalar *r, std::index_sequence<Block...>) {
  constexpr std::size_t size = Program::value.code.size();
  (run_block<Program, 64 * Block>(
       r, std::make_index_sequence<(size - 64 * Block < 64 ? size - 64 * Block : 64)>{}),
   ...);
}

template <class Program, class Scalar>
constexpr auto rounded_constants() {
  std::array<Scalar, Program::value.constants.size()> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = rounded<Scalar>(Program::value.constants[i]);
  return result;
}

/// The values of all outputs; arguments[where[i]] is the value of the program's variable i.
template <class Outputs, class Program, class Scalar, std::size_t... Variable,
          std::size_t... Constant>
[[gnu::always_inline]] constexpr auto run(const Scalar *arguments, const auto &where,
                                          std::index_sequence<Variable...>,
                                          std::index_sequence<Constant...>) {
  constexpr const auto &program = Program::value;
  Scalar r[program.registers + 1];
  ((r[Variable] = arguments[where[Variable]]), ...);
  if constexpr (std::floating_point<Scalar>) {
    constexpr auto constants = rounded_constants<Program, Scalar>(); // by the compiler
    ((r[sizeof...(Variable) + Constant] = constants[Constant]), ...);
  } else {
    const auto constants = rounded_constants<Program, Scalar>();
    ((r[sizeof...(Variable) + Constant] = constants[Constant]), ...);
  }
  run_blocks<Program>(r, std::make_index_sequence<(program.code.size() + 63) / 64>{});
  return Outputs::template collected<Program>(r);
}

} // namespace detail

/// A function of named arguments; stateless, constexpr, without allocation or branch.
template <std::uint64_t Fingerprint>
struct compiled {
  using outputs = structure_of<Fingerprint>;
  using program = detail::program_of<Fingerprint>;

  /// The outputs at the arguments: one alone as it is, several as a std::tuple.
  template <class... Arguments>
  constexpr auto operator()(const Arguments &...arguments) const noexcept {
    if constexpr (detail::are_arguments<program, Arguments...>()) {
      using scalar =
          typename detail::common_scalar<std::remove_cvref_t<decltype(arguments.value)>...>::type;
      constexpr auto where = detail::argument_order<program, Arguments...>();
      const scalar given[sizeof...(Arguments) + 1]{static_cast<scalar>(arguments.value)...};
      return detail::run<outputs, program>(
          given, where, std::make_index_sequence<program::value.variables.size()>{},
          std::make_index_sequence<program::value.constants.size()>{});
    } else {
      return outputs::template collected<program>(std::array<double, 1024>{}.data());
    }
  }
};

/// Expressions and gradients as one function, `compile(loss, gradient(loss, w1, w2))`.
template <class... Outputs>
constexpr auto compile(Outputs...) {
  static_assert(sizeof...(Outputs) > 0, "compile(): name what is to be computed, as in "
                                        "compile(loss, gradient(loss, w))");
  static_assert((... && detail::is_output<Outputs>),
                "compile(f): an argument is neither an expression nor a gradient; build it from "
                "variables and literals, as in compile(sigmoid(w * x))");
  using list = std::conditional_t<(... && detail::is_output<Outputs>),
                                  detail::output_list<Outputs...>, detail::output_list<literal<0>>>;
  return compiled<defined<list::fingerprint, list>>{};
}

} // namespace chainrule
