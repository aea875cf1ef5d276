// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is moved by a pattern are operations of the library, each its own, and run in the compiler.
#include <chainrule/chainrule.hpp>

#include <array>

using namespace chainrule;

namespace {

template <class... Operations>
constexpr bool are_of_the_library_and_differ() {
  const std::uint64_t all[]{detail::operation_record_of<Operations>::fingerprint...};
  for (unsigned i = 0; i < sizeof...(Operations); ++i)
    for (unsigned j = 0; j < i; ++j)
      if (all[i] == all[j])
        return false;
  return (!detail::operation_record_of<Operations>::is_foreign && ...);
}

using enum detail::taken;
static_assert(are_of_the_library_and_differ<
              rearrange_operation<flipped_rows>, rearrange_operation<flipped_columns>,
              rearrange_operation<every_row>, rearrange_operation<every_column>,
              rearrange_operation<windows>, rearrange_operation<image_windows>,
              rearrange_operation<channel_windows>, rearrange_operation<image_channel_windows>,
              rearrange_back_operation<every_row>, rearrange_back_operation<every_column>,
              rearrange_back_operation<windows>, rearrange_back_operation<image_windows>,
              rearrange_back_operation<channel_windows>,
              rearrange_back_operation<image_channel_windows>, rows_operation, columns_operation,
              place_operation<detail::along::rows>, place_operation<detail::along::columns>,
              gather_operation, label_sums_operation, largest_along_operation<detail::along::rows>,
              largest_along_operation<detail::along::columns>>());

constexpr variable<"X", 1, 5> X;
constexpr variable<"w", 1, 3> w;
constexpr std::array in_X{1.0, 1.0, 2.0, 3.0, 5.0};
constexpr std::array in_w{1.0, 10.0, 100.0};
static_assert(compile(conv1d(w, X))(w = in_w, X = in_X)(0, 2) == 532);
static_assert(compile(max_pool<2, 3>(X))(X = in_X)(0, 1) == 5);
static_assert(compile(flip_columns(X))(X = in_X)(0, 0) == 5);
static_assert(gradient_is_right(sum(square(conv1d<sliding{.padding = 1}>(w, X))),
                                at(w = in_w, X = in_X)));

} // namespace

int main() {}
