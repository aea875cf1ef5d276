// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random formulas of small matrices, value and slopes: the machine steps of the library, run here
// by plain loops, against the formula written out element by element, in 50 digits (reference.hpp).
//   fuzz matrices [number of formulas] [seed] [first number that is printed]

#include "fuzz.hpp"
#include "machine.hpp"
#include "reference.hpp"
#include "shaped.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

namespace fuzz::in_matrices {
namespace {

using detail::expression_record;
using detail::shape;

inline constexpr std::array<shape, most_variables> shape_of_variable{{{2, 3}, {3, 2}, {2, 1}}};

/// A formula of matrices: its record, and each of its elements as a part of a scalar formula.
struct value {
  const expression_record *record;
  std::vector<int> elements; // row by row
  shape of() const { return record->shape; }
  int at(int i, int j) const {
    return elements[static_cast<std::size_t>((of().rows == 1 ? 0 : i) * of().columns +
                                             (of().columns == 1 ? 0 : j))];
  }
};

class matrix_generator {
public:
  std::vector<part> parts; // of the scalar formula; the first three are its variables
  std::vector<value> values;
  std::array<const expression_record *, most_variables> variables{};
  std::array<std::vector<double>, most_variables> given; // row by row
  std::array<double, most_variables> at{};               // of the elements that vary

  matrix_generator(std::mt19937_64 &from) : source(from) {
    for (int i = 0; i < most_variables; ++i)
      parts.push_back({nullptr, {-1, -1, -1}, i, {}, 0});
    for (std::size_t v = 0; v < most_variables; ++v)
      values.push_back(variable(v));
    const int steps = 2 + choice(6);
    for (int i = 0; i < steps; ++i)
      step();
    if (!values.back().of().is_scalar())
      push_sum();
  }

  /// The place of the element of a variable that varies.
  std::array<std::size_t, most_variables> varying{};

  /// The elements that a largest one is taken of: equal ones share the slope.
  std::vector<std::vector<int>> largest_of;

private:
  std::mt19937_64 &source;
  std::vector<std::unique_ptr<expression_record>> records;
  std::vector<std::vector<const expression_record *>> operand_lists;

  int choice(int below) { return static_cast<int>(source() % static_cast<std::uint64_t>(below)); }

  const expression_record *keep(const expression_record &fresh) {
    records.push_back(std::make_unique<expression_record>(fresh));
    return records.back().get();
  }

  value variable(std::size_t v) {
    value result;
    const shape of = shape_of_variable[v];
    variables[v] = keep({.operation = &detail::variable_record,
                         .fingerprint = detail::hash(names[v]),
                         .shape = of,
                         .name = names[v]});
    result.record = variables[v];
    varying[v] = static_cast<std::size_t>(choice(of.size()));
    for (std::size_t i = 0; i < static_cast<std::size_t>(of.size()); ++i) {
      const int sixteenths = choice(97) - 48;
      given[v].push_back(sixteenths / 16.0);
      if (i == varying[v]) {
        at[v] = sixteenths / 16.0;
        result.elements.push_back(static_cast<int>(v));
      } else {
        result.elements.push_back(constant(math::reduced(sixteenths, 16)));
      }
    }
    return result;
  }

  int constant(const math::number &of) {
    parts.push_back({nullptr, {-1, -1, -1}, -1, of, 0});
    return static_cast<int>(parts.size()) - 1;
  }
  value number(std::int64_t whole) {
    return {
        keep({.operation = &detail::number_record,
              .fingerprint = detail::mix(detail::hash("number"), static_cast<std::uint64_t>(whole)),
              .value = whole}),
        {constant(whole)}};
  }

  template <class Operation>
  int part_of(int a, int b = -1, int c = -1) {
    parts.push_back({record_of<Operation>(), {a, b, c}, -1, {}, 0});
    return static_cast<int>(parts.size()) - 1;
  }

  template <class Operation>
  const expression_record *record(const std::vector<const expression_record *> &operands) {
    expression_record fresh{.operation = record_of<Operation>(),
                            .fingerprint = record_of<Operation>()->fingerprint};
    for (const expression_record *operand : operands)
      fresh.fingerprint = detail::mix(fresh.fingerprint, operand->fingerprint);
    fresh.operands = operand_lists.emplace_back(operands).data();
    fresh.operand_count = static_cast<int>(operands.size());
    fresh.shape = detail::shape_of(*fresh.operation, {fresh.operands, fresh.operand_count});
    return keep(fresh);
  }

  /// Element by element, smaller operands repeated.
  template <class Operation>
  value map(const value &a) {
    value result{record<Operation>({a.record}), {}};
    for (const int element : a.elements)
      result.elements.push_back(part_of<Operation>(element));
    return result;
  }
  template <class Operation>
  value map(const value &a, const value &b) {
    value result{record<Operation>({a.record, b.record}), {}};
    for (int i = 0; i < result.of().rows; ++i)
      for (int j = 0; j < result.of().columns; ++j)
        result.elements.push_back(part_of<Operation>(a.at(i, j), b.at(i, j)));
    return result;
  }

  int sum_of(const std::vector<int> &terms) {
    int result = terms[0];
    for (std::size_t i = 1; i < terms.size(); ++i)
      result = part_of<add_operation>(result, terms[i]);
    return result;
  }
  static std::vector<int> column(const value &a, int j) {
    std::vector<int> result;
    for (int i = 0; i < a.of().rows; ++i)
      result.push_back(a.at(i, j));
    return result;
  }
  static std::vector<int> row(const value &a, int i) {
    std::vector<int> result;
    for (int j = 0; j < a.of().columns; ++j)
      result.push_back(a.at(i, j));
    return result;
  }

  value product(const value &a, const value &b) {
    value result{record<matrix_product_operation>({a.record, b.record}), {}};
    for (int i = 0; i < a.of().rows; ++i)
      for (int j = 0; j < b.of().columns; ++j) {
        std::vector<int> terms;
        for (int k = 0; k < a.of().columns; ++k)
          terms.push_back(part_of<multiply_operation>(a.at(i, k), b.at(k, j)));
        result.elements.push_back(sum_of(terms));
      }
    return result;
  }
  value transposed(const value &a) {
    value result{record<transpose_operation>({a.record}), {}};
    for (int j = 0; j < a.of().columns; ++j)
      for (const int element : column(a, j))
        result.elements.push_back(element);
    return result;
  }
  value sum(const value &a) { return {record<sum_operation>({a.record}), {sum_of(a.elements)}}; }
  value column_sums(const value &a) {
    value result{record<column_sums_operation>({a.record}), {}};
    for (int j = 0; j < a.of().columns; ++j)
      result.elements.push_back(sum_of(column(a, j)));
    return result;
  }
  value row_sums(const value &a) {
    value result{record<row_sums_operation>({a.record}), {}};
    for (int i = 0; i < a.of().rows; ++i)
      result.elements.push_back(sum_of(row(a, i)));
    return result;
  }
  value largest(const value &a) {
    return {record<largest_operation>({a.record}), {largest_part(a.elements)}};
  }
  int largest_part(const std::vector<int> &elements) {
    largest_of.push_back(elements);
    int result = elements[0];
    for (const int element : elements)
      result = element == result ? result : part_of<max_operation>(result, element);
    return result;
  }
  value norm(const value &a) {
    std::vector<int> squares;
    for (const int element : a.elements)
      squares.push_back(part_of<square_operation>(element));
    return {record<norm_operation>({a.record}), {part_of<sqrt_operation>(sum_of(squares))}};
  }

  /// logsumexp of each column, by its definition.
  std::vector<int> log_sums(const value &z) {
    std::vector<int> result;
    for (int j = 0; j < z.of().columns; ++j) {
      std::vector<int> terms;
      for (const int element : column(z, j))
        terms.push_back(part_of<exp_operation>(element));
      result.push_back(part_of<log_operation>(sum_of(terms)));
    }
    return result;
  }
  value logsumexp(const value &z) { return {record<logsumexp_operation>({z.record}), log_sums(z)}; }
  value log_softmax(const value &z) {
    value result{record<log_softmax_operation>({z.record}), {}};
    const std::vector<int> logs = log_sums(z);
    for (int i = 0; i < z.of().rows; ++i)
      for (int j = 0; j < z.of().columns; ++j)
        result.elements.push_back(
            part_of<subtract_operation>(z.at(i, j), logs[static_cast<std::size_t>(j)]));
    return result;
  }
  value softmax(const value &z) {
    value result{record<softmax_operation>({z.record}), {}};
    const std::vector<int> logs = log_sums(z);
    for (int i = 0; i < z.of().rows; ++i)
      for (int j = 0; j < z.of().columns; ++j)
        result.elements.push_back(part_of<exp_operation>(
            part_of<subtract_operation>(z.at(i, j), logs[static_cast<std::size_t>(j)])));
    return result;
  }

  value rows(const value &a, int first, int count) {
    const value from = number(first), many = number(count);
    value result{record<rows_operation>({a.record, from.record, many.record}), {}};
    for (int i = first; i < first + count; ++i)
      for (const int element : row(a, i))
        result.elements.push_back(element);
    return result;
  }
  value columns(const value &a, int first, int count) {
    const value from = number(first), many = number(count);
    value result{record<columns_operation>({a.record, from.record, many.record}), {}};
    for (int i = 0; i < a.of().rows; ++i)
      for (int j = first; j < first + count; ++j)
        result.elements.push_back(a.at(i, j));
    return result;
  }
  value stack(const std::vector<value> &all) {
    value result{record<stack_operation>(records_of(all)), {}};
    for (const value &part : all)
      result.elements.insert(result.elements.end(), part.elements.begin(), part.elements.end());
    return result;
  }
  value beside(const std::vector<value> &all) {
    value result{record<beside_operation>(records_of(all)), {}};
    for (int i = 0; i < result.of().rows; ++i)
      for (const value &part : all)
        for (const int element : row(part, i))
          result.elements.push_back(element);
    return result;
  }
  value reshape(const value &a, int rows, int columns) {
    const value down = number(rows), across = number(columns);
    return {record<reshape_operation>({a.record, down.record, across.record}), a.elements};
  }
  /// The rows or columns of a whose indices these are, from what a pattern says of them.
  template <detail::taken What>
  value rearranged(const value &a, std::vector<int> numbers, bool are_rows,
                   const std::vector<int> &indices) {
    std::vector<const expression_record *> operands{a.record};
    for (const int each : numbers)
      operands.push_back(number(each).record);
    value result{record<rearrange_operation<What>>(operands), {}};
    for (int i = 0; i < result.of().rows; ++i)
      for (int j = 0; j < result.of().columns; ++j) {
        const int index = indices[static_cast<std::size_t>(are_rows ? i : j)];
        result.elements.push_back(are_rows ? a.at(index, j) : a.at(i, index));
      }
    return result;
  }
  template <detail::along Axis>
  value flipped(const value &a) {
    std::vector<int> indices;
    for (int k = length(a.of(), Axis) - 1; k >= 0; --k)
      indices.push_back(k);
    return rearranged<detail::flip_pattern<Axis>::what>(a, {}, Axis == detail::along::rows,
                                                        indices);
  }
  /// Some, from any on, with any step.
  template <detail::along Axis>
  value every(const value &a) {
    const int size = length(a.of(), Axis), first = choice(size), wanted = 1 + choice(size);
    const int step = choice(2) == 0 ? 1 + choice(3) : -1 - choice(3);
    std::vector<int> indices;
    for (int k = first; k >= 0 && k < size && static_cast<int>(indices.size()) < wanted; k += step)
      indices.push_back(k);
    return rearranged<detail::every_pattern<Axis>::what>(
        a, {first, static_cast<int>(indices.size()), step}, Axis == detail::along::rows, indices);
  }
  /// Windows of two columns or rows of pixels, some of which may be outside.
  template <int Axes, detail::windows_of What>
  value windows_of(const value &a) {
    const int channels = a.of().rows, height = Axes == 2 && a.of().columns % 2 == 0 ? 2 : 1;
    const int width = a.of().columns / height;
    windows of{Axes == 2, What == detail::windows_of::all_channels, false};
    of.numbers[0] = height;
    for (const std::size_t first : std::array<std::size_t, 2>{1, 6}) {
      const int length = first == 1 ? height : width, size = 1 + choice(2);
      const int stride = 1 + choice(2), dilation = 1 + choice(2), before = choice(3);
      const int all = 2 * before + length - dilation * (size - 1);
      const bool fits = all > 0 && (Axes == 2 || first == 6);
      const std::array<int, 5> axis{size, stride, dilation, before, (all - 1) / stride + 1};
      for (std::size_t k = 0; k < 5; ++k)
        of.numbers[first + k] = fits ? axis[k] : k == 3 ? 0 : k == 4 && first == 6 ? width : 1;
      if (!fits && first == 1 && Axes == 2)
        of.numbers[5] = height;
    }
    std::vector<const expression_record *> operands{a.record};
    for (std::size_t k = Axes == 2 ? 0 : 6; k < 11; ++k)
      operands.push_back(number(of.numbers[k]).record);
    value result{record<rearrange_operation<detail::windows_pattern<Axes, What>::what>>(operands),
                 {}};
    const int zero = constant(0);
    result.elements.assign(static_cast<std::size_t>(result.of().size()), zero);
    of.each(channels, [&](int row, int column, int channel, int i, int j) {
      if (0 <= i && i < height && 0 <= j && j < width)
        result.elements[static_cast<std::size_t>(row * result.of().columns + column)] =
            a.at(channel, i * width + j);
    });
    return result;
  }
  value largest_of_columns(const value &a) {
    value result{record<largest_along_operation<detail::along::columns>>({a.record}), {}};
    for (int j = 0; j < a.of().columns; ++j)
      result.elements.push_back(largest_part(column(a, j)));
    return result;
  }
  value largest_of_rows(const value &a) {
    value result{record<largest_along_operation<detail::along::rows>>({a.record}), {}};
    for (int i = 0; i < a.of().rows; ++i)
      result.elements.push_back(largest_part(row(a, i)));
    return result;
  }
  /// Columns by labels, some of them twice.
  value gathered(const value &a) {
    std::vector<value> labels;
    std::vector<int> columns_of_a;
    for (int k = 0; k < 3; ++k) {
      columns_of_a.push_back(choice(a.of().columns));
      labels.push_back(number(columns_of_a.back()));
    }
    value result{record<gather_operation>({a.record, beside(labels).record}), {}};
    for (int i = 0; i < a.of().rows; ++i)
      for (const int column : columns_of_a)
        result.elements.push_back(a.at(i, column));
    return result;
  }
  static std::vector<const expression_record *> records_of(const std::vector<value> &all) {
    std::vector<const expression_record *> result;
    for (const value &part : all)
      result.push_back(part.record);
    return result;
  }

  value chosen(const value &a, const value &b) {
    const value condition = map<less_operation>(a, number(0));
    value result{record<select_operation>({condition.record, a.record, b.record}), {}};
    for (int i = 0; i < result.of().rows; ++i)
      for (int j = 0; j < result.of().columns; ++j)
        result.elements.push_back(
            part_of<select_operation>(condition.at(i, j), a.at(i, j), b.at(i, j)));
    return result;
  }

  void push_sum() {
    const value last = values.back();
    values.push_back(sum(last));
  }

  value any() {
    const int count = static_cast<int>(values.size());
    return values[static_cast<std::size_t>(choice(2) == 0 ? count - 1 : choice(count))];
  }

  static bool fits(const shape &a, const shape &b) {
    const shape whole = detail::repeated(a, b);
    return !(whole == detail::no_shape) && (whole == a || whole == b);
  }

  value elementwise_pair(const value &a, const value &b) {
    switch (choice(7)) {
    case 0:
      return map<add_operation>(a, b);
    case 1:
      return map<subtract_operation>(a, b);
    case 2:
      return map<max_operation>(a, b);
    case 3:
      return map<binary_cross_entropy_with_logits_operation>(a, b);
    case 4:
      return chosen(a, b);
    case 5:
      return map<divide_operation>(a, map<add_operation>(number(2), map<tanh_operation>(b)));
    default:
      return map<multiply_operation>(a, b);
    }
  }

  value elementwise(const value &a) {
    switch (choice(9)) {
    case 0:
      return map<negate_operation>(a);
    case 1:
      return map<exp_operation>(a);
    case 2:
      return map<sigmoid_operation>(a);
    case 3:
      return map<tanh_operation>(a);
    case 4:
      return map<softplus_operation>(a);
    case 5:
      return map<relu_operation>(a);
    case 6:
      return map<square_operation>(a);
    case 7:
      return map<abs_operation>(a);
    default:
      return map<sin_operation>(a);
    }
  }

  /// What one writes of matrices, the rewrites' patterns among it.
  value of_columns(const value &a) {
    switch (choice(14)) {
    case 12:
      return largest_of_columns(a);
    case 13:
      return largest_of_rows(a);
    case 0:
      return softmax(a);
    case 1:
      return log_softmax(a);
    case 2:
      return logsumexp(a);
    case 3:
      return map<log_operation>(softmax(a));
    case 4:
      return map<log_operation>(column_sums(map<exp_operation>(a)));
    case 5: {
      const value e = map<exp_operation>(a);
      return map<divide_operation>(e, column_sums(e));
    }
    case 6: // a cross-entropy with soft labels
      return map<negate_operation>(column_sums(
          map<multiply_operation>(map<sigmoid_operation>(a), map<log_operation>(softmax(a)))));
    case 7:
      return column_sums(a);
    case 8:
      return row_sums(a);
    case 9:
      return norm(a);
    case 10:
      return largest(a);
    default:
      return map<no_rewrite_operation>(map<log_operation>(softmax(a)));
    }
  }

  value of_parts(const value &a) {
    const shape of = a.of();
    const value first = rows(a, 0, 1), last = rows(a, of.rows - 1, 1);
    const value left = columns(a, 0, 1), right = columns(a, of.columns - 1, 1);
    switch (choice(18)) {
    case 14:
      return windows_of<1, detail::windows_of::all_channels>(a);
    case 15:
      return windows_of<1, detail::windows_of::each_channel>(a);
    case 16:
      return windows_of<2, detail::windows_of::all_channels>(a);
    case 17:
      return windows_of<2, detail::windows_of::each_channel>(a);
    case 9:
      return flipped<detail::along::rows>(a);
    case 10:
      return flipped<detail::along::columns>(a);
    case 11:
      return every<detail::along::rows>(a);
    case 12:
      return every<detail::along::columns>(a);
    case 13:
      return gathered(a);
    case 0:
      return last;
    case 1:
      return columns(a, 0, (of.columns + 1) / 2);
    case 2:
      return stack({a, map<sigmoid_operation>(a)});
    case 3:
      return beside({map<tanh_operation>(a), a});
    case 4:
      return stack({last, a, map<sin_operation>(first), first});
    case 5:
      return beside({right, map<sin_operation>(left), a});
    case 6:
      return beside({stack({first, map<sin_operation>(last)}), stack({last, first})});
    case 7:
      return rows(stack({map<sin_operation>(last), a, first}), 1, of.rows + 1);
    default:
      return reshape(a, of.columns, of.rows);
    }
  }

  void step() {
    const value a = any(), b = any();
    const int which = choice(10);
    if (which < 3 && a.of().columns == b.of().rows && a.of().size() > 1 && b.of().size() > 1)
      values.push_back(product(a, b));
    else if (which < 5 && fits(a.of(), b.of()))
      values.push_back(elementwise_pair(a, b));
    else if (which < 6)
      values.push_back(transposed(a));
    else if (which < 8)
      values.push_back(of_columns(a));
    else if (which < 9 && a.of().size() < 9)
      values.push_back(of_parts(a));
    else
      values.push_back(elementwise(a));
  }
};

/// The values of the outputs, which must be in machine steps.
std::vector<numbers> run(const detail::graph &home, const detail::list<int> &outputs,
                         const matrix_generator &formula) {
  detail::list<bool> needed;
  mark_needed(home, outputs, needed);
  std::vector<numbers> values;
  for (int i = 0; i < needed.size; ++i) {
    const detail::node &here = home.nodes.items[i];
    values.emplace_back(here.shape());
    if (!needed.items[i])
      continue;
    numbers &to = values.back();
    if (*here.operation == detail::variable_record) {
      for (std::size_t k = 0; k < most_variables; ++k)
        if (names[k] == home.variables.items[here.content].text)
          to.elements = formula.given[k];
      continue;
    }
    if (*here.operation == detail::number_record) {
      to.elements[0] = math::rounded<double>(home.numbers.items[here.content]);
      continue;
    }
    std::vector<const numbers *> in;
    for (int k = 0; k < here.input_count; ++k)
      in.push_back(&values[static_cast<std::size_t>(home.input(i, k))]);
    if (!here.operation->is_elementwise) {
      run_shaped(*here.operation, to, in);
      continue;
    }
    const value_rule rule = rule_of(*here.operation);
    if (rule == nullptr)
      std::abort(); // an operation that is missing in `steps`
    for (int row = 0; row < here.shape().rows; ++row)
      for (int column = 0; column < here.shape().columns; ++column) {
        std::array<double, 3> operands{};
        for (std::size_t k = 0; k < in.size(); ++k)
          operands[k] = in[k]->near(row, column);
        to.at(row, column) = rule(operands.data(), here.input_count);
      }
  }
  std::vector<numbers> result;
  for (const int output : outputs)
    result.push_back(values[static_cast<std::size_t>(output)]);
  return result;
}

/// Whether the largest of some elements is another one as well.
bool has_ties(const reference &at, const std::vector<int> &elements) {
  wide largest = at[elements[0]].value;
  for (const int each : elements)
    largest = at[each].value > largest ? at[each].value : largest;
  long count = 0;
  for (const int each : elements)
    count += size_of(largest - at[each].value) <= 1e4L * at[each].error;
  return count > 1;
}

struct counts {
  long formulas = 0, undefined = 0, compared = 0, extreme = 0, wrong = 0;
};

void one_formula(std::mt19937_64 &source, counts &count, long first_shown) {
  const matrix_generator formula(source);
  const value &whole = formula.values.back();
  ++count.formulas;
  const reference expected(formula.parts, formula.at, false);
  const jet &right = expected[whole.elements[0]];
  bool is_defined = right.is_defined;
  for (const std::vector<int> &elements : formula.largest_of)
    is_defined = is_defined && !has_ties(expected, elements);
  if (!is_defined || !right.is_tame) {
    ++(is_defined ? count.extreme : count.undefined);
    return;
  }
  std::array<expression_record, most_variables> slopes;
  std::array<std::array<const expression_record *, 2>, most_variables> operands{};
  for (std::size_t v = 0; v < most_variables; ++v) {
    operands[v] = {whole.record, formula.variables[v]};
    slopes[v] = {.operation = record_of<partial_operation>(),
                 .fingerprint =
                     detail::mix(whole.record->fingerprint, formula.variables[v]->fingerprint),
                 .shape = formula.variables[v]->shape,
                 .operands = operands[v].data(),
                 .operand_count = 2};
  }
  for (const way how : {way::as_written, way::simplified}) {
    detail::graph home;
    std::vector<const expression_record *> networks{whole.record};
    for (const expression_record &slope : slopes)
      networks.push_back(&slope);
    detail::list<int> outputs = detail::lowered(home, networks, how);
    const detail::list<int> before = outputs;
    expand(home, outputs);
    const std::vector<numbers> values = run(home, outputs, formula);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bounded want =
          i == 0 ? bounded{right.value, size_of(right.value), right.error} : right.slope[i - 1];
      const double got = values[i].elements[i == 0 ? 0 : formula.varying[i - 1]];
      ++count.compared;
      const bool fits =
          std::isfinite(got) && size_of(wide(got) - want.value) <= want.error + 1e-290L;
      if (fits || ++count.wrong <= first_shown || count.wrong > first_shown + 20)
        continue;
      detail::graph clean;
      const symbol written = detail::lowered(clean, *whole.record, way::as_written);
      std::printf("%s of f = %s\n  %s: %s\n  %.17g instead of %s, bound %.3Lg\n",
                  i == 0 ? "f" : names[i - 1].data(), text_of(clean, written).c_str(),
                  how == way::as_written ? "as it is written" : "simplified",
                  text_of(home, home.at(before.items[static_cast<int>(i)])).c_str(), got,
                  want.value.str(20).c_str(), want.error);
      for (std::size_t v = 0; v < most_variables; ++v) {
        std::printf("  %s =", names[v].data());
        for (const double each : formula.given[v])
          std::printf(" %g", each);
        std::printf(", slope by element %zu\n", formula.varying[v]);
      }
    }
  }
}

} // namespace
} // namespace fuzz::in_matrices

int fuzz::search_matrices(int count, char **arguments) {
  const long formulas = count > 1 ? std::atol(arguments[1]) : 20000;
  std::mt19937_64 source(static_cast<std::uint64_t>(count > 2 ? std::atoll(arguments[2]) : 1));
  in_matrices::counts counts;
  for (long i = 0; i < formulas; ++i)
    in_matrices::one_formula(source, counts, count > 3 ? std::atol(arguments[3]) : 0);
  std::printf(
      "%ld formulas of matrices (%ld not defined where they were tried, %ld too large), %ld "
      "numbers compared, %ld wrong\n",
      counts.formulas, counts.undefined, counts.extreme, counts.compared, counts.wrong);
  return counts.wrong == 0 ? 0 : 1;
}
