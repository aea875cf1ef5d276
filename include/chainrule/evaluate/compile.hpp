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
  Scalar values[sizeof...(Parts)];

  template <int Place>
  constexpr const Scalar &get() const {
    return values[Place];
  }
  constexpr const Scalar *begin() const { return values; }
  constexpr const Scalar *end() const { return values + sizeof...(Parts); }
  friend bool operator==(const slopes &, const slopes &) = default;
};

} // namespace chainrule

// auto [by_w1, by_w2] = slope;
template <class Scalar, class... Parts>
struct std::tuple_size<chainrule::slopes<Scalar, Parts...>>
    : std::integral_constant<std::size_t, sizeof...(Parts)> {};
template <std::size_t Place, class Scalar, class... Parts>
struct std::tuple_element<Place, chainrule::slopes<Scalar, Parts...>> {
  using type = const Scalar;
};

namespace chainrule {

namespace detail {

template <class T>
struct output;

template <expression Network>
struct output<Network> {
  static constexpr std::size_t size = 1;
  static constexpr std::array<const expression_record *, 1> networks{&record<Network>};

  template <class Scalar>
  using type = Scalar;

  template <class Scalar>
  CHAINRULE_INLINE static constexpr Scalar *begin(Scalar &value) {
    return &value;
  }
};

template <class Function, class... Parts>
struct output<gradient_of<Function, Parts...>> {
  static constexpr std::size_t size = sizeof...(Parts);
  static constexpr std::array<const expression_record *, size> networks{
      &record<decltype(partial(Function{}, Parts{}))>...};

  template <class Scalar>
  using type = slopes<Scalar, Parts...>;

  template <class Scalar>
  CHAINRULE_INLINE static constexpr Scalar *begin(slopes<Scalar, Parts...> &values) {
    return values.values;
  }
};

template <class T>
inline constexpr bool is_output = expression<T>;
template <class Function, class... Parts>
inline constexpr bool is_output<gradient_of<Function, Parts...>> = true;

template <class... T>
struct alone_or_tuple {
  using type = std::tuple<T...>;
};
template <class T>
struct alone_or_tuple<T> {
  using type = T;
};

/// Output, and place in it, of one of the values of all outputs.
struct location {
  std::size_t output;
  std::size_t place;
};

template <class... Outputs>
struct output_list {
  static constexpr std::size_t count = sizeof...(Outputs);
  static constexpr std::size_t size = (0 + ... + output<Outputs>::size); // values of all of them

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
    ((result = mix(result, expression<Outputs> ? 0 : output<Outputs>::size)), ...);
    for (const expression_record *network : networks)
      result = mix(result, network->fingerprint);
    return result;
  }();

  /// What the caller receives: one output alone as it is, several as a tuple.
  template <class Scalar>
  using result = typename alone_or_tuple<typename output<Outputs>::template type<Scalar>...>::type;

  /// Where the values of each output begin in what the caller receives.
  template <class Scalar, std::size_t... I>
  CHAINRULE_INLINE static constexpr void locate(auto &result, Scalar **begins,
                                                std::index_sequence<I...>) {
    if constexpr (sizeof...(I) == 1)
      (..., (begins[I] = output<Outputs>::begin(result)));
    else
      (..., (begins[I] = output<Outputs>::begin(std::get<I>(result))));
  }

  static constexpr std::array<location, size> locations = [] {
    std::array<location, size> result{};
    std::size_t next = 0, which = 0;
    for (const std::size_t count : {output<Outputs>::size...}) {
      for (std::size_t place = 0; place < count; ++place)
        result[next++] = {which, place};
      ++which;
    }
    return result;
  }();
};

/// A draft with room enough. Lists of outputs go by their fingerprint, which keeps names short.
template <std::uint64_t List, int Parts, int Factor>
struct fitting_draft {
  static constexpr auto attempt = drafted<Parts, Factor>(structure_of<List>::networks);

  static constexpr const auto &value() {
    if constexpr (attempt.fits)
      return attempt;
    else
      return fitting_draft<List, Parts, 4 * Factor>::value();
  }
};

/// The program of a list of outputs.
template <std::uint64_t List>
struct program_of {
  static constexpr int parts = [] {
    int result = 0;
    visit_parts(structure_of<List>::networks, [&](const expression_record &) { ++result; });
    return result;
  }();
  // A chain of sigmoids has 8 instructions for 3 parts, sigmoid(h) * h has 10 for 2.
  static constexpr const auto &whole = fitting_draft<List, parts, 5>::value();
  static constexpr program<whole.variable_count, whole.constant_count, whole.instruction_count,
                           whole.output_count>
      value{shortened<whole.variable_count>(whole.variables),
            shortened<whole.constant_count>(whole.constants),
            shortened<whole.instruction_count>(whole.code),
            shortened<whole.output_count>(whole.outputs)};
  static constexpr auto mentioned = shortened<whole.mentioned_count>(whole.mentioned);

  /// A name that stands for two different variables, or none.
  static constexpr std::string_view ambiguous = [] {
    index_table names;
    for (const variable_name &variable : mentioned) {
      const std::uint64_t name = hash(variable.text);
      if (names.find(name) >= 0)
        return variable.text;
      names.insert(name, 0);
    }
    return std::string_view{};
  }();
};

/// The registers of a running program: arguments where they are, then constants and results. The
/// compiler may not move a load across a call of exp, so a copy of each argument made beforehand
/// would cost a load and a spill.
template <class Scalar, std::size_t Arguments, std::size_t Results>
struct register_file {
  const Scalar *arguments[Arguments + 1];
  Scalar results[Results + 1];

  CHAINRULE_INLINE constexpr const Scalar &operator[](int i) const {
    constexpr int first = static_cast<int>(Arguments);
    return i < first ? *arguments[i] : results[i - first];
  }
};

/// One instruction. The registers are numbers known to the compiler once this is inlined; as
/// template arguments they would cost an instantiation for each instruction.
template <class Operation, class Scalar>
CHAINRULE_INLINE constexpr void step(const auto &r, Scalar &result, const instruction &what) {
  const operand_indices &in = what.inputs;
  if constexpr (Operation::arity == 1)
    result = Operation::value(r[in.at[0]]);
  else if constexpr (Operation::arity == 2)
    result = Operation::value(r[in.at[0]], r[in.at[1]]);
  else
    result = Operation::value(r[in.at[0]], r[in.at[1]], r[in.at[2]]);
}

/// Stores an output, if it is one.
template <bool IsOutput, class Scalar>
CHAINRULE_INLINE constexpr void
store([[maybe_unused]] Scalar *const *begins, [[maybe_unused]] const location *locations,
      [[maybe_unused]] int output, [[maybe_unused]] const Scalar &value) {
  if constexpr (IsOutput)
    begins[locations[output].output][locations[output].place] = value;
}

// What follows is named by the fingerprint of the outputs: spelled out, 200 layers had 7 MB of
// names in their debug information.

/// Up to 64 instructions: a fold of more than 256 operands is too deep for clang. An output is
/// stored at once: at the end all of them would have been spilled.
template <std::uint64_t List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_block([[maybe_unused]] auto &r,
                                          [[maybe_unused]] Scalar *const *begins,
                                          std::index_sequence<I...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr std::size_t first = program.constants.size() + First;
  ((step<structure_of<program.code[First + I].operation>>(r, r.results[first + I],
                                                          program.code[First + I]),
    store<(program.code[First + I].output >= 0)>(begins, structure_of<List>::locations.data(),
                                                 program.code[First + I].output,
                                                 r.results[first + I])),
   ...);
}

template <std::uint64_t List, class Scalar, std::size_t... Block>
CHAINRULE_INLINE constexpr void run_blocks([[maybe_unused]] auto &r,
                                           [[maybe_unused]] Scalar *const *begins,
                                           std::index_sequence<Block...>) {
  constexpr std::size_t size = program_of<List>::value.code.size();
  (run_block<List, 64 * Block>(
       r, begins, std::make_index_sequence<(size - 64 * Block < 64 ? size - 64 * Block : 64)>{}),
   ...);
}

/// Stores the outputs that are no results of instructions, or the same result as another output.
template <std::uint64_t List, class Scalar, std::size_t... Output>
CHAINRULE_INLINE constexpr void store_rest([[maybe_unused]] const auto &r,
                                           [[maybe_unused]] Scalar *const *begins,
                                           std::index_sequence<Output...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr auto is_stored = [](int output) {
    const int from =
        program.outputs[static_cast<std::size_t>(output)] - static_cast<int>(program.first_result);
    return from >= 0 && program.code[static_cast<std::size_t>(from)].output == output;
  };
  (store<!is_stored(Output)>(begins, structure_of<List>::locations.data(), Output,
                             r[program.outputs[Output]]),
   ...);
}

template <class Program, class Scalar>
constexpr auto rounded_constants() {
  std::array<Scalar, Program::value.constants.size()> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = math::rounded<Scalar>(Program::value.constants[i]);
  return result;
}

/// The values of all outputs; *given[where[i]] is the value of the program's variable i.
template <std::uint64_t List, class Scalar, std::size_t... Variable, std::size_t... Constant>
CHAINRULE_INLINE constexpr auto
run([[maybe_unused]] const Scalar *const *given, [[maybe_unused]] const auto &where,
    std::index_sequence<Variable...>, std::index_sequence<Constant...>) {
  using outputs = structure_of<List>;
  constexpr const auto &program = program_of<List>::value;
  register_file<Scalar, sizeof...(Variable), sizeof...(Constant) + program.code.size()> r;
  ((r.arguments[Variable] = given[where[Variable]]), ...);
  if constexpr (std::floating_point<Scalar>) {
    constexpr auto constants = rounded_constants<program_of<List>, Scalar>(); // by the compiler
    ((r.results[Constant] = constants[Constant]), ...);
  } else {
    const auto constants = rounded_constants<program_of<List>, Scalar>();
    ((r.results[Constant] = constants[Constant]), ...);
  }
  typename outputs::template result<Scalar> result;
  Scalar *begins[outputs::count];
  outputs::locate(result, begins, std::make_index_sequence<outputs::count>{});
  run_blocks<List>(r, begins, std::make_index_sequence<(program.code.size() + 63) / 64>{});
  store_rest<List>(r, begins, std::make_index_sequence<program.outputs.size()>{});
  return result;
}

/// The value itself, or its conversion to the scalar of the call.
template <class Scalar, class Value>
CHAINRULE_INLINE constexpr const Scalar *as_scalar(const Value &value, Scalar &converted) {
  if constexpr (std::same_as<Scalar, Value>) {
    return &value;
  } else {
    converted = static_cast<Scalar>(value);
    return &converted;
  }
}

/// The call with the bindings that points hold in the place of the points; there is one at least.
template <class Call, class First, class... Rest>
CHAINRULE_INLINE constexpr auto with_points_opened(const Call &call, const First &first,
                                                   const Rest &...rest) {
  if constexpr (is_point<First>)
    return std::apply([&](const auto &...bindings) { return call(rest..., bindings...); },
                      first.bindings);
  else
    return with_points_opened(call, rest..., first);
}

} // namespace detail

/// A function of named arguments; stateless, constexpr, without allocation or branch.
template <std::uint64_t Fingerprint>
struct compiled {
  using outputs = detail::structure_of<Fingerprint>;
  using program = detail::program_of<Fingerprint>;

  /// The outputs at the arguments: one alone as it is, several as a std::tuple. Inlined whatever
  /// its size, so that results go from registers to where the caller wants them.
  template <class... Arguments>
  CHAINRULE_INLINE constexpr auto operator()(const Arguments &...arguments) const noexcept {
    if constexpr ((... || detail::is_point<Arguments>)) {
      return detail::with_points_opened(*this, arguments...);
    } else if constexpr (detail::are_arguments<program, Arguments...>()) {
      using scalar =
          typename detail::common_scalar<std::remove_cvref_t<decltype(arguments.value)>...>::type;
      constexpr auto where = detail::argument_order<program, Arguments...>();
      scalar converted[sizeof...(Arguments) + 1];
      std::size_t next = 0;
      const scalar *given[sizeof...(Arguments) + 1]{
          detail::as_scalar<scalar>(arguments.value, converted[next++])...};
      return detail::run<Fingerprint>(given, where,
                                      std::make_index_sequence<program::value.variables.size()>{},
                                      std::make_index_sequence<program::value.constants.size()>{});
    } else {
      return typename outputs::template result<double>{};
    }
  }
};

/// Expressions and gradients as one function, `compile(loss, gradient(loss, w1, w2))`.
template <class... Outputs>
[[nodiscard]] constexpr auto compile(Outputs...) {
  static_assert(sizeof...(Outputs) > 0, "compile(): name what is to be computed, as in "
                                        "compile(loss, gradient(loss, w))");
  static_assert((... && detail::is_output<Outputs>),
                "compile(f): an argument is neither an expression nor a gradient; build it from "
                "variables and literals, as in compile(sigmoid(w * x))");
  if constexpr (sizeof...(Outputs) == 0 || !(... && detail::is_output<Outputs>)) {
    return [](const auto &...) { return 0.0; };
  } else {
    using list = detail::output_list<Outputs...>;
    return compiled<detail::defined<list::fingerprint, list>>{};
  }
}

} // namespace chainrule
