// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// matrix<T, Rows, Columns>: a matrix by value, row-major; matrix_view: the same over memory of
// others, as which a gradient hands out its parts. Both: m(i, j), v(i), data(), begin(), end(), ==.
// Any other contiguous row-major values serve as arguments too: arrays, nested arrays, std::array,
// std::span, std::vector, and row-major matrices with Eigen's interface.
// Read next: values.hpp.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <type_traits>

#include <chainrule/code/checks.hpp>
#include <chainrule/graph/shape.hpp>

namespace chainrule {

namespace detail::CHAINRULE_FLAGS {

/// Where the element in row i and column j lies, and the element i of a column or a row.
template <int Rows, int Columns>
CHAINRULE_INLINE constexpr int element_place(int i, int j) {
  check_place(i, Rows, "row");
  check_place(j, Columns, "column");
  return i * Columns + j;
}
template <int Rows, int Columns>
CHAINRULE_INLINE constexpr int element_place(int i) {
  check_place(i, Rows * Columns, "element");
  return i;
}

} // namespace detail::CHAINRULE_FLAGS

template <class T, int Rows, int Columns>
class matrix_view;

namespace detail {

/// Says that m[0] is no element.
template <class Place>
constexpr void refuse_index() {
  static_assert(sizeof(Place) == 0,
                "m[0], m[0][1]: the elements of a matrix are m(0, 1), and those "
                "of a column or a row v(0), all from 0");
}
/// What m[0] would be: a row, or the element of a column or a row.
template <class Place, int Rows, int Columns, class T>
constexpr decltype(auto) indexed(T *values) {
  refuse_index<Place>();
  if constexpr (Rows == 1 || Columns == 1)
    return (*values);
  else
    return matrix_view<T, 1, Columns>(values);
}

} // namespace detail

/// Rows x Columns values of T, or of const T, that lie row by row in memory of someone else.
template <class T, int Rows, int Columns = 1>
class matrix_view {
public:
  using value_type = std::remove_const_t<T>;

  constexpr explicit matrix_view(T *first) : values(first) {}

  static constexpr int rows() { return Rows; }
  static constexpr int columns() { return Columns; }
  static constexpr std::size_t size() { return std::size_t{Rows} * Columns; }

  /// The element in row i and column j, both from 0.
  CHAINRULE_INLINE constexpr T &operator()(int i, int j) const {
    return values[detail::element_place<Rows, Columns>(i, j)];
  }
  /// The element i of a column or a row.
  CHAINRULE_INLINE constexpr T &operator()(int i) const requires(Rows == 1 || Columns == 1) {
    return values[detail::element_place<Rows, Columns>(i)];
  }
  template <class Place>
  constexpr decltype(auto) operator[](const Place &) const {
    return detail::indexed<Place, Rows, Columns>(values);
  }
  constexpr T *data() const { return values; }
  constexpr T *begin() const { return values; }
  constexpr T *end() const { return values + size(); }

private:
  T *values;
};

/// Rows x Columns values of T, row by row. An aggregate: `matrix<double, 2, 2> m{1, 2, 3, 4};`
template <class T, int Rows, int Columns = 1>
struct matrix {
  using value_type = T;

  T values[std::size_t{Rows} * Columns];

  static constexpr int rows() { return Rows; }
  static constexpr int columns() { return Columns; }
  static constexpr std::size_t size() { return std::size_t{Rows} * Columns; }

  /// The element in row i and column j, both from 0.
  CHAINRULE_INLINE constexpr T &operator()(int i, int j) {
    return values[detail::element_place<Rows, Columns>(i, j)];
  }
  CHAINRULE_INLINE constexpr const T &operator()(int i, int j) const {
    return values[detail::element_place<Rows, Columns>(i, j)];
  }
  /// The element i of a column or a row.
  CHAINRULE_INLINE constexpr T &operator()(int i) requires(Rows == 1 || Columns == 1) {
    return values[detail::element_place<Rows, Columns>(i)];
  }
  CHAINRULE_INLINE constexpr const T &operator()(int i) const requires(Rows == 1 || Columns == 1) {
    return values[detail::element_place<Rows, Columns>(i)];
  }
  template <class Place>
  constexpr decltype(auto) operator[](const Place &) {
    return detail::indexed<Place, Rows, Columns>(values);
  }
  template <class Place>
  constexpr decltype(auto) operator[](const Place &) const {
    return detail::indexed<Place, Rows, Columns>(values);
  }
  constexpr T *data() { return values; }
  constexpr const T *data() const { return values; }
  constexpr T *begin() { return values; }
  constexpr const T *begin() const { return values; }
  constexpr T *end() { return values + size(); }
  constexpr const T *end() const { return values + size(); }
};

namespace detail {

template <class T>
inline constexpr bool is_matrix = false;
template <class T, int Rows, int Columns>
inline constexpr bool is_matrix<matrix<T, Rows, Columns>> = true;
template <class T, int Rows, int Columns>
inline constexpr bool is_matrix<matrix_view<T, Rows, Columns>> = true;

} // namespace detail

/// Equal shapes and equal elements.
template <class Left, class Right>
  requires(detail::is_matrix<Left> &&detail::is_matrix<Right>)
CHAINRULE_INLINE constexpr bool operator==(const Left &left, const Right &right) {
  static_assert(Left::rows() == Right::rows() && Left::columns() == Right::columns(),
                "a == b: the matrices have different shapes");
  for (std::size_t i = 0; i < Left::size(); ++i)
    if (!(left.data()[i] == right.data()[i]))
      return false;
  return true;
}

/// Writes the elements, each row on a line.
template <class Stream, class Matrix>
  requires(detail::is_matrix<Matrix> &&requires(Stream &stream, const Matrix &m) {
    stream << *m.data() << '\n';
  })
CHAINRULE_INLINE inline Stream &operator<<(Stream &stream, const Matrix &matrix) {
  for (int i = 0; i < matrix.rows(); ++i)
    for (int j = 0; j < matrix.columns(); ++j)
      stream << matrix(i, j) << (j + 1 < matrix.columns() ? ' ' : '\n');
  return stream;
}

namespace detail {

/// What a variable of some shape can be given, and an output written to: how many elements (0: not
/// known to the compiler), and the first of them. Nested arrays are read through.
template <class Value>
struct elements_of {
  using type = Value; // one element
  static constexpr std::size_t count = 1;
  static constexpr std::size_t in_a_row = 1; // elements of what it is an array of
  static constexpr auto *first(auto &value) { return &value; }
};

template <class Value, std::size_t Size>
struct elements_of<Value[Size]> {
  using type = typename elements_of<Value>::type;
  static constexpr std::size_t in_a_row = elements_of<Value>::count;
  static constexpr std::size_t count = Size * in_a_row;
  static constexpr auto *first(auto &values) { return elements_of<Value>::first(values[0]); }
};

/// Behind a pointer are as many as the variable has.
inline constexpr std::size_t as_many = std::size_t(-1);
template <class Value>
struct elements_of<Value *> {
  using type = std::remove_const_t<Value>;
  static constexpr std::size_t in_a_row = 1;
  static constexpr std::size_t count = as_many;
  static constexpr auto *first(auto &value) { return &*value; }
};

/// Matrices with Eigen's interface.
template <class Value>
concept has_storage_order = requires {
  typename Value::PlainObject;
  Value::IsRowMajor;
  Value::IsVectorAtCompileTime;
  Value::SizeAtCompileTime;
};

template <class Value>
inline constexpr bool is_contiguous_row_major = false;
template <has_storage_order Value>
  requires requires(const Value &value) { value.data(); }
inline constexpr bool is_contiguous_row_major<Value> =
    (Value::IsRowMajor || Value::IsVectorAtCompileTime) && Value::InnerStrideAtCompileTime == 1;

/// A matrix that lies column by column and is so small that a call copies it.
template <class Value>
inline constexpr bool is_copied = false;
template <has_storage_order Value>
  requires(std::same_as<Value, typename Value::PlainObject> &&requires {
    Value::RowsAtCompileTime;
  })
inline constexpr bool is_copied<Value> = !is_contiguous_row_major<Value> &&
                                         Value::SizeAtCompileTime > 0 &&
                                         Value::SizeAtCompileTime <= 256;

/// Where the compiler does not know whether rows follow each other: stops the program.
inline void rows_with_gaps() {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr, "chainrule: W = matrix: there are gaps between its rows; give a copy, as "
                       "matrix.eval()\n");
  __builtin_abort();
}

template <has_storage_order Value>
struct elements_of<Value> {
  using type = std::remove_const_t<typename Value::Scalar>;
  static constexpr std::size_t in_a_row = 1;
  static constexpr std::size_t count =
      Value::SizeAtCompileTime < 0 ? 0 : static_cast<std::size_t>(Value::SizeAtCompileTime);

  static constexpr auto *first(auto &value) {
    constexpr bool is_readable = is_contiguous_row_major<Value>;
    constexpr bool is_plain = std::same_as<Value, typename Value::PlainObject>;
    static_assert(is_readable || is_plain,
                  "v = a + b: an expression of Eigen's is computed where it is needed, and its "
                  "values lie nowhere; give them as (a + b).eval()");
    static_assert(is_readable || !is_plain,
                  "W = matrix, step.into(matrix): the values of an Eigen matrix are read and "
                  "written in place where they lie row by row, and copied if they are at most 256 "
                  "and an argument; declare it Eigen::RowMajor, or give a copy, as "
                  "W = row_major(matrix), of <chainrule/eigen.hpp>");
    if constexpr (!is_readable) {
      return static_cast<type *>(nullptr);
    } else {
      if constexpr (!Value::IsVectorAtCompileTime)
        if (value.outerStride() != value.cols() && value.rows() > 1)
          rows_with_gaps();
      if constexpr (std::same_as<Value, typename Value::PlainObject>) {
        return value.data();
      } else {
        Value same = value; // a map that is const may still be one of values that are not
        return same.data();
      }
    }
  }
};

template <class Value>
  requires(!has_storage_order<Value> && requires(const Value &value) {
    std::data(value);
    std::size(value);
  })
struct elements_of<Value> {
  using inner = std::remove_cvref_t<decltype(*std::data(std::declval<const Value &>()))>;
  using type = typename elements_of<inner>::type;
  static constexpr std::size_t in_a_row = elements_of<inner>::count;
  static constexpr std::size_t count = [] {
    if constexpr (requires { requires std::same_as<decltype(Value::count), const std::size_t>; })
      return Value::count; // slopes, parameter_pack
    else if constexpr (requires { std::tuple_size<Value>::value; })
      return std::tuple_size<Value>::value * in_a_row;
    else if constexpr (is_matrix<Value>)
      return Value::size();
    else if constexpr (requires { Value::extent; })
      return Value::extent == std::size_t(-1) ? 0 : Value::extent * in_a_row;
    else
      return std::size_t{0};
  }();
  static constexpr auto *first(auto &values) {
    return elements_of<inner>::first(*std::data(values));
  }
};

/// The rows and columns of a value as far as its type tells them, else 0: of a matrix, and of an
/// array, span or vector of rows.
template <class Value>
inline constexpr shape shape_told = [] {
  shape told = no_shape;
  if constexpr (is_matrix<Value>) {
    told = {Value::rows(), Value::columns()};
  } else if constexpr (has_storage_order<Value>) {
    if constexpr (!Value::IsVectorAtCompileTime && requires { Value::RowsAtCompileTime; })
      if (Value::RowsAtCompileTime > 0 && Value::ColsAtCompileTime > 0)
        told = {Value::RowsAtCompileTime, Value::ColsAtCompileTime};
  } else if constexpr (requires(const Value &value) { std::size(*std::data(value)); }) {
    using given = elements_of<Value>;
    if constexpr (given::in_a_row != 0)
      told = {static_cast<int>(given::count / given::in_a_row), static_cast<int>(given::in_a_row)};
  }
  return told;
}();

} // namespace detail
} // namespace chainrule
