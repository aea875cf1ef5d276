// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A step over a data set: mean_over_samples(step)(theta, x = in_columns(X), y = in_rows(Y)) is the
// mean of what the step of one sample computes, value and gradient; a sample in each lane of the
// vector registers, in parts that an executor of the user's may run on several threads. It is not
// in chainrule.hpp, so that who does not need it does not compile it.
// Read next: samples/source.hpp.
#pragma once

#include <chainrule/samples/source.hpp>

namespace chainrule {

namespace detail::CHAINRULE_FLAGS {

/// The executor where none is given.
struct one_after_another {
  constexpr void operator()(std::size_t parts, const auto &run) const {
    for (std::size_t part = 0; part < parts; ++part)
      run(part);
  }
};

/// The value of an argument while a sample is computed, or several in the lanes of Scalar. One that
/// is the same for all samples:
template <class Scalar, class Argument>
struct value_at_sample {
  const Argument &given;

  explicit value_at_sample(const Argument &argument) : given(argument) {}
  CHAINRULE_INLINE constexpr void go_to(std::size_t, std::size_t) {}
  CHAINRULE_INLINE constexpr const Argument &bound() const { return given; }
};
template <math::has_lanes Scalar, class Variable, class Value>
struct value_at_sample<Scalar, binding<Variable, Value>> {
  using value_type = typename result_of<Variable>::template type<Scalar>;
  value_type value;

  explicit value_at_sample(const binding<Variable, Value> &given) {
    using number = math::lane<Scalar>;
    number converted{};
    const auto *const from =
        place_of<number, matrix_variable<binding<Variable, Value>>>(given.value, converted);
    auto *const to = result_of<Variable>::template begin<Scalar>(value);
    for (std::size_t i = 0; i < size_of<Variable>; ++i)
      to[i] = math::in_every_lane<Scalar>(from[i]);
  }
  CHAINRULE_INLINE constexpr void go_to(std::size_t, std::size_t) {}
  CHAINRULE_INLINE constexpr auto bound() const {
    return binding<Variable, const value_type &>{value};
  }
};
/// One that each sample brings:
template <class Scalar, class Variable, class Samples>
struct value_at_sample<Scalar, sample_reader<Variable, Samples>> {
  using value_type = typename result_of<Variable>::template type<Scalar>;
  const sample_reader<Variable, Samples> &reader;
  value_type value{};

  explicit value_at_sample(const sample_reader<Variable, Samples> &from) : reader(from) {}

  /// Behind the last sample it is the last one once more.
  CHAINRULE_INLINE constexpr void go_to(std::size_t sample, [[maybe_unused]] std::size_t last) {
    auto *const to = result_of<Variable>::template begin<Scalar>(value);
    if constexpr (!math::has_lanes<Scalar>) {
      reader.template read<1>(to, sample);
    } else {
      constexpr auto lanes = static_cast<std::size_t>(Scalar::size);
      if (sample + lanes <= last && reader.read_packs(to, sample))
        return;
      math::lane<Scalar> numbers[size_of<Variable> * lanes];
      for (std::size_t i = 0; i < lanes; ++i)
        reader.template read<lanes>(numbers + i, sample + i < last ? sample + i : last - 1);
      for (std::size_t i = 0; i < size_of<Variable>; ++i)
        to[i] = math::load<Scalar::size, sizeof(Scalar)>(numbers + lanes * i);
    }
  }
  CHAINRULE_INLINE constexpr auto bound() const {
    return binding<Variable, const value_type &>{value};
  }
};

/// Adds what a step computes at samples to numbers of the caller's.
template <class Scalar, class Outputs, class Step, class... Given>
class sum_over_samples_of {
  static constexpr std::size_t lanes = [] {
    if constexpr (math::has_lanes<Scalar>)
      return static_cast<std::size_t>(Scalar::size);
    return std::size_t{1};
  }();
  static constexpr std::size_t count = Outputs::elements;
  // A sum of 64, 64 of these, and their sum: an error that grows with 128 + n / 4096 lanes, not n.
  static constexpr std::size_t in_a_sum = 64;
  using number = math::lane<Scalar>;

  const Step &step;
  std::tuple<value_at_sample<Scalar, Given>...> arguments;

public:
  sum_over_samples_of(const Step &of, const Given &...given)
      : step(of), arguments(value_at_sample<Scalar, Given>(given)...) {}

  void add(std::size_t first, std::size_t last, number *total) {
    const std::size_t whole = first + (last - first) / lanes * lanes;
    add_sums<2>(first, whole, total);
    if (whole < last)
      add_steps(whole, last, total);
  }

private:
  template <int Level>
  void add_sums(std::size_t first, std::size_t last, number *total) {
    constexpr std::size_t samples = Level == 2 ? lanes * in_a_sum * in_a_sum : lanes * in_a_sum;
    for (; first < last; first += samples) {
      const std::size_t end = last - first < samples ? last : first + samples;
      number part[count];
      for (number &each : part)
        each = number(0.0);
      if constexpr (Level == 1)
        add_steps(first, end, part);
      else
        add_sums<Level - 1>(first, end, part);
      for (std::size_t i = 0; i < count; ++i)
        total[i] = total[i] + part[i];
    }
  }
  /// Whole packs of samples, or the first lanes of one.
  void add_steps(std::size_t first, std::size_t last, number *total) {
    const std::size_t used = last - first < lanes ? last - first : lanes;
    Scalar sum[count];
    for (Scalar &each : sum)
      each = Scalar(0.0);
    for (; first < last; first += lanes)
      add_step(first, last, sum);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t lane = 0; lane < used; ++lane)
        total[i] = total[i] + lane_of(sum[i], lane);
  }
  CHAINRULE_INLINE constexpr void add_step(std::size_t sample, std::size_t last, Scalar *sum) {
    Scalar values[count]; // not handed back: a std::tuple sets all to 0 first
    run_step(static_cast<const Outputs *>(nullptr), sample, last, values,
             std::index_sequence_for<Given...>{});
    if constexpr (count <= 64) // g++ -O3 leaves a loop of more than 16
      add_each(sum, values, std::make_index_sequence<count>{});
    else
      for (std::size_t i = 0; i < count; ++i)
        sum[i] = sum[i] + values[i];
  }
  template <class... Output, std::size_t... I>
  CHAINRULE_INLINE constexpr void run_step(const output_list<Output...> *, std::size_t sample,
                                           std::size_t last, Scalar *next,
                                           std::index_sequence<I...>) {
    in_order{(std::get<I>(arguments).go_to(sample, last), 0)...};
    const auto place = [&](std::size_t elements)
                           CHAINRULE_INLINE_CALL { return (next += elements) - elements; };
    Scalar *const places[]{place(output_of<Output>::elements)...};
    const auto into = [&]<std::size_t... O>(std::index_sequence<O...>) CHAINRULE_INLINE_CALL {
      return step.into(static_cast<Scalar *>(places[O])...);
    };
    into(std::index_sequence_for<Output...>{})(std::get<I>(arguments).bound()...);
  }
  template <std::size_t... I>
  CHAINRULE_INLINE static constexpr void add_each(Scalar *sum, const Scalar *values,
                                                  std::index_sequence<I...>) {
    in_order{(sum[I] = sum[I] + values[I], 0)...};
  }
  CHAINRULE_INLINE static constexpr number lane_of(const Scalar &value,
                                                   [[maybe_unused]] std::size_t lane) {
    if constexpr (math::has_lanes<Scalar>)
      return value.lanes[lane];
    else
      return value;
  }
};

template <class Argument>
inline constexpr bool brings_samples = false;
template <class Variable, class Value>
inline constexpr bool brings_samples<binding<Variable, Value>> =
    are_samples<std::remove_cvref_t<Value>>;

/// An argument as the call of one sample gets it, whose checks it passes.
template <class Argument, class Scalar = void>
struct argument_of_one {
  using type = Argument;
};
template <class Variable, class Value, class Scalar>
  requires(are_samples<std::remove_cvref_t<Value>>)
struct argument_of_one<binding<Variable, Value>, Scalar> {
  using number = typename sample_reader<Variable, std::remove_cvref_t<Value>>::type;
  using read = std::conditional_t<std::same_as<Scalar, void>, number, Scalar>;
  using type = binding<Variable, typename result_of<Variable>::template type<read>>;
};

template <class Argument>
constexpr bool check_argument() {
  if constexpr (brings_samples<Argument>)
    return check_samples<typename Argument::variable_type>(
        static_cast<const std::remove_cvref_t<decltype(Argument::value)> *>(nullptr));
  else
    return true;
}

/// What is read while samples are computed: an argument that is the same, or a reader of samples.
template <class Variable, class Value>
CHAINRULE_INLINE constexpr auto as_read(const binding<Variable, Value> &argument) {
  if constexpr (are_samples<std::remove_cvref_t<Value>>)
    return sample_reader<Variable, std::remove_cvref_t<Value>>(argument.value);
  else
    return row_by_row(argument);
}

/// How many samples there are, of which each argument that brings some has the same number.
template <class Variable, class Value>
void count_samples(const binding<Variable, Value> &, std::size_t &) {}
template <class Variable, class Samples>
void count_samples(const sample_reader<Variable, Samples> &reader, std::size_t &count) {
  if (count == as_many)
    count = reader.count();
  if (reader.count() != count)
    wrong_number_of_samples(record<Variable>.name, reader.count(), count);
}

template <std::size_t Parts, std::size_t Bytes>
constexpr bool check_parts() {
  static_assert(Parts == 1 || Parts * Bytes <= 1048576,
                "mean_over_samples(step, executor): the sums of all parts are more than 1 MB, and "
                "lie on the stack; take fewer parts, mean_over_samples<4>(step, executor)");
  return Parts == 1 || Parts * Bytes <= 1048576;
}

/// Whether a step is computed for a sample in each lane: where the processor has vector registers,
/// in memory that the first cache has room for, and no loop has a length that only the sample
/// knows. W9 of the benchmarks takes 511 thousand
/// instructions in numbers, 430 in two lanes (SSE2) and 134 in four (AVX2), and 0.6 of the time in
/// two.
template <class Step, class Scalar, class... Arguments>
constexpr bool runs_in_lanes() {
  if constexpr (math::runs_on_packs<Scalar>) {
    constexpr const auto &program = Step::program::value;
    for (const recurrence &loop : program.loops)
      if (program.extent_of(loop.rounds).number != loop.capacity)
        return false;
    std::size_t numbers = Step::workspace_size + 2 * Step::outputs::elements;
    for (const std::size_t size : {size_of<typename Arguments::variable_type>...})
      numbers += size;
    return numbers * math::register_bytes <= 16384;
  } else {
    return false;
  }
}

/// The outputs, of all their numbers one after another.
template <class Result, class... Output, class Scalar>
Result handed_back(const output_list<Output...> *, const Scalar *next) {
  Result result;
  Scalar *begins[sizeof...(Output)];
  results_of<output_list<Output...>>::locate(result, begins, std::index_sequence_for<Output...>{});
  std::size_t output = 0;
  const auto store = [&](Scalar *to, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      to[i] = *next++;
  };
  in_order{(store(begins[output++], output_of<Output>::elements), 0)...};
  return result;
}

/// The sums of the parts, added up, in Lanes or in numbers one after another.
template <class Lanes, int Parts, class Scalar, class Step, class Executor, class... Read>
auto sum_of_parts(const Step &step, const Executor &executor, bool is_mean, std::size_t samples,
                  const Read &...arguments) {
  using outputs = typename Step::outputs;
  constexpr std::size_t count = outputs::elements;
  constexpr std::size_t parts = Parts, lanes = sizeof(Lanes) / sizeof(Scalar);
  Scalar sums[parts][count];
  executor(parts, [&](std::size_t part) {
    // Whole packs, but for the last one of all.
    const auto begin = [&](std::size_t which) {
      return (samples / parts * which + samples % parts * which / parts) / lanes * lanes;
    };
    for (Scalar &each : sums[part])
      each = Scalar(0.0);
    sum_over_samples_of<Lanes, outputs, Step, Read...>(step, arguments...)
        .add(begin(part), part + 1 == parts ? samples : begin(part + 1), sums[part]);
  });
  for (std::size_t part = 1; part < parts; ++part)
    for (std::size_t i = 0; i < count; ++i)
      sums[0][i] = sums[0][i] + sums[part][i];
  if (is_mean)
    for (Scalar &each : sums[0])
      each = each / static_cast<Scalar>(static_cast<double>(samples));
  return handed_back<typename Step::template result<Scalar>>(static_cast<const outputs *>(nullptr),
                                                             sums[0]);
}

/// The same for as many samples as the arguments bring.
template <int Parts, class Scalar, class Step, class Executor, class... Read>
auto over_all_samples(const Step &step, const Executor &executor, bool is_mean,
                      const Read &...arguments) {
  std::size_t samples = as_many;
  in_order{(count_samples(arguments, samples), 0)...};
  if constexpr (runs_in_lanes<Step, Scalar, Read...>())
    return sum_of_parts<math::pack<Scalar, math::register_bytes>, Parts, Scalar>(
        step, executor, is_mean, samples, arguments...);
  else
    return sum_of_parts<Scalar, Parts, Scalar>(step, executor, is_mean, samples, arguments...);
}

} // namespace detail::CHAINRULE_FLAGS

namespace detail {

/// What mean_over_samples and sum_over_samples make: a function of the arguments of the step.
template <class Step, int Parts, bool IsMean, class Executor>
struct step_over_samples {
  Step step;
  [[no_unique_address]] Executor executor;

  /// The outputs of the step at the arguments, of which one at least is in_columns(...),
  /// in_rows(...) or in_each(...); the others are the same for all samples.
  template <class... Arguments>
  CHAINRULE_INLINE constexpr auto operator()(const Arguments &...arguments) const {
    if constexpr (any_of({false, is_point<Arguments>...})) {
      return with_points_opened(*this, arguments...);
    } else if constexpr (all_of({true, is_binding<Arguments>::value...})) {
      constexpr bool has_samples = any_of({false, brings_samples<Arguments>...});
      static_assert(has_samples,
                    "mean_over_samples(step)(x = data): no argument brings samples; say where they "
                    "are, x = in_columns(data), x = in_rows(data) or x = in_each(structs, &s::x)");
      if constexpr (has_samples && all_of({true, check_argument<Arguments>()...}))
        return checked(arguments...);
      else
        return typename Step::template result<double>{};
    } else {
      return step(arguments...); // says what is wrong with them
    }
  }

private:
  using outputs = typename Step::outputs;

  template <class... Arguments>
  CHAINRULE_INLINE constexpr auto checked(const Arguments &...arguments) const {
    if constexpr (!are_arguments<typename Step::program,
                                 typename argument_of_one<Arguments>::type...>()) {
      return typename Step::template result<double>{};
    } else {
      using scalar =
          typename common_scalar<element_type<typename argument_of_one<Arguments>::type>...>::type;
      if constexpr (!check_scalar<scalar>())
        return typename Step::template result<double>{};
      else if constexpr (
          !check_types<scalar, typename argument_of_one<Arguments, scalar>::type...>() ||
          !all_of(
              {check_value<matrix_variable<Arguments>,
                           std::remove_cvref_t<
                               decltype(argument_of_one<Arguments, scalar>::type::value)>>()...}) ||
          !returned::check<scalar, outputs>())
        return typename Step::template result<scalar>{};
      else if constexpr (!check_parts<Parts, sizeof(scalar) * outputs::elements>())
        return typename Step::template result<scalar>{};
      else
        return over_all_samples<Parts, scalar>(step, executor, IsMean, as_read(arguments)...);
    }
  }
};

template <class Variables, class Step, int Parts, bool IsMean, class Executor>
struct wanted<Variables, step_over_samples<Step, Parts, IsMean, Executor>>
    : wanted<Variables, Step> {};

template <class Step>
inline constexpr bool is_returning_step = false;
template <class List, class Kernels>
inline constexpr bool is_returning_step<compiled<List, returned, on_stack, Kernels>> = true;

template <class Step>
inline constexpr bool has_mistake = false;
template <class... Outputs>
inline constexpr bool has_mistake<not_compiled<Outputs...>> = true;

template <bool IsMean, int Parts, class Step, class Executor>
constexpr auto made_over_samples(Step step, Executor executor) {
  static_assert(is_returning_step<Step> || has_mistake<Step>,
                "mean_over_samples(step): step is what compile(...) hands back, as it is, without "
                "into(...) or workspace(...): its parts may run at the same time");
  static_assert(Parts > 0, "mean_over_samples<parts>(step, executor): parts count from 1");
  if constexpr (is_returning_step<Step>)
    return step_over_samples<Step, (Parts > 0 ? Parts : 1), IsMean, Executor>{step, executor};
  else if constexpr (has_mistake<Step>)
    return step;
  else
    return mistaken{};
}

} // namespace detail

/// The mean of what a step of one sample computes, over a data set: auto [value, slope] =
/// mean_over_samples(step)(theta, x = in_columns(X), y = in_rows(Y)), where step is compile(loss,
/// gradient(loss, ...)). Shape: the outputs of the step. A variable of several columns takes as
/// many at a time, so that a batch becomes blocks of it. The mean of no sample is NaN. Error:
/// different numbers of samples, or some left over, stop the program with a sentence.
template <class Step>
[[nodiscard]] constexpr auto mean_over_samples(Step step) {
  return detail::made_over_samples<true, 1>(step, detail::one_after_another{});
}
/// The same in parts that may run on several threads: executor(parts, run) calls run(0) to
/// run(parts - 1), each once, in any order on any threads, and returns when all have returned.
/// The sums of the parts are added in order: the result is the same whoever runs them.
template <int Parts = 16, class Step, class Executor>
[[nodiscard]] constexpr auto mean_over_samples(Step step, Executor executor) {
  return detail::made_over_samples<true, Parts>(step, executor);
}

/// The sum instead of the mean, that of no sample is 0.
template <class Step>
[[nodiscard]] constexpr auto sum_over_samples(Step step) {
  return detail::made_over_samples<false, 1>(step, detail::one_after_another{});
}
template <int Parts = 16, class Step, class Executor>
[[nodiscard]] constexpr auto sum_over_samples(Step step, Executor executor) {
  return detail::made_over_samples<false, Parts>(step, executor);
}

} // namespace chainrule
