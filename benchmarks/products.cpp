// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of matrices, and value and gradient of networks made of them, beside Eigen by hand:
// prints the table of docs/performance.md, our time over Eigen's, each the least of many runs that
// alternate. Results are compared before anything is timed.
#include "timing.hpp"

#include <chainrule/eigen.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace {

using chainrule::variable;

template <class T>
using any_size = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using any_column = Eigen::Matrix<T, Eigen::Dynamic, 1>;

bool all_agree = true;

struct comparison {
  double ours, eigen;
};

comparison compare(const auto &ours, const auto &eigen) {
  const double once = std::max(time_of(eigen, 1), time_of(eigen, 1));
  const int calls = std::clamp(static_cast<int>(20000 / once), 1, 1000);
  const int rounds = std::clamp(static_cast<int>(3e8 / (once * calls)), 50, 400);
  comparison least{time_of(ours, calls), time_of(eigen, calls)};
  for (int round = 0; round < rounds; ++round) {
    least.ours = std::min(least.ours, time_of(ours, calls));
    least.eigen = std::min(least.eigen, time_of(eigen, calls));
  }
  return least;
}

/// The ratio as a cell of the table.
std::string cell(const comparison &of) {
  char text[64];
  std::snprintf(text, sizeof text, " %.2f (%.3g) |", of.ours / of.eigen, of.eigen / 1000);
  return text;
}

template <class T>
void check(const char *what, const auto &ours, const auto &eigen) {
  const double bound = sizeof(T) == 8 ? 1e-11 : 1e-3;
  for (Eigen::Index i = 0; i < eigen.size(); ++i)
    if (!(std::fabs(static_cast<double>(ours[i] - eigen.data()[i])) <=
          bound * (1 + std::fabs(static_cast<double>(eigen.data()[i]))))) {
      std::printf("FAILED: %s: element %d is %g, Eigen's %g\n", what, static_cast<int>(i),
                  static_cast<double>(ours[i]), static_cast<double>(eigen.data()[i]));
      all_agree = false;
      return;
    }
}

enum class transposed { neither, left, right };

/// Of Rows x Inner and Inner x Columns.
template <class T, int Rows, int Columns, int Inner, transposed Which>
std::string product() {
  constexpr bool left = Which == transposed::left, right = Which == transposed::right;
  constexpr variable<"A", left ? Inner : Rows, left ? Rows : Inner> A;
  constexpr variable<"B", right ? Columns : Inner, right ? Inner : Columns> B;
  const any_size<T> a = any_size<T>::Random(left ? Inner : Rows, left ? Rows : Inner),
                    b = any_size<T>::Random(right ? Columns : Inner, right ? Inner : Columns);
  any_size<T> result(Rows, Columns);
  std::vector<T> out(static_cast<std::size_t>(Rows) * Columns);
  constexpr auto formula = [=] {
    if constexpr (left)
      return transpose(A) * B;
    else if constexpr (right)
      return A * transpose(B);
    else
      return A * B;
  }();
  const auto ours = [&] { chainrule::compile(formula).into(out)(A = a, B = b); };
  const auto eigen = [&] {
    if constexpr (Rows == 1 && left)
      result.transpose().noalias() = b.transpose() * a.col(0);
    else if constexpr (left)
      result.noalias() = a.transpose() * b;
    else if constexpr (right)
      result.noalias() = a * b.transpose();
    else if constexpr (Columns == 1)
      result.col(0).noalias() = a * b.col(0);
    else
      result.noalias() = a * b;
  };
  ours();
  eigen();
  check<T>("product", out, result);
  return cell(compare(ours, eigen));
}

template <class T, int Rows, int Columns, int Inner>
std::string all_products() {
  return product<T, Rows, Columns, Inner, transposed::neither>() +
         product<T, Rows, Columns, Inner, transposed::left>() +
         product<T, Rows, Columns, Inner, transposed::right>();
}

template <int Rows, int Columns, int Inner>
void row_of_products() {
  std::printf("| %d x %d x %d |%s%s\n", Rows, Inner, Columns,
              all_products<double, Rows, Columns, Inner>().c_str(),
              all_products<float, Rows, Columns, Inner>().c_str());
  std::fflush(stdout);
}

/// Value and gradient of a network with tanh and softmax cross-entropy on a batch of columns:
/// Sizes are those of its layers, its inputs first.
template <class T, int Batch, int Inputs, int Hidden, int Second, int Outputs>
struct network {
  static constexpr bool is_deep = Second > 0;
  static constexpr int last = is_deep ? Second : Hidden;
  static constexpr variable<"x", Inputs, Batch> x{};
  static constexpr variable<"y", Outputs, Batch> y{};
  static constexpr variable<"V", Hidden, Inputs> V{};
  static constexpr variable<"v", Hidden> v{};
  static constexpr variable<"W", is_deep ? Second : 1, Hidden> W{};
  static constexpr variable<"w", is_deep ? Second : 1> w{};
  static constexpr variable<"U", Outputs, last> U{};
  static constexpr variable<"u", Outputs> u{};

  static constexpr auto hidden() {
    constexpr auto first = tanh(V * x + v);
    if constexpr (is_deep)
      return tanh(W * first + w);
    else
      return first;
  }
  static constexpr auto loss = mean(softmax_cross_entropy(U * hidden() + u, y));
  static constexpr auto step() {
    if constexpr (is_deep)
      return chainrule::compile(loss, gradient(loss, V, v, W, w, U, u));
    else
      return chainrule::compile(loss, gradient(loss, V, v, U, u));
  }

  /// Parameters, and their slopes.
  struct values {
    any_size<T> V{Hidden, Inputs}, W{last, Hidden}, U{Outputs, last};
    any_column<T> v{Hidden}, w{last}, u{Outputs};
  };

  values p, slope;
  any_size<T> input = any_size<T>::Random(Inputs, Batch), label = any_size<T>::Zero(Outputs, Batch);
  any_size<T> a{Hidden, Batch}, b{last, Batch}, z{Outputs, Batch}, share{Outputs, Batch},
      back{last, Batch}, below{Hidden, Batch};
  T value{};

  network() {
    p.V = any_size<T>::Random(Hidden, Inputs) / std::sqrt(T(Inputs));
    p.W = any_size<T>::Random(last, Hidden) / std::sqrt(T(Hidden));
    p.U = any_size<T>::Random(Outputs, last) / std::sqrt(T(last));
    p.v.setRandom();
    p.w.setRandom();
    p.u.setRandom();
    for (int s = 0; s < Batch; ++s)
      label(7 * s % Outputs, s) = 1;
  }

  void by_eigen() {
    a.noalias() = p.V * input;
    a.colwise() += p.v;
    a.array() = a.array().tanh();
    if constexpr (is_deep) {
      b.noalias() = p.W * a;
      b.colwise() += p.w;
      b.array() = b.array().tanh();
    }
    const any_size<T> &top = is_deep ? b : a;
    z.noalias() = p.U * top;
    z.colwise() += p.u;
    z.rowwise() -= z.colwise().maxCoeff().eval();
    share.array() = z.array().exp();
    const Eigen::Array<T, 1, Batch> sums = share.colwise().sum();
    value = -(label.array() * (z.array().rowwise() - sums.log())).sum() / Batch;
    z = ((share.array().rowwise() / sums) - label.array()) / T(Batch);
    slope.u = z.rowwise().sum();
    slope.U.noalias() = z * top.transpose();
    back.noalias() = p.U.transpose() * z;
    back.array() *= 1 - top.array().square();
    if constexpr (is_deep) {
      slope.w = back.rowwise().sum();
      slope.W.noalias() = back * a.transpose();
      below.noalias() = p.W.transpose() * back;
      below.array() *= 1 - a.array().square();
    }
    const any_size<T> &first = is_deep ? below : back;
    slope.v = first.rowwise().sum();
    slope.V.noalias() = first * input.transpose();
  }

  static std::string run() {
    static constexpr auto step = network::step();
    const auto in = std::make_unique<network>();
    T value{};
    std::vector<T> gradient(static_cast<std::size_t>(
        Hidden * (Inputs + 1) + (is_deep ? Second * (Hidden + 1) : 0) + Outputs * (last + 1)));
    const auto ours = [&] {
      const auto function = step.into(value, gradient);
      if constexpr (is_deep)
        function(x = in->input, y = in->label, V = in->p.V, v = in->p.v, W = in->p.W, w = in->p.w,
                 U = in->p.U, u = in->p.u);
      else
        function(x = in->input, y = in->label, V = in->p.V, v = in->p.v, U = in->p.U, u = in->p.u);
    };
    const auto eigen = [&] { in->by_eigen(); };
    ours();
    eigen();
    check<T>("value", &value, Eigen::Map<any_column<T>>(&in->value, 1));
    const T *at = gradient.data();
    const auto check_next = [&](const auto &part) {
      check<T>("gradient", at, part);
      at += part.size();
    };
    check_next(in->slope.V);
    check_next(in->slope.v);
    if constexpr (is_deep) {
      check_next(in->slope.W);
      check_next(in->slope.w);
    }
    check_next(in->slope.U);
    check_next(in->slope.u);
    return cell(compare(ours, eigen));
  }
};

template <int Batch, int Inputs, int Hidden, int Second, int Outputs>
void row_of_networks(const char *name) {
  std::printf("| %s |%s%s\n", name,
              network<double, Batch, Inputs, Hidden, Second, Outputs>::run().c_str(),
              network<float, Batch, Inputs, Hidden, Second, Outputs>::run().c_str());
  std::fflush(stdout);
}

} // namespace

int main(int, char **arguments) {
  std::printf("%s: our time over that of Eigen by hand (its time in us).\n\n"
              "| | double | float |\n|---|---|---|\n",
              arguments[0]);
  row_of_networks<32, 784, 64, 0, 10>("784-64-10, batch 32 (W6)");
  row_of_networks<64, 784, 256, 128, 10>("784-256-128-10, batch 64");
  std::printf(
      "\n| rows x inner x columns | double: A B | A^T B | A B^T | float: A B | A^T B | A B^T |\n"
      "|---|---|---|---|---|---|---|\n");
  row_of_products<32, 32, 32>();
  row_of_products<64, 64, 64>();
  row_of_products<100, 100, 100>();
  row_of_products<128, 128, 128>();
  row_of_products<256, 256, 256>();
  row_of_products<512, 512, 512>();
  row_of_products<64, 32, 784>();
  row_of_products<64, 784, 32>();
  row_of_products<10, 64, 64>();
  row_of_products<64, 10, 64>();
  row_of_products<1, 32, 128>();
  row_of_products<2, 128, 128>();
  row_of_products<3, 64, 100>();
  row_of_products<64, 1, 64>();
  row_of_products<128, 1, 128>();
  return all_agree ? 0 : 1;
}
