// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Where the samples of a data set are: columns or rows of a matrix, or members of the objects of a
// range; and how the value of a variable for one of them is read, a number of another type
// converted.
// Read next: operation/operation.hpp.
#pragma once

#include <chainrule/chainrule.hpp>

namespace chainrule {

namespace detail::CHAINRULE_FLAGS {

/// What in_columns(values) and in_rows(values) mean in a call.
template <class Values, bool InColumns>
struct samples_in_matrix {
  const Values &values;
};
/// What in_each(range, member) means in a call.
template <class Range, class Part>
struct samples_in_range {
  const Range &range;
  Part part;
};

template <class T>
inline constexpr bool are_samples = false;
template <class Values, bool InColumns>
inline constexpr bool are_samples<samples_in_matrix<Values, InColumns>> = true;
template <class Range, class Part>
inline constexpr bool are_samples<samples_in_range<Range, Part>> = true;

/// Where the compiler does not know how many samples there are: stops the program.
inline void wrong_number_of_samples(std::string_view name, std::size_t found, std::size_t needed) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr,
               "chainrule: mean_over_samples(step)(...): there are %zu samples of %.*s, and %zu of "
               "another variable\n",
               found, static_cast<int>(name.size()), name.data(), needed);
  __builtin_abort();
}
inline void samples_left_over(std::string_view name, std::size_t found, std::size_t needed) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr,
               "chainrule: %.*s = in_columns(values), in_rows(values): %zu values are no whole "
               "number of samples of %zu\n",
               static_cast<int>(name.size()), name.data(), found, needed);
  __builtin_abort();
}

/// Reads the values of a variable for one sample after another.
template <class Variable, class Samples>
class sample_reader;

template <class Variable, class Values, bool InColumns>
class sample_reader<Variable, samples_in_matrix<Values, InColumns>> {
  using given = elements_of<Values>;
  static constexpr shape of = record<Variable>.shape;
  static constexpr std::size_t size = size_of<Variable>;
  static constexpr auto rows = static_cast<std::size_t>(of.rows),
                        columns = static_cast<std::size_t>(of.columns);
  static constexpr bool is_by_columns = has_storage_order<Values> && [] {
    if constexpr (has_storage_order<Values>)
      return !Values::IsRowMajor && !Values::IsVectorAtCompileTime;
    return false;
  }();

public:
  using variable_type = Variable;
  using type = typename given::type;

  explicit sample_reader(const samples_in_matrix<Values, InColumns> &samples) {
    const Values &values = samples.values;
    const std::size_t all = [&] {
      if constexpr (given::count == 0 && requires { std::size(values); })
        return static_cast<std::size_t>(std::size(values)) * given::in_a_row;
      else if constexpr (given::count == 0)
        return static_cast<std::size_t>(values.size());
      else
        return given::count;
    }();
    if (all % size != 0)
      samples_left_over(record<Variable>.name, all, size);
    number = all / size;
    if constexpr (is_by_columns) {
      first = values.data();
      const auto apart = static_cast<std::size_t>(values.outerStride());
      to_next = InColumns ? columns * apart : 1;
      to_row = InColumns ? 1 : columns * apart;
      to_column = apart;
    } else {
      first = number == 0 ? nullptr : given::first(values);
      to_next = InColumns ? columns : size;
      to_row = InColumns ? columns * number : columns;
      to_column = 1;
    }
  }

  std::size_t count() const { return number; }

  /// The elements for a sample, one after another, Distance apart.
  template <std::size_t Distance, class T>
  CHAINRULE_INLINE constexpr void read(T *to, std::size_t sample) const {
    const type *from = first + sample * to_next;
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        to[Distance * (i * columns + j)] = static_cast<T>(from[i * to_row + j * to_column]);
  }

  /// The same for as many samples as a pack has lanes, where they lie side by side: whether they
  /// do.
  template <class Pack>
  CHAINRULE_INLINE constexpr bool read_packs(Pack *to, std::size_t sample) const {
    if constexpr (columns == 1 && !is_by_columns && std::same_as<typename Pack::value_type, type> &&
                  (InColumns || rows == 1)) {
      for (std::size_t i = 0; i < rows; ++i)
        to[i] = math::load<Pack::size, sizeof(Pack)>(first + i * to_row + sample);
      return true;
    } else {
      return false;
    }
  }

private:
  const type *first;
  std::size_t number, to_next, to_row, to_column;
};

template <class Variable, class Range, class Part>
class sample_reader<Variable, samples_in_range<Range, Part>> {
  static constexpr std::size_t size = size_of<Variable>;

  CHAINRULE_INLINE static constexpr decltype(auto) part_of_object(const Part &part,
                                                                  const auto &object) {
    if constexpr (std::is_member_object_pointer_v<Part>)
      return (object.*part);
    else
      return part(object);
  }
  using value = std::remove_cvref_t<decltype(part_of_object(
      std::declval<const Part &>(), *std::begin(std::declval<const Range &>())))>;

public:
  using variable_type = Variable;
  using type = typename element_type_of<size, value>::type;

  explicit sample_reader(const samples_in_range<Range, Part> &given) : samples(given) {}

  std::size_t count() const { return static_cast<std::size_t>(std::size(samples.range)); }

  template <std::size_t Distance, class T>
  CHAINRULE_INLINE constexpr void read(T *to, std::size_t sample) const {
    const auto &object = std::begin(samples.range)[static_cast<std::ptrdiff_t>(sample)];
    const auto &found = part_of_object(samples.part, object);
    type converted{};
    const type *const from =
        place_of<type, std::conditional_t<size == 1, void, Variable>>(found, converted);
    for (std::size_t i = 0; i < size; ++i)
      to[Distance * i] = static_cast<T>(from[i]);
  }

  template <class Pack>
  CHAINRULE_INLINE constexpr bool read_packs(Pack *, std::size_t) const {
    return false;
  }

private:
  samples_in_range<Range, Part> samples;
};

// False, but only once they are known: the compiler prints them with the message.
template <class Name, class... Shapes>
inline constexpr bool is_shape_of_samples = false;

/// Whether a variable can be read from there.
template <class Variable, class Values, bool InColumns>
constexpr bool check_samples(const samples_in_matrix<Values, InColumns> *) {
  using given = elements_of<Values>;
  constexpr shape of = record<Variable>.shape, told = shape_told<Values>;
  constexpr bool is_counted = given::count != as_many && given::in_a_row != 0 &&
                              !std::same_as<typename given::type, Values>;
  static_assert(is_counted,
                "x = in_columns(values), in_rows(values): how many values there are is not known, "
                "or they are in rows allocated apart; give a matrix, an array, a vector or a "
                "std::span of numbers, row by row");
  constexpr bool fits =
      told.columns == 0 || (InColumns ? told.rows == of.rows || told.rows == 0
                                      : told.columns == of.columns || told.columns == of.size());
  static_assert(
      fits || !is_counted ||
          is_shape_of_samples<printed<name_of<Variable>>, rows_and_columns<of.rows, of.columns>,
                              rows_and_columns<told.rows, told.columns>>,
      "x = in_columns(values), in_rows(values): a variable, named in this message, has "
      "another number of rows than the matrix whose columns are its samples, or of "
      "elements than the rows that are; its shape is named first, that of the values "
      "second");
  return is_counted && fits;
}
template <class Variable, class Range, class Part>
constexpr bool check_samples(const samples_in_range<Range, Part> *) {
  using object = decltype(*std::begin(std::declval<const Range &>()));
  constexpr bool is_part = [] {
    if constexpr (std::is_member_object_pointer_v<Part>)
      return requires(const object &each, const Part &part) { each.*part; };
    else
      return requires(const object &each, const Part &part) { part(each); };
  }();
  static_assert(is_part, "x = in_each(samples, &sample::x): the second argument is a member of the "
                         "objects, or a function of one of them");
  return is_part;
}

} // namespace detail::CHAINRULE_FLAGS

/// The samples of a variable as the columns of a matrix: mean_over_samples(step)(theta, X =
/// in_columns(data)). Shape: as many rows as the variable, and its columns as often as there are
/// samples; an array, a vector or a span row by row, or a matrix of Eigen's. Numbers of another
/// type are converted. The values are referred to, not copied.
template <class Values>
[[nodiscard]] CHAINRULE_INLINE constexpr auto in_columns(const Values &values) {
  return detail::samples_in_matrix<Values, true>{values};
}
/// The same where each row is a sample: all elements of the variable, row by row, one sample after
/// another. Shape: of numbers one element each.
template <class Values>
[[nodiscard]] CHAINRULE_INLINE constexpr auto in_rows(const Values &values) {
  return detail::samples_in_matrix<Values, false>{values};
}
/// The samples of a variable in the objects of a range with random access, as a vector of structs:
/// x = in_each(samples, &sample::x). In place of a member stands a function of one of the objects,
/// too, which hands back a number or an array. Error: a member of another size than the variable,
/// where the compiler does not know it, stops the program with a sentence.
template <class Range, class Part>
[[nodiscard]] CHAINRULE_INLINE constexpr auto in_each(const Range &range, Part part) {
  return detail::samples_in_range<Range, Part>{range, part};
}

} // namespace chainrule
