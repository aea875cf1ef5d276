// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Elements in another order, once, several times or not at all, as a constant pattern has it: every
// second column, columns from the last to the first, the windows of a convolution. What flows back
// to an element is the sum of what flows into its copies, each operation the other's adjoint.
// Read next: block.hpp.
#pragma once

#include <chainrule/operation/slice.hpp>

namespace chainrule {

namespace detail {

/// An axis along which elements are counted: how many there are, and where a step leads in the
/// source, over how many elements, and down and across in the images that it consists of.
struct stride {
  int count = 1, over = 0, down = 0, across = 0;
};

/// Where elements come from: the first, and the axes, the last of which runs across. A source is
/// images one after another, row by row; what is outside of an image is 0.
struct pattern {
  int height = 1, width = 1; // of an image
  int down = 0, across = 0;  // of the first element
  stride axes[5]{};

  constexpr int size() const {
    int result = 1;
    for (const stride &axis : axes)
      result *= axis.count;
    return result;
  }
  /// Where a place of the result comes from: down, across and over so many elements.
  struct origin {
    int down, across, over;
  };
  constexpr origin origin_of(int place) const {
    origin result{down, across, 0};
    for (int k = 4; k >= 0; place /= axes[k--].count) {
      const int steps = place % axes[k].count;
      result.down += steps * axes[k].down;
      result.across += steps * axes[k].across;
      result.over += steps * axes[k].over;
    }
    return result;
  }
  /// Whether there is something outside; then the last axis runs forward.
  constexpr bool leaves() const {
    int top = down, bottom = down, left = across, right = across;
    for (const stride &axis : axes) {
      const int far_down = (axis.count - 1) * axis.down, far = (axis.count - 1) * axis.across;
      (far_down < 0 ? top : bottom) += far_down;
      (far < 0 ? left : right) += far;
    }
    return top < 0 || left < 0 || bottom >= height || right >= width;
  }
};

/// For each line along the last axis: where it stands in the result, where it begins in the source,
/// and which of its elements, from `begin` to before `end`, are inside.
template <pattern Of>
CHAINRULE_INLINE constexpr void for_lines(auto visit) {
  constexpr const stride *axes = Of.axes;
  constexpr int count = axes[4].count, step = axes[4].across;
  int place = 0;
  for (int a = 0; a < axes[0].count; ++a)
    for (int b = 0; b < axes[1].count; ++b)
      for (int c = 0; c < axes[2].count; ++c)
        for (int d = 0; d < axes[3].count; ++d, place += count) {
          const auto sum = [&](int stride::*by) {
            return a * axes[0].*by + b * axes[1].*by + c * axes[2].*by + d * axes[3].*by;
          };
          const int down = Of.down + sum(&stride::down);
          const int across = Of.across + sum(&stride::across);
          int begin = 0, end = count;
          if constexpr (Of.leaves()) {
            const int before = across < 0 ? (step - 1 - across) / step : 0;
            const int inside = across < Of.width ? (Of.width - 1 - across) / step + 1 : 0;
            const bool is_in = 0 <= down && down < Of.height;
            begin = before < count ? before : count;
            end = !is_in || inside < begin ? begin : inside < count ? inside : count;
          }
          visit(place, sum(&stride::over) + down * Of.width + across, begin, end);
        }
}

/// Numbers among operands, from the one with this index.
struct whole_numbers {
  int items[16]{};

  constexpr whole_numbers(const auto &operands, int from) {
    for (int k = from; k < operands.size; ++k)
      items[k - from] = whole_number(operands.items[k]);
  }
};

/// What is taken: an operation goes by a name of the library's.
enum class taken {
  flipped_rows,
  flipped_columns,
  every_row,
  every_column,
  windows,
  image_windows,
  channel_windows,
  image_channel_windows
};

/// Of each a struct with a name, `shape_for` and `pattern_for`, both of the shape of x and some
/// numbers, and the rules `simplified` and `definition` of x and these.
template <taken What>
struct pattern_taken;

template <taken What>
constexpr symbol rearranged(symbol x, const symbols &numbers, int from);
template <taken What>
constexpr symbol rearranged_back(symbol d, const symbols &operands);

} // namespace detail

/// The elements of x that a pattern takes. Its operands: x and the numbers of the pattern.
template <detail::taken What>
struct rearrange_operation : detail::moving_operation {
  using Pattern = detail::pattern_taken<What>;

  static constexpr std::string_view name = Pattern::name;
  static constexpr notation written =
      What == detail::taken::every_row || What == detail::taken::every_column ? notation::part
                                                                              : notation::function;
  static constexpr int arity = any_number;
  static constexpr int operations = 0;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return Pattern::shape_for(all.items[0].shape, detail::whole_numbers(all, 1).items);
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    return {detail::rearranged_back<What>(d, all)};
  }
  static constexpr symbol simplified(const symbols &all) {
    const symbol x = all.items[0];
    const detail::whole_numbers numbers(all, 1);
    if (is<fill_operation>(x) && x.operand(0).shape().is_scalar() &&
        !Pattern::pattern_for(x.shape(), numbers.items).leaves())
      return filled(x.operand(0), Pattern::shape_for(x.shape(), numbers.items));
    return Pattern::simplified(all);
  }
  static constexpr symbol definition(const symbols &all) { return Pattern::definition(all); }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const detail::whole_numbers numbers(all, 1);
    const detail::shape x = all.items[0].shape;
    const detail::pattern of = Pattern::pattern_for(x, numbers.items);
    const auto [down, across, over] =
        of.origin_of(row * Pattern::shape_for(x, numbers.items).columns + column);
    if (0 <= down && down < of.height && 0 <= across && across < of.width)
      to.push({0, (over + down * of.width + across) / x.columns,
               (over + down * of.width + across) % x.columns});
  }
  template <detail::extent X, detail::extent... Numbers, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const auto *...) {
    constexpr int numbers[]{int(Numbers.number)..., 0};
    constexpr detail::pattern of = Pattern::pattern_for(X.shape, numbers);
    constexpr int count = of.axes[4].count, step = of.axes[4].across;
    detail::for_lines<of>([&](int place, int source, int begin, int end) {
      for (int j = 0; of.leaves() && j < begin; ++j)
        out[place + j] = T(0.0);
      for (int j = begin; j < end; ++j)
        out[place + j] = x[source + j * step];
      for (int j = end; of.leaves() && j < count; ++j)
        out[place + j] = T(0.0);
    });
  }
};

/// The sums of what was taken where it came from. Its operands: what there is to add up, the shape
/// of the source, and the numbers of the pattern.
template <detail::taken What>
struct rearrange_back_operation : detail::adding_operation {
  using Pattern = detail::pattern_taken<What>;

  static constexpr std::string_view name = Pattern::name_of_sums;
  static constexpr int arity = any_number;
  static constexpr gating gate = Pattern::gate; // what was not taken is 0, beside anything
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return detail::shape_of_numbers(all.items[1], all.items[2]);
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return all.items[0].shape.size();
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    return {detail::rearranged<What>(d, all, 3)};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const detail::shape whole = detail::shape_of_numbers(all.items[1], all.items[2]);
    const detail::whole_numbers numbers(all, 3);
    const detail::pattern of = Pattern::pattern_for(whole, numbers.items);
    const detail::stride &last = of.axes[4];
    for (int line = 0; line < of.size() / last.count; ++line) {
      const auto [down, across, over] = of.origin_of(line * last.count);
      // where the element is in the image of this line, and how many steps away
      const int place = row * whole.columns + column - over - down * of.width;
      const int steps = (place - across) / last.across, at = line * last.count + steps;
      if (0 <= down && down < of.height && 0 <= place && place < of.width && steps >= 0 &&
          steps < last.count && across + steps * last.across == place)
        to.push({0, at / all.items[0].shape.columns, at % all.items[0].shape.columns});
    }
  }

  template <detail::extent D, detail::extent Rows, detail::extent Columns,
            detail::extent... Numbers, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *d, const auto *...) {
    constexpr int numbers[]{int(Numbers.number)..., 0};
    constexpr detail::shape to = detail::shape_of_numbers(Rows, Columns);
    constexpr detail::pattern of = Pattern::pattern_for(to, numbers);
    constexpr int step = of.axes[4].across;
    for (int i = 0; i < to.size(); ++i)
      out[i] = T(0.0);
    detail::for_lines<of>([&](int place, int source, int begin, int end) {
      for (int j = begin; j < end; ++j)
        out[source + j * step] = out[source + j * step] + d[place + j];
    });
  }
};

namespace detail {

template <taken What>
constexpr symbol rearranged(symbol x, const symbols &numbers, int from) {
  symbols all{x};
  for (int k = from; k < numbers.size; ++k)
    all.push(numbers.items[k]);
  return x.is(0) ? x : apply_operation<rearrange_operation<What>>(all);
}

template <taken What>
constexpr symbol rearranged_back(symbol d, const symbols &operands) {
  if (d.is(0))
    return d;
  if constexpr (pattern_taken<What>::is_its_own_inverse) {
    return rearranged<What>(d, operands, 1);
  } else {
    const shape to = operands.items[0].shape();
    symbols all{d, d.home->constant(to.rows), d.home->constant(to.columns)};
    for (int k = 1; k < operands.size; ++k)
      all.push(operands.items[k]);
    return apply_operation<rearrange_back_operation<What>>(all);
  }
}

/// `count` rows or columns of a matrix from `first` on, the next one always `step` further.
constexpr pattern pattern_of_lines(shape of, along axis, int first, int count, int step) {
  if (of.columns == 1 && axis == along::rows) { // a column lies in memory as a row
    of = {1, of.rows};
    axis = along::columns;
  }
  pattern result{of.rows, of.columns};
  result.axes[3] = {of.rows, 0, 1, 0};
  result.axes[4] = {of.columns, 0, 0, 1};
  if (axis == along::rows) {
    result.down = first;
    result.axes[3] = {count, 0, step, 0};
  } else {
    result.across = first;
    result.axes[4] = {count, 0, 0, step};
  }
  return result;
}

/// What is done with the columns of a transpose is done with the rows of the matrix, which
/// products read as it lies.
template <template <along> class Pattern, along Axis>
constexpr symbol rearranged_transpose(const symbols &all) {
  const symbol x = all.items[0];
  return is<transpose_operation>(x)
             ? apply_operation<transpose_operation>(
                   rearranged<Pattern<across(Axis)>::what>(x.operand(0), all, 1))
             : symbol{};
}

/// For proofs: of the operands of what is made element by element, or of the side of a product of
/// matrices.
template <template <along> class Pattern, along Axis>
constexpr symbol rearranged_operands(const symbols &all) {
  const symbol x = all.items[0];
  const bool is_product = is<matrix_product_operation>(x);
  if (!is_product &&
      (!x.operation()->is_elementwise || x.operands() == 0 || is<no_rewrite_operation>(x)))
    return {};
  list<int> operands;
  for (int k = 0; k < x.operands(); ++k) {
    const symbol operand = x.operand(k);
    const bool stays =
        is_product ? (k == 0) != (Axis == along::rows) : length(operand.shape(), Axis) == 1;
    operands.push((stays ? operand : rearranged<Pattern<Axis>::what>(operand, all, 1)).index);
  }
  return x.home->make(*x.operation(), operands);
}

/// From the last to the first.
template <along Axis>
struct flip_pattern {
  static constexpr taken what = Axis == along::rows ? taken::flipped_rows : taken::flipped_columns;
  static constexpr std::string_view name = Axis == along::rows ? "flip_rows"sv : "flip_columns"sv;
  static constexpr bool is_its_own_inverse = true;

  static constexpr shape shape_for(const shape &x, const int *) { return x; }
  static constexpr pattern pattern_for(const shape &x, const int *) {
    return pattern_of_lines(x, Axis, length(x, Axis) - 1, length(x, Axis), -1);
  }
  static constexpr symbol simplified(const symbols &all) {
    const symbol x = all.items[0];
    if (length(x.shape(), Axis) == 1)
      return x;
    return is<rearrange_operation<what>>(x) ? x.operand(0)
                                            : rearranged_transpose<flip_pattern, Axis>(all);
  }
  static constexpr symbol definition(const symbols &all) {
    return rearranged_operands<flip_pattern, Axis>(all);
  }
};

/// From `first` on, `count` of them, always `step` further, forward or backward.
template <along Axis>
struct every_pattern {
  static constexpr taken what = Axis == along::rows ? taken::every_row : taken::every_column;
  static constexpr std::string_view name = Axis == along::rows ? "rows_of"sv : "columns_of"sv;
  static constexpr std::string_view name_of_sums =
      Axis == along::rows ? "place_rows"sv : "place_columns"sv;
  static constexpr gating gate = gating::chosen;
  static constexpr bool is_its_own_inverse = false;

  static constexpr shape shape_for(const shape &x, const int *numbers) {
    return with_length(x, Axis, numbers[1]);
  }
  static constexpr pattern pattern_for(const shape &x, const int *numbers) {
    return pattern_of_lines(x, Axis, numbers[0], numbers[1], numbers[2]);
  }
  static constexpr symbol simplified(const symbols &all) {
    const symbol x = all.items[0];
    const auto [first, count, step] = numbers_of(all);
    if (step == 1 || count == 1)
      return slice(x, Axis, first, count);
    if (is_along<slice_operation>(x, Axis))
      return every(x.operand(0), whole_operand(x, 1) + first, count, step);
    if (is<rearrange_operation<what>>(x))
      return every(x.operand(0), whole_operand(x, 1) + first * whole_operand(x, 3), count,
                   step * whole_operand(x, 3));
    return rearranged_transpose<every_pattern, Axis>(all);
  }
  /// One beside the other, of which parts are known.
  static constexpr symbol definition(const symbols &all) {
    const auto [first, count, step] = numbers_of(all);
    const symbol inward = rearranged_operands<every_pattern, Axis>(all);
    symbols parts;
    for (int k = 0; !inward.exists() && count <= 16 && k < count; ++k)
      parts.push(slice(all.items[0], Axis, first + k * step, 1));
    return parts.size > 0 ? join(parts, Axis) : inward;
  }

private:
  struct three {
    int first, count, step;
  };
  static constexpr three numbers_of(const symbols &all) {
    const whole_numbers numbers(all, 1);
    return {numbers.items[0], numbers.items[1], numbers.items[2]};
  }
  static constexpr symbol every(symbol x, int first, int count, int step) {
    graph &home = *x.home;
    return rearranged<what>(x, {home.constant(first), home.constant(count), home.constant(step)},
                            0);
  }
};

template <>
struct pattern_taken<taken::flipped_rows> : flip_pattern<along::rows> {};
template <>
struct pattern_taken<taken::flipped_columns> : flip_pattern<along::columns> {};
template <>
struct pattern_taken<taken::every_row> : every_pattern<along::rows> {};
template <>
struct pattern_taken<taken::every_column> : every_pattern<along::columns> {};

} // namespace detail
} // namespace chainrule
