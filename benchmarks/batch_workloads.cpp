// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// W8: |W X - T|^2 of 2 x 2 matrices and its gradient by W. W9: the mean over 1024 samples of W4's
// loss and gradient (hand_written.hpp), as a batch of 1024 columns, in blocks of 128 of these, by
// mean_over_samples and as a loop over samples. Each beside loops by hand and Eigen by hand. All
// agree before any is timed.
#include "timing.hpp"
#include "workloads_chainrule.hpp"

#include <chainrule/eigen.hpp>
#include <chainrule/samples.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>

namespace {

using chainrule::matrix;
using chainrule::variable;
using hand_written::result;

struct w8 {
  struct arguments {
    matrix<double, 2, 2> w, x, t;
  };
  using result = ::result<4>;

  static void by_chainrule(const arguments &in, result &out) {
    constexpr variable<"W", 2, 2> W;
    constexpr variable<"X", 2, 2> X;
    constexpr variable<"T", 2, 2> T;
    constexpr auto loss = squared_norm(W * X - T);
    compile(loss, gradient(loss, W)).into(out.value, out.gradient)(W = in.w, X = in.x, T = in.t);
  }
  static void by_loops(const arguments &in, result &out) {
    out.value = 0;
    for (int i = 0; i < 2; ++i) {
      double error[2];
      for (int j = 0; j < 2; ++j) {
        error[j] = in.w(i, 0) * in.x(0, j) + in.w(i, 1) * in.x(1, j) - in.t(i, j);
        out.value += error[j] * error[j];
        error[j] += error[j];
      }
      for (int k = 0; k < 2; ++k)
        out.gradient[static_cast<std::size_t>(2 * i + k)] =
            error[0] * in.x(k, 0) + error[1] * in.x(k, 1);
    }
  }
  static void by_eigen(const arguments &in, result &out) {
    using chainrule::as_eigen;
    using square = Eigen::Matrix<double, 2, 2, Eigen::RowMajor>;
    const square error = as_eigen(in.w) * as_eigen(in.x) - as_eigen(in.t);
    out.value = error.squaredNorm();
    Eigen::Map<square>(out.gradient.data()).noalias() = (2 * error) * as_eigen(in.x).transpose();
  }

  static void fill(arguments &to, chainrule::random_numbers &random) {
    for (auto *each : {&to.w, &to.x, &to.t})
      for (double &value : *each)
        value = random.uniform(-1, 1);
  }
};

struct w9 {
  static constexpr int samples = 1024;

  /// The parameters as in W4; inputs and labels sample by sample in rows.
  struct arguments {
    std::array<double, 17> p;
    matrix<double, 2, samples> x;
    matrix<double, 1, samples> y;
  };
  using result = ::result<17>;

  static constexpr variable<"W", 4, 2> W{};
  static constexpr variable<"b", 4> b{};
  static constexpr variable<"v", 1, 4> v{};
  static constexpr variable<"c"> c{};

  /// The loss of so many samples as columns and its gradient.
  template <int Columns>
  static constexpr auto step_of(variable<"X", 2, Columns> X, variable<"Y", 1, Columns> Y) {
    constexpr auto loss =
        mean(binary_cross_entropy(sigmoid(v * tanh(W * decltype(X){} + b) + c), decltype(Y){}));
    return compile(loss, gradient(loss, W, b, v, c));
  }
  static auto parameters_of(const arguments &in) {
    using chainrule::matrix_view;
    return chainrule::at(W = matrix_view<const double, 4, 2>(in.p.data()),
                         b = matrix_view<const double, 4>(in.p.data() + 8),
                         v = matrix_view<const double, 1, 4>(in.p.data() + 12), c = in.p[16]);
  }
  static void by_matrices(const arguments &in, result &out) {
    constexpr variable<"X", 2, samples> X;
    constexpr variable<"Y", 1, samples> Y;
    step_of(X, Y).into(out.value, out.gradient)(parameters_of(in), X = in.x, Y = in.y);
  }
  /// As columns of the data, so many at a time.
  template <int Columns>
  static void by_columns(const arguments &in, result &out) {
    constexpr variable<"X", 2, Columns> X;
    constexpr variable<"Y", 1, Columns> Y;
    const auto [value, slope] = chainrule::mean_over_samples(step_of(X, Y))(
        parameters_of(in), X = chainrule::in_columns(in.x), Y = chainrule::in_columns(in.y));
    out.value = value;
    std::copy(slope.begin(), slope.end(), out.gradient.begin());
  }

  /// The mean of a function of single samples.
  static void mean_of(auto &&of_sample, const arguments &in, result &out) {
    out = {};
    hand_written::w4_arguments sample{in.p, 0, 0, 0};
    for (int s = 0; s < samples; ++s) {
      sample.x1 = in.x(0, s);
      sample.x2 = in.x(1, s);
      sample.y = in.y(s);
      const result one = of_sample(sample);
      out.value += one.value;
      for (std::size_t i = 0; i < 17; ++i)
        out.gradient[i] += one.gradient[i];
    }
    out.value /= samples;
    for (double &each : out.gradient)
      each /= samples;
  }
  static void by_samples(const arguments &in, result &out) {
    mean_of([](const auto &sample) { return chainrule_workloads::fourth(sample); }, in, out);
  }
  static void by_loops(const arguments &in, result &out) {
    mean_of([](const auto &sample) { return hand_written::w4(sample); }, in, out);
  }

  /// Arrays across 128 samples, which stay in the first cache; formulas as in hand_written.hpp.
  static void by_eigen(const arguments &in, result &out) {
    constexpr int width = 128;
    using row = Eigen::Array<double, 1, width>;
    using map = Eigen::Map<const row>;
    out = {};
    for (int s = 0; s < samples; s += width) {
      const map x1(&in.x(0, s)), x2(&in.x(1, s)), y(&in.y(0, s));
      row a[4], logit = row::Constant(in.p[16]);
      for (std::size_t i = 0; i < 4; ++i) {
        const row z = in.p[2 * i] * x1 + in.p[2 * i + 1] * x2 + in.p[8 + i];
        const row size = z.abs(), square = z.square(), t = (-2 * size).exp();
        const row over =
            (size < 0.4)
                .select(size * (135135 + square * (17325 + square * (378 + square))), 1 - t);
        const row under =
            (size < 0.4).select(135135 + square * (62370 + square * (3150 + square * 28)), 1 + t);
        a[i] = over / under;
        a[i] = (z < 0).select(-a[i], a[i]);
        logit += in.p[12 + i] * a[i];
      }
      const row t = (-logit.abs()).exp(), u = 1 + t, q = t / u;
      const row missing = (logit < 0).select(-y, 1 - y);
      out.value += (logit * missing + u.log() + (t - (u - 1)) * (1 - q)).sum();
      const row slope = missing + (logit < 0).select(q, -q);
      for (std::size_t i = 0; i < 4; ++i) {
        const row z = in.p[12 + i] * (slope * (1 - a[i].square()));
        out.gradient[2 * i] += (z * x1).sum();
        out.gradient[2 * i + 1] += (z * x2).sum();
        out.gradient[8 + i] += z.sum();
        out.gradient[12 + i] += (slope * a[i]).sum();
      }
      out.gradient[16] += slope.sum();
    }
    out.value /= samples;
    for (double &each : out.gradient)
      each /= samples;
  }

  static void fill(arguments &to, chainrule::random_numbers &random) {
    for (double &each : to.p)
      each = random.uniform(-1, 1);
    for (double &each : to.x)
      each = random.uniform(-1, 1);
    for (double &each : to.y)
      each = random.uniform() < 0.5 ? 0 : 1;
  }
};

template <class Workload>
using way = void (*)(const typename Workload::arguments &, typename Workload::result &);

template <class Workload>
void run(benchmark::State &state, way<Workload> function) {
  static std::array<typename Workload::arguments, 16> inputs;
  chainrule::random_numbers random(7);
  for (auto &each : inputs)
    Workload::fill(each, random);
  typename Workload::result out;
  std::size_t next = 0;
  benchmark::DoNotOptimize(function);
  counted_call(function, inputs[0], out);
  for (auto _ : state) {
    function(inputs[next++ % inputs.size()], out);
    benchmark::DoNotOptimize(out);
    benchmark::ClobberMemory();
  }
}

template <class Workload>
bool add(const std::string &name,
         std::initializer_list<std::pair<const char *, way<Workload>>> ways) {
  static typename Workload::arguments in;
  chainrule::random_numbers random(11);
  Workload::fill(in, random);
  typename Workload::result first, other;
  bool right = true;
  for (const auto &[how, function] : ways) {
    benchmark::RegisterBenchmark((name + "/" + how).c_str(), run<Workload>, function);
    ways.begin()->second(in, first);
    function(in, other);
    right = right && std::fabs(first.value - other.value) < 1e-13;
    for (std::size_t i = 0; i < first.gradient.size(); ++i)
      right = right && std::fabs(first.gradient[i] - other.gradient[i]) < 1e-13;
    if (!right) {
      std::printf("FAILED: %s/%s: the gradients differ\n", name.c_str(), how);
      break;
    }
  }
  return right;
}

} // namespace

int main(int argc, char **argv) {
  bool right = add<w8>(
      "w8", {{"loops", &w8::by_loops}, {"chainrule", &w8::by_chainrule}, {"Eigen", &w8::by_eigen}});
  right = add<w9>("w9", {{"loops", &w9::by_loops},
                         {"chainrule, a batch of columns", &w9::by_matrices},
                         {"chainrule, blocks of columns", &w9::by_columns<128>},
                         {"chainrule, mean_over_samples", &w9::by_columns<1>},
                         {"chainrule, sample by sample", &w9::by_samples},
                         {"Eigen", &w9::by_eigen}}) &&
          right;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return right ? 0 : 1;
}
