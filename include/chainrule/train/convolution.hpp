// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Convolutions and pooling: conv1d conv2d max_pool average_pool. A row is a channel. Of a sequence
// a column is a time; an image has its pixels row by row in the columns. With the windows of X
// below each other, a column for each place, a convolution is one product of matrices, W
// windows(X). Read next: check/gradient_check.hpp.
#pragma once

#include <chainrule/operation/block.hpp>
#include <chainrule/operation/softmax.hpp>
#include <chainrule/train/layers.hpp>

namespace chainrule {

/// How a window slides: sliding{.stride = 2, .dilation = 4, .padding = sliding::causal}. `padding`
/// is the number of zeros at each end, or `causal`: zeros before the sequence only, so that nothing
/// depends on what comes later, or `same`: as many as keep the length, the odd one at the end.
struct sliding {
  int stride = 1;
  int dilation = 1; // from one element of the window to the next
  int padding = 0;

  static constexpr int causal = -1, same = -2;

  /// The zeros before what a window slides over.
  constexpr int before(int window) const {
    const int all = dilation * (window - 1);
    return padding == causal ? all : padding == same ? all / 2 : padding;
  }
  /// At how many places a window fits in.
  constexpr int places(int length, int window) const {
    const int all = dilation * (window - 1);
    const int rest = length + (padding < 0 ? all : 2 * padding) - all - 1;
    const bool is_possible =
        window > 0 && stride > 0 && dilation > 0 && padding >= same && rest >= 0;
    return is_possible ? rest / stride + 1 : 0;
  }
};

namespace detail {

/// What of a window stands in a column: an element of each channel, or one of a single channel.
enum class windows_of : bool { all_channels, each_channel };

/// The windows along one axis or two. Its numbers: of an image the height, then for each axis the
/// size of the window, stride, dilation, the zeros before, and the places. An element of the window
/// has a row; of all channels those of the first come first.
template <int Axes, windows_of What>
struct windows_pattern {
  static constexpr bool are_together = What == windows_of::all_channels;
  static constexpr taken what = are_together ? Axes == 1 ? taken::windows : taken::image_windows
                                : Axes == 1  ? taken::channel_windows
                                             : taken::image_channel_windows;
  static constexpr std::string_view name = are_together
                                               ? Axes == 1 ? "windows"sv : "image_windows"sv
                                           : Axes == 1 ? "channel_windows"sv
                                                       : "image_channel_windows"sv;
  static constexpr std::string_view name_of_sums =
      are_together ? Axes == 1 ? "window_sums"sv : "image_window_sums"sv
      : Axes == 1  ? "channel_window_sums"sv
                   : "image_channel_window_sums"sv;
  // Nearly all elements are in a window: as behind a rectifier, finite factors need no care.
  static constexpr gating gate = gating::rectified;
  static constexpr bool is_its_own_inverse = false;

  static constexpr shape shape_for(const shape &x, const int *numbers) {
    const pattern of = pattern_for(x, numbers);
    int rows = 1;
    for (int k = 0; k < (are_together ? 3 : 2); ++k)
      rows *= of.axes[k].count;
    return {rows, of.size() / rows};
  }
  static constexpr pattern pattern_for(const shape &x, const int *numbers) {
    const int none[]{1, 1, 1, 0, 1};
    const int *const down = Axes == 1 ? none : numbers + 1;
    const int *const across = Axes == 1 ? numbers : numbers + 6;
    const int height = Axes == 1 ? 1 : numbers[0], size = x.columns;
    const stride channels{x.rows, size, 0, 0};
    const stride rows{down[0], 0, down[2], 0}, columns{across[0], 0, 0, across[2]};
    const stride downward{down[4], 0, down[1], 0}, forward{across[4], 0, 0, across[1]};
    pattern result{height, size / height, -down[3], -across[3]};
    const stride together[]{channels, rows, columns, downward, forward};
    const stride apart[]{rows, columns, channels, downward, forward};
    for (int k = 0; k < 5; ++k)
      result.axes[k] = are_together ? together[k] : apart[k];
    return result;
  }
  /// A window of one element at every place is x.
  static constexpr symbol simplified(const symbols &all) {
    const symbol x = all.items[0];
    const whole_numbers numbers(all, 1);
    return are_together && shape_for(x.shape(), numbers.items) == x.shape() &&
                   !pattern_for(x.shape(), numbers.items).leaves()
               ? x
               : symbol{};
  }
  static constexpr symbol definition(const symbols &) { return {}; }
};

template <>
struct pattern_taken<taken::windows> : windows_pattern<1, windows_of::all_channels> {};
template <>
struct pattern_taken<taken::image_windows> : windows_pattern<2, windows_of::all_channels> {};
template <>
struct pattern_taken<taken::channel_windows> : windows_pattern<1, windows_of::each_channel> {};
template <>
struct pattern_taken<taken::image_channel_windows> : windows_pattern<2, windows_of::each_channel> {
};

// False, but only once they are known: the compiler prints them with the message.
template <sliding How, class... Shapes>
inline constexpr bool windows_fit = false;

template <bool Fits, sliding How, class... Operands>
constexpr void check_windows() {
  static_assert(
      Fits || any_mistaken<Operands...> || windows_fit<How, shape_named<Operands>...>,
      "conv1d<sliding{...}>(W, X), conv2d<Height, Width, Rows, Columns, sliding{...}>(W, X), "
      "max_pool<Size>(X), max_pool<Height, Width, Rows, Columns>(X), average_pool: X has a row for "
      "each channel and a column for each time or each of Height * Width pixels, W a column for "
      "each channel and element of the window, which fits into X; stride and dilation are at least "
      "1; shapes are named in this message");
}

template <windows_of What, int Window, sliding How, expression Input>
constexpr auto windows_along(Input X) {
  return apply_operation<rearrange_operation<windows_pattern<1, What>::what>>(
      X, literal<Window>{}, literal<How.stride>{}, literal<How.dilation>{},
      literal<How.before(Window)>{}, literal<How.places(record<Input>.shape.columns, Window)>{});
}

template <windows_of What, int Height, int Width, int Rows, int Columns, sliding Down,
          sliding Across, expression Input>
constexpr auto windows_in_image(Input X) {
  return apply_operation<rearrange_operation<windows_pattern<2, What>::what>>(
      X, literal<Height>{}, literal<Rows>{}, literal<Down.stride>{}, literal<Down.dilation>{},
      literal<Down.before(Rows)>{}, literal<Down.places(Height, Rows)>{}, literal<Columns>{},
      literal<Across.stride>{}, literal<Across.dilation>{}, literal<Across.before(Columns)>{},
      literal<Across.places(Width, Columns)>{});
}

template <int Window, sliding How, expression Kernel, expression Input>
constexpr auto convolved(Kernel W, Input X) {
  constexpr shape of = record<Input>.shape;
  constexpr bool fits =
      record<Kernel>.shape.columns == of.rows * Window && How.places(of.columns, Window) > 0;
  check_windows<fits, How, Kernel, Input>();
  if constexpr (fits)
    return W * windows_along<windows_of::all_channels, Window, How>(X);
  else
    return mistaken{};
}

/// Of each channel's windows, a column each, what `join` makes of them: a row for each channel.
template <int Size, int Stride, expression Input>
constexpr auto pooled(Input X, auto join) {
  constexpr shape of = record<Input>.shape;
  constexpr sliding how{Stride};
  constexpr int places = how.places(of.columns, Size);
  check_windows<(places > 0), how, Input>();
  if constexpr (places > 0)
    return reshape<of.rows, places>(join(windows_along<windows_of::each_channel, Size, how>(X)));
  else
    return mistaken{};
}
template <int Height, int Width, int Rows, int Columns, int StrideDown, int StrideAcross,
          expression Input>
constexpr auto pooled(Input X, auto join) {
  constexpr shape of = record<Input>.shape;
  constexpr sliding down{StrideDown}, across{StrideAcross};
  constexpr int places = down.places(Height, Rows) * across.places(Width, Columns);
  constexpr bool fits = places > 0 && of.columns == Height * Width;
  check_windows<fits, down, Input>();
  if constexpr (fits)
    return reshape<of.rows, places>(join(
        windows_in_image<windows_of::each_channel, Height, Width, Rows, Columns, down, across>(X)));
  else
    return mistaken{};
}

} // namespace detail

/// The convolution of a sequence with a kernel: y(t) is the sum of W(k) x(stride t + dilation k -
/// zeros before). Column c * window + k of W weighs element k of the window in channel c, so
/// weights of PyTorch lie in memory as W does; as there, the kernel is not reversed. Shape: X
/// channels x times, W outputs x (channels * window); outputs x places.
template <sliding How = sliding{}, expression Kernel, expression Input>
[[nodiscard]] constexpr auto conv1d(Kernel W, Input X) {
  if constexpr (detail::any_mistaken<Kernel, Input>)
    return detail::mistaken{};
  else
    return detail::convolved<
        detail::record<Kernel>.shape.columns / detail::record<Input>.shape.rows, How>(W, X);
}

/// The convolution of images of Height x Width pixels, row by row in a row of X for each channel,
/// with windows of Rows x Columns, row by row in W. Shape: X channels x (Height * Width), W outputs
/// x (channels * Rows * Columns); outputs x places.
template <int Height, int Width, int Rows, int Columns, sliding How = sliding{}, expression Kernel,
          expression Input>
[[nodiscard]] constexpr auto conv2d(Kernel W, Input X) {
  constexpr detail::shape of = detail::record<Input>.shape, kernel = detail::record<Kernel>.shape;
  constexpr bool fits = of.columns == Height * Width &&
                        kernel.columns == of.rows * Rows * Columns &&
                        How.places(Height, Rows) * How.places(Width, Columns) > 0;
  detail::check_windows<fits, How, Kernel, Input>();
  if constexpr (fits)
    return W * detail::windows_in_image<detail::windows_of::all_channels, Height, Width, Rows,
                                        Columns, How, How>(X);
  else
    return detail::mistaken{};
}

/// The largest of `Size` columns in each row, then of those `Stride` further. Shape: channels x
/// times becomes channels x places. Slope: shared by several that are the largest.
template <int Size, int Stride = Size, expression Input>
[[nodiscard]] constexpr auto max_pool(Input X) {
  return detail::pooled<Size, Stride>(X, [](auto windows) { return column_max(windows); });
}

/// The largest of Rows x Columns pixels of an image in each channel. Shape: channels x (Height *
/// Width) becomes channels x places.
template <int Height, int Width, int Rows, int Columns, int StrideDown = Rows,
          int StrideAcross = Columns, expression Input>
[[nodiscard]] constexpr auto max_pool(Input X) {
  return detail::pooled<Height, Width, Rows, Columns, StrideDown, StrideAcross>(
      X, [](auto windows) { return column_max(windows); });
}

/// The mean of `Size` columns in each row, then of those `Stride` further. Shape: channels x times
/// becomes channels x places.
template <int Size, int Stride = Size, expression Input>
[[nodiscard]] constexpr auto average_pool(Input X) {
  return detail::pooled<Size, Stride>(X, [](auto windows) { return column_means(windows); });
}

/// The mean of Rows x Columns pixels of an image in each channel. Shape: channels x (Height *
/// Width) becomes channels x places.
template <int Height, int Width, int Rows, int Columns, int StrideDown = Rows,
          int StrideAcross = Columns, expression Input>
[[nodiscard]] constexpr auto average_pool(Input X) {
  return detail::pooled<Height, Width, Rows, Columns, StrideDown, StrideAcross>(
      X, [](auto windows) { return column_means(windows); });
}

namespace detail {

/// A kernel and a bias.
template <fixed_string Name, int Channels, int Outputs, int Window>
struct convolution_weights {
  using model_tag = detail::model_tag;

  static constexpr variable<concatenated(Name, fixed_string(".W")), Outputs, Channels * Window> W{};
  static constexpr variable<concatenated(Name, fixed_string(".b")), Outputs> b{};

  using variables = key_list<std::remove_const_t<decltype(W)>, std::remove_const_t<decltype(b)>>;
};

} // namespace detail

template <fixed_string Name, int Channels, int Outputs, int Window, sliding How, class Activation>
struct conv1d_layer : detail::convolution_weights<Name, Channels, Outputs, Window> {
  using weights = detail::convolution_weights<Name, Channels, Outputs, Window>;
  using weights::b, weights::W;

  Activation activation;

  constexpr conv1d_layer(Activation function) : activation(function) {}
  CHAINRULE_CALLED_WITH(1, 1)
  template <expression Input>
  constexpr auto operator()(Input X) const {
    return activation(detail::convolved<Window, How>(W, X) + b);
  }
};

template <fixed_string Name, int Channels, int Outputs, int Height, int Width, int Rows,
          int Columns, sliding How, class Activation>
struct conv2d_layer : detail::convolution_weights<Name, Channels, Outputs, Rows * Columns> {
  using weights = detail::convolution_weights<Name, Channels, Outputs, Rows * Columns>;
  using weights::b, weights::W;

  Activation activation;

  constexpr conv2d_layer(Activation function) : activation(function) {}
  CHAINRULE_CALLED_WITH(1, 1)
  template <expression Input>
  constexpr auto operator()(Input X) const {
    return activation(conv2d<Height, Width, Rows, Columns, How>(W, X) + b);
  }
};

/// The layer activation(conv1d<How>(W, X) + b), with the weights name.W and name.b. What is pooled
/// is part of the activation. Shape: Channels x times becomes Outputs x places, unless the
/// activation says otherwise.
template <fixed_string Name, int Channels, int Outputs, int Window, sliding How = sliding{},
          class Activation>
constexpr auto conv1d(Activation activation) {
  return conv1d_layer<Name, Channels, Outputs, Window, How, Activation>(activation);
}

/// The layer activation(conv2d<...>(W, X) + b), with the weights name.W and name.b. Shape: Channels
/// x (Height * Width) becomes Outputs x places, unless the activation says otherwise.
template <fixed_string Name, int Channels, int Outputs, int Height, int Width, int Rows,
          int Columns, sliding How = sliding{}, class Activation>
constexpr auto conv2d(Activation activation) {
  return conv2d_layer<Name, Channels, Outputs, Height, Width, Rows, Columns, How, Activation>(
      activation);
}

// Of others.

CHAINRULE_LAYER(conv1d, detail::bare = 0)
CHAINRULE_LAYER(conv2d, detail::bare = 0)
CHAINRULE_EXPRESSIONS_ONLY(conv1d, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(conv2d, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(max_pool, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(average_pool, 1, 1)

} // namespace chainrule
