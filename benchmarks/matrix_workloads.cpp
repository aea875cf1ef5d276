// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Value and gradient of networks with one hidden layer and softmax cross-entropy, mean over the
// batch: chainrule, plain loops by hand, and Eigen by hand. All agree before any is timed.
#include "timing.hpp"

#include <chainrule/eigen.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <memory>

namespace {

/// Inputs - Hidden - Outputs on a batch of so many columns; with tanh or with ReLU.
template <int Inputs, int Hidden, int Outputs, int Batch, bool Tanh>
struct network {
  static constexpr int count = Hidden * Inputs + Hidden + Outputs * Hidden + Outputs;

  struct arguments {
    double theta[count]; // W1, b1, W2, b2, row by row
    double x[Inputs * Batch];
    double y[Outputs * Batch];
  };
  struct result {
    double value;
    double gradient[count];
  };

  static constexpr chainrule::variable<"W1", Hidden, Inputs> W1{};
  static constexpr chainrule::variable<"b1", Hidden> b1{};
  static constexpr chainrule::variable<"W2", Outputs, Hidden> W2{};
  static constexpr chainrule::variable<"b2", Outputs> b2{};
  static constexpr chainrule::variable<"x", Inputs, Batch> x{};
  static constexpr chainrule::variable<"y", Outputs, Batch> y{};

  static constexpr auto activated(auto z) {
    if constexpr (Tanh)
      return tanh(z);
    else
      return relu(z);
  }

  static constexpr auto loss = mean(softmax_cross_entropy(W2 * activated(W1 * x + b1) + b2, y));
  static constexpr auto step = chainrule::compile(loss, gradient(loss, W1, b1, W2, b2));

  static void with_kernels(const auto &function, const arguments &in, result &out) {
    using chainrule::matrix_view;
    const double *const w1 = in.theta, *const c1 = w1 + Hidden * Inputs, *const w2 = c1 + Hidden,
                        *const c2 = w2 + Outputs * Hidden;
    function.into(out.value, out.gradient)(W1 = matrix_view<const double, Hidden, Inputs>(w1),
                                           b1 = matrix_view<const double, Hidden>(c1),
                                           W2 = matrix_view<const double, Outputs, Hidden>(w2),
                                           b2 = matrix_view<const double, Outputs>(c2), x = in.x,
                                           y = in.y);
  }
  static void by_chainrule(const arguments &in, result &out) { with_kernels(step, in, out); }
  static void by_chainrule_and_eigen(const arguments &in, result &out) {
    with_kernels(step.kernels(chainrule::eigen_kernels{}), in, out);
  }

  /// As one writes it: loops with unit stride, every slope from what the forward sweep left.
  static void by_loops(const arguments &in, result &out) {
    const double *const w1 = in.theta, *const c1 = w1 + Hidden * Inputs, *const w2 = c1 + Hidden,
                        *const c2 = w2 + Outputs * Hidden;
    double *const d1 = out.gradient, *const e1 = d1 + Hidden * Inputs, *const d2 = e1 + Hidden,
                  *const e2 = d2 + Outputs * Hidden;
    double a[Hidden * Batch], z[Outputs * Batch];
    for (int i = 0; i < Hidden; ++i)
      for (int s = 0; s < Batch; ++s)
        a[i * Batch + s] = c1[i];
    for (int i = 0; i < Hidden; ++i)
      for (int k = 0; k < Inputs; ++k)
        for (int s = 0; s < Batch; ++s)
          a[i * Batch + s] += w1[i * Inputs + k] * in.x[k * Batch + s];
    for (double &each : a)
      each = Tanh ? std::tanh(each) : each > 0 ? each : 0;
    for (int i = 0; i < Outputs; ++i)
      for (int s = 0; s < Batch; ++s)
        z[i * Batch + s] = c2[i];
    for (int i = 0; i < Outputs; ++i)
      for (int k = 0; k < Hidden; ++k)
        for (int s = 0; s < Batch; ++s)
          z[i * Batch + s] += w2[i * Hidden + k] * a[k * Batch + s];
    out.value = 0;
    for (int s = 0; s < Batch; ++s) {
      double largest = z[s], sum = 0;
      for (int i = 1; i < Outputs; ++i)
        largest = std::fmax(largest, z[i * Batch + s]);
      double shifted[Outputs];
      for (int i = 0; i < Outputs; ++i) {
        shifted[i] = z[i * Batch + s] - largest;
        z[i * Batch + s] = std::exp(shifted[i]);
        sum += z[i * Batch + s];
      }
      const double log_sum = std::log(sum);
      for (int i = 0; i < Outputs; ++i) {
        out.value -= in.y[i * Batch + s] * (shifted[i] - log_sum) / Batch;
        z[i * Batch + s] = (z[i * Batch + s] / sum - in.y[i * Batch + s]) / Batch;
      }
    }
    for (int i = 0; i < Outputs; ++i) {
      e2[i] = 0;
      for (int s = 0; s < Batch; ++s)
        e2[i] += z[i * Batch + s];
      for (int k = 0; k < Hidden; ++k) {
        double sum = 0;
        for (int s = 0; s < Batch; ++s)
          sum += z[i * Batch + s] * a[k * Batch + s];
        d2[i * Hidden + k] = sum;
      }
    }
    double back[Hidden * Batch] = {};
    for (int i = 0; i < Outputs; ++i)
      for (int k = 0; k < Hidden; ++k)
        for (int s = 0; s < Batch; ++s)
          back[k * Batch + s] += w2[i * Hidden + k] * z[i * Batch + s];
    for (int i = 0; i < Hidden * Batch; ++i)
      back[i] = Tanh ? back[i] * (1 - a[i] * a[i]) : a[i] > 0 ? back[i] : 0;
    for (int k = 0; k < Hidden; ++k) {
      e1[k] = 0;
      for (int s = 0; s < Batch; ++s)
        e1[k] += back[k * Batch + s];
      for (int j = 0; j < Inputs; ++j) {
        double sum = 0;
        for (int s = 0; s < Batch; ++s)
          sum += back[k * Batch + s] * in.x[j * Batch + s];
        d1[k * Inputs + j] = sum;
      }
    }
  }

  template <int Rows, int Columns>
  using fixed = Eigen::Matrix<double, Rows, Columns,
                              (Rows == 1 || Columns != 1) ? Eigen::RowMajor : Eigen::ColMajor>;

  static void by_eigen(const arguments &in, result &out) {
    using Eigen::Map;
    const double *from = in.theta;
    const Map<const fixed<Hidden, Inputs>> w1(from);
    const Map<const fixed<Hidden, 1>> c1(from += Hidden * Inputs);
    const Map<const fixed<Outputs, Hidden>> w2(from += Hidden);
    const Map<const fixed<Outputs, 1>> c2(from + Outputs * Hidden);
    const Map<const fixed<Inputs, Batch>> input(in.x);
    const Map<const fixed<Outputs, Batch>> label(in.y);
    fixed<Hidden, Batch> a;
    a.noalias() = w1 * input;
    a.colwise() += c1;
    if constexpr (Tanh)
      a = a.array().tanh().matrix().eval();
    else
      a = a.cwiseMax(0).eval();
    fixed<Outputs, Batch> z;
    z.noalias() = w2 * a;
    z.colwise() += c2;
    z.rowwise() -= z.colwise().maxCoeff().eval();
    fixed<Outputs, Batch> share = z.array().exp();
    const fixed<1, Batch> sums = share.colwise().sum();
    out.value = -(label.array() * (z.array().rowwise() - sums.array().log())).sum() / Batch;
    z = ((share.array().rowwise() / sums.array()) - label.array()) / Batch;
    double *to = out.gradient;
    Map<fixed<Hidden, Inputs>> d1(to);
    Map<fixed<Hidden, 1>> e1(to += Hidden * Inputs);
    Map<fixed<Outputs, Hidden>> d2(to += Hidden);
    Map<fixed<Outputs, 1>> e2(to + Outputs * Hidden);
    e2 = z.rowwise().sum();
    d2.noalias() = z * a.transpose();
    fixed<Hidden, Batch> back;
    back.noalias() = w2.transpose() * z;
    if constexpr (Tanh)
      back.array() *= 1 - a.array().square();
    else
      back = (a.array() > 0).select(back, 0).eval();
    e1 = back.rowwise().sum();
    d1.noalias() = back * input.transpose();
  }

  static std::unique_ptr<arguments> some_arguments() {
    auto result = std::make_unique<arguments>();
    chainrule::random_numbers random(7);
    for (double &each : result->theta)
      each = random.normal() / std::sqrt(Inputs);
    for (double &each : result->x)
      each = random.uniform();
    for (int s = 0; s < Batch; ++s)
      result->y[(7 * s) % Outputs * Batch + s] = 1;
    return result;
  }

  static bool agree() {
    const auto in = some_arguments();
    const auto first = std::make_unique<result>(), other = std::make_unique<result>();
    by_loops(*in, *first);
    for (const auto function : {&by_chainrule, &by_chainrule_and_eigen, &by_eigen}) {
      function(*in, *other);
      if (std::fabs(other->value - first->value) > 1e-12)
        return false;
      for (int i = 0; i < count; ++i)
        if (!(std::fabs(other->gradient[i] - first->gradient[i]) < 1e-12))
          return false;
    }
    return true;
  }
};

template <class Network>
void run(benchmark::State &state,
         void (*function)(const typename Network::arguments &, typename Network::result &)) {
  const auto in = Network::some_arguments();
  const auto out = std::make_unique<typename Network::result>();
  benchmark::DoNotOptimize(function);
  counted_call(function, *in, *out);
  for (auto _ : state) {
    function(*in, *out);
    benchmark::DoNotOptimize(*out);
    benchmark::ClobberMemory();
  }
}

template <class Network>
bool add(const std::string &name) {
  benchmark::RegisterBenchmark((name + "/chainrule").c_str(), run<Network>, &Network::by_chainrule);
  benchmark::RegisterBenchmark((name + "/chainrule with Eigen's products").c_str(), run<Network>,
                               &Network::by_chainrule_and_eigen);
  benchmark::RegisterBenchmark((name + "/loops").c_str(), run<Network>, &Network::by_loops);
  benchmark::RegisterBenchmark((name + "/Eigen").c_str(), run<Network>, &Network::by_eigen);
  const bool right = Network::agree();
  if (!right)
    std::printf("FAILED: %s: the gradients differ\n", name.c_str());
  return right;
}

} // namespace

int main(int argc, char **argv) {
  bool right = add<network<8, 16, 4, 1, false>>("w5 relu");
  right = add<network<8, 16, 4, 1, true>>("w5 tanh") && right;
  right = add<network<784, 64, 10, 32, true>>("w6") && right;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return right ? 0 : 1;
}
