// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices of derivatives that are mostly 0: sparsity(hessian(f, x)), and sparse_jacobian and
// sparse_hessian, which compute what can be other than 0 and nothing else. It is not in
// chainrule.hpp, so that who does not need it does not compile it.
// Read next: sparse/dependence.hpp.
#pragma once

#include <chainrule/sparse/colouring.hpp>

namespace chainrule {

/// The numbers of a table, known to the compiler, as a row.
template <class Table>
struct table_operation : operation {
  static constexpr std::string_view name = "table"sv;
  static constexpr int operations = 0;

  static constexpr detail::shape result_shape(const detail::extent &count) {
    return {1, detail::whole_number(count)};
  }
  static constexpr symbols adjoint(symbol, symbol, symbol) { return {{}}; }
  template <detail::extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *) {
    for (int i = 0; i < int(Count.number); ++i)
      out[i] = T(double(Table::value.items[i]));
  }
};

namespace detail {

/// Elements of x that a table names, counted row by row, as a column; and what flows back, added up
/// where the elements stand.
template <class Table>
struct named_elements_operation : operation {
  static constexpr std::string_view name = "elements"sv;
  static constexpr int arity = 2;
  static constexpr int operations = 0;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &, const extent &count) {
    return {whole_number(count), 1};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol);
  template <extent X, extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *) {
    for (int i = 0; i < int(Count.number); ++i)
      out[i] = x[Table::value.items[i]];
  }
};
template <class Table>
struct sums_of_elements_operation : operation {
  static constexpr std::string_view name = "sums_of_elements"sv;
  static constexpr int arity = 3;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &, const extent &rows, const extent &columns) {
    return shape_of_numbers(rows, columns);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol) {
    return {apply_operation<named_elements_operation<Table>>(d, math::number(x.shape().rows))};
  }
  template <extent X, extent Rows, extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < int(Rows.number * Columns.number); ++i)
      out[i] = T(0.0);
    for (int i = 0; i < X.shape.rows; ++i)
      out[Table::value.items[i]] = out[Table::value.items[i]] + x[i];
  }
};
template <class Table>
constexpr symbols named_elements_operation<Table>::adjoint(symbol d, symbol x, symbol, symbol) {
  return {apply_operation<sums_of_elements_operation<Table>>(d, math::number(x.shape().rows),
                                                             math::number(x.shape().columns))};
}

template <class Matrix>
inline constexpr auto nonzeros_of = listed_elements<pattern_of<Matrix>>();
template <class Matrix>
inline constexpr auto transposed_nonzeros = listed_elements<pattern_of<Matrix>, true>();

} // namespace detail

/// The elements of a matrix of derivatives that can be other than 0, row by row, in compressed
/// rows: element k stands in row `row_indices[k]` and column `column_indices[k]`, and those of row
/// i from `row_starts[i]` to before `row_starts[i + 1]`. `values` is an expression, a column of
/// them.
template <class Matrix, class Values>
struct sparse_derivatives {
  static constexpr int rows = detail::derivatives_matrix<Matrix>::rows;
  static constexpr int columns = detail::derivatives_matrix<Matrix>::columns;
  static constexpr const auto &pattern = detail::pattern_of<Matrix>;
  static constexpr int nonzeros = pattern.nonzeros();
  static constexpr const auto &row_starts = detail::nonzeros_of<Matrix>.row_starts;
  static constexpr const auto &row_indices = detail::nonzeros_of<Matrix>.rows;
  static constexpr const auto &column_indices = detail::nonzeros_of<Matrix>.columns;
  Values values;
};

namespace detail {

template <int Count>
struct numbers_in_a_row {
  int items[Count]{};
};

/// How the elements are computed: of numbers one by one, as one product for each colour of columns,
/// or of rows, or as all of the matrix, where colours are no fewer than columns.
enum class sparse_way { one_by_one, by_columns, by_rows, dense };

template <class Matrix>
struct sparse_plan {
  using matrix = derivatives_matrix<Matrix>;
  static constexpr int rows = matrix::rows, columns = matrix::columns;
  static constexpr const auto &all = nonzeros_of<Matrix>;
  /// What clang does in one constant evaluation.
  static constexpr bool is_coloured =
      work_of_colouring(all, rows) + work_of_colouring(transposed_nonzeros<Matrix>, columns) <
      60000;
  static constexpr colours<columns> by_column = [] {
    if constexpr (!is_coloured)
      return colours<columns>{columns};
    else if constexpr (matrix::is_hessian)
      return star_colours<columns>(all);
    else
      return colours_of_columns<columns>(all, transposed_nonzeros<Matrix>);
  }();
  static constexpr colours<rows> by_row = [] {
    if constexpr (!is_coloured || matrix::is_hessian)
      return colours<rows>{rows};
    else
      return colours_of_columns<rows>(transposed_nonzeros<Matrix>, all);
  }();
  static constexpr bool is_of_numbers = matrix::variables == columns && all.count > 0;
  // A sweep forward is made of two back.
  static constexpr sparse_way way =
      is_of_numbers ? sparse_way::one_by_one
      : !matrix::is_hessian && by_row.count < rows && by_row.count <= 2 * by_column.count
          ? sparse_way::by_rows
      : by_column.count < columns ? sparse_way::by_columns
                                  : sparse_way::dense;
  static constexpr int products = way == sparse_way::by_rows ? by_row.count : by_column.count;

  struct colour_table {
    static constexpr auto value = [] {
      numbers_in_a_row<(way == sparse_way::by_rows ? rows : columns)> result;
      for (int i = 0; i < (way == sparse_way::by_rows ? rows : columns); ++i)
        result.items[i] =
            way == sparse_way::by_rows ? by_row.of[i % rows] : by_column.of[i % columns];
      return result;
    }();
  };
  /// Where the elements stand among the products, or in the matrix.
  struct place_table {
    static constexpr auto value = [] {
      numbers_in_a_row<all.count> result;
      for (int k = 0; k < all.count; ++k) {
        // Both halves of a Hessian are the upper one, to the last bit.
        const bool is_below = matrix::is_hessian && all.rows[k] > all.columns[k];
        const int i = is_below ? all.columns[k] : all.rows[k];
        const int j = is_below ? all.rows[k] : all.columns[k];
        int &place = result.items[k];
        if constexpr (way == sparse_way::dense)
          place = i * columns + j;
        else if constexpr (way == sparse_way::by_rows)
          place = j * products + by_row.of[i];
        else if (!matrix::is_hessian || is_alone(all, by_column, i, j))
          place = i * products + by_column.of[j];
        else
          place = j * products + by_column.of[i];
      }
      return result;
    }();
  };
};

/// The elements of a matrix that a table names.
template <class Table, int Count, class Matrix>
constexpr auto named_elements(Matrix from) {
  return apply_operation<named_elements_operation<Table>>(from, literal<Count>{});
}

/// Derivatives by numbers, each of them; of a Hessian those on both sides of the diagonal are one.
template <class Matrix, class Function, class... Parts>
constexpr auto one_by_one(Function function, Parts... parts) {
  using plan = sparse_plan<Matrix>;
  const auto element = [&](auto place) {
    constexpr int k = record<decltype(place)>.value.numerator;
    constexpr int i = plan::all.rows[k], j = plan::all.columns[k];
    if constexpr (derivatives_matrix<Matrix>::is_hessian) {
      return second_derivative<i, j>(function, parts...);
    } else {
      constexpr int columns = record<Function>.shape.columns;
      constexpr parts_by_place<std::make_integer_sequence<int, sizeof...(Parts)>, Parts...> by;
      return partial(element_of<i / columns, i % columns>(function), part_in<j>(by));
    }
  };
  return [&]<int... K>(std::integer_sequence<int, K...>) {
    return stacked(element(literal<K>{})...);
  }
  (std::make_integer_sequence<int, plan::all.count>{});
}

/// A column of all elements in the shape of the only part, or as it is.
template <class... Parts>
constexpr auto shaped_as(auto column) {
  if constexpr (sizeof...(Parts) == 1)
    return (..., reshape<record<Parts>.shape.rows, record<Parts>.shape.columns>(column));
  else
    return column;
}

/// f(direction) for the sum of the units of each colour, beside each other.
template <class Plan, int Size, class F>
constexpr auto for_each_colour(F f) {
  constexpr variable<"(colour)", Size> direction;
  const auto colours =
      apply_operation<table_operation<typename Plan::colour_table>>(literal<Size>{});
  const auto units = one_hot<Plan::products>(colours);
  return map_columns(f(direction), direction = transpose(units));
}

/// The elements, an expression.
template <class Matrix, class Function, class... Parts>
constexpr auto sparse_values(Matrix matrix, Function function, Parts... parts) {
  using plan = sparse_plan<Matrix>;
  constexpr int count = plan::all.count;
  if constexpr (count == 0) {
    return literal<0>{};
  } else if constexpr (plan::way == sparse_way::one_by_one) {
    return one_by_one<Matrix>(function, parts...);
  } else if constexpr (plan::way == sparse_way::dense) {
    return named_elements<typename plan::place_table, count>(matrix);
  } else if constexpr (plan::way == sparse_way::by_rows) {
    constexpr shape of = record<Function>.shape;
    return named_elements<typename plan::place_table, count>(
        for_each_colour<plan, plan::rows>([&](auto direction) {
          return reshape<plan::columns, 1>(
              times_jacobian(reshape<of.rows, of.columns>(direction), function, parts...));
        }));
  } else {
    return named_elements<typename plan::place_table, count>(
        for_each_colour<plan, plan::columns>([&](auto direction) {
          const auto along = shaped_as<Parts...>(direction);
          if constexpr (derivatives_matrix<Matrix>::is_hessian)
            return reshape<plan::columns, 1>(hessian_times(function, along, parts...));
          else
            return reshape<plan::rows, 1>(jacobian_times(function, along, parts...));
        }));
  }
}

template <class Matrix, class Function, class... Parts>
constexpr auto sparse_of(Matrix matrix, Function function, Parts... parts) {
  if constexpr (std::is_same_v<Matrix, literal<0>>) {
    return matrix; // it is none, which has been said
  } else if constexpr (has_pattern<Matrix>()) {
    const auto values = sparse_values(matrix, function, parts...);
    return sparse_derivatives<Matrix, std::remove_const_t<decltype(values)>>{values};
  } else {
    return literal<0>{};
  }
}

} // namespace detail

/// The elements of jacobian(f, x, ...) that can be other than 0: `.values`, an expression, and
/// their places. Shape: `.values` is a column of `nonzeros`.
template <class Function, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto sparse_jacobian(Function function, Parts... parts) {
  return detail::sparse_of(jacobian(function, parts...), function, parts...);
}

/// The elements of hessian(f, x, ...) that can be other than 0, in both halves: `.values`, an
/// expression, and their places. Shape: `.values` is a column of `nonzeros`.
template <class Function, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto sparse_hessian(Function function, Parts... parts) {
  return detail::sparse_of(hessian(function, parts...), function, parts...);
}

// Of fewer operands.

CHAINRULE_OF_PARTS(sparse_jacobian, 2)
CHAINRULE_OF_PARTS(sparse_hessian, 2)

} // namespace chainrule
