// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Calls that the compiler cannot know to be wrong; the first argument says which is made.
#include <chainrule/samples.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

using namespace chainrule;

namespace {

/// What of a row-major Eigen::Map with strides is asked for.
struct rows_of_a_larger_matrix {
  using PlainObject = void;
  using Scalar = double;
  static constexpr bool IsRowMajor = true, IsVectorAtCompileTime = false;
  static constexpr int SizeAtCompileTime = 6, InnerStrideAtCompileTime = 1;

  const double *first;

  static int rows() { return 2; }
  static int cols() { return 3; }
  static int outerStride() { return 4; }
  const double *data() const { return first; }
};

} // namespace

int main(int, char **arguments) {
  constexpr variable<"A", 2, 3> A;
  constexpr variable<"x", 3> x;
  constexpr auto f =
      norm(A * exp(tanh(exp(tanh(exp(outer(x, x))))))); // in loops: numbers need no workspace
  constexpr auto step = compile(f, gradient(f, A));
  const std::string_view which = arguments[1];
  const bool is_wrong = which != "right";
  std::vector<double> a(which == "argument" ? 5 : 6), to(which == "destination" ? 7 : 6);
  std::vector<double> buffer(which == "workspace" ? step.workspace_size - 1 : step.workspace_size);
  alignas(double) std::byte bytes[step.workspace_bytes + 1];
  const double in[]{1, 2, 3};
  double value;
  constexpr auto mean = mean_over_samples(compile(squared_norm(A) * norm(x)));
  if (which == "left_over")
    return mean(A = a, x = in_rows(std::span(a).first(4))) > 0 ? 1 : 0;
  if (which == "samples")
    return mean(A = in_rows(a), x = in_columns(a)) > 0 ? 1 : 0;
  if (which == "alignment")
    step.into(value, to).workspace(std::span(bytes + 1, step.workspace_bytes))(A = a, x = in);
  else if (which == "gaps")
    step.into(value, to).workspace(buffer)(A = rows_of_a_larger_matrix{a.data()}, x = in);
  else
    step.into(value, to).workspace(buffer)(A = a, x = in);
  return is_wrong ? 0 : 7;
}
