// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Value and gradient of chains of sigmoids by their depth, and of networks n-n-n-1 with tanh by
// their width: compiled, by hand, by FastAD and by every tape that is found. Prints CSV, after all
// gradients have been compared.
#include "fastad.hpp"
#include <chainrule/benchmark.hpp>
#if __has_include(<Eigen/Core>)
#include <Eigen/Core>
#define BENCHMARK_HAS_EIGEN 1
#endif

#include <cmath>
#include <cstdio>
#include <utility>

using namespace chainrule;

namespace {

bool all_agree = true;

/// A line for each way; one that was not timed has no nanoseconds but says why.
void print(const char *what, int size, const benchmark_result &result) {
  for (const benchmark_row &row : result)
    std::printf("%s,%d,\"%s\",%.4g,%.3f,%lld,%.1e,\"%s\"\n", what, size, row.name.c_str(),
                row.nanoseconds, row.ratio, row.allocations, row.difference, row.remark.c_str());
  std::fflush(stdout);
  all_agree = all_agree && result.agrees();
}

constexpr benchmark_options briefly{.seconds = 0.5};

constexpr variable<"x"> x;
constexpr variable<"y"> y;

/// The weight of layer I.
template <std::size_t I>
constexpr variable<fixed_string<4>(
    {'w', static_cast<char>('0' + I / 10), static_cast<char>('0' + I % 10), '\0'})>
    w;

template <std::size_t Depth, std::size_t First = 0>
constexpr auto chain(auto input) {
  if constexpr (First == Depth)
    return input;
  else
    return chain<Depth, First + 1>(sigmoid(w<First> * input));
}

template <int Depth>
double chain_by_hand(const double (&weights)[Depth], double input, double label, double *slopes) {
  double h[Depth + 1], steepness[Depth];
  h[0] = input;
  for (int i = 0; i < Depth; ++i) {
    const double e = std::exp(-weights[i] * h[i]);
    h[i + 1] = 1 / (1 + e);
    steepness[i] = h[i + 1] * (h[i + 1] * e);
  }
  const double error = h[Depth] - label;
  double flow = 2 * error;
  for (int i = Depth - 1; i >= 0; --i) {
    flow *= steepness[i];
    slopes[i] = flow * h[i];
    flow *= weights[i];
  }
  return error * error;
}

template <std::size_t... I>
void print_depth(std::index_sequence<I...>) {
  constexpr int depth = sizeof...(I);
  constexpr auto loss = squared_error(chain<depth>(x), y);
  constexpr auto by_hand = [](const auto &p, double *slopes) {
    const double weights[] = {p[w<I>]...};
    return chain_by_hand<depth>(weights, p[x], p[y], slopes);
  };
  print("depth", depth,
        benchmark(loss, gradient(loss, w<I>...),
                  at((w<I> = 1.5 - 0.1 * static_cast<double>(I % 7))..., x = 0.63, y = 1.0),
                  against("by hand", by_hand),
#ifdef BENCHMARK_HAS_FASTAD
                  against("FastAD, bound once",
                          [](const auto &p, double *slopes) {
                            const double weights[] = {p[w<I>]...};
                            return by_fastad::chain(weights, p[x], p[y], slopes);
                          }),
#endif
                  briefly));
}

/// The network n-n-n-1.
template <int N>
struct network {
  static constexpr variable<"x", N> x{};
  static constexpr variable<"W1", N, N> W1{};
  static constexpr variable<"b1", N> b1{};
  static constexpr variable<"W2", N, N> W2{};
  static constexpr variable<"b2", N> b2{};
  static constexpr variable<"v", 1, N> v{};
  static constexpr auto loss = squared_error(v * tanh(W2 * tanh(W1 * x + b1) + b2), y);

  /// Loops over the rows of weights, which the compiler can do in vector registers where nothing is
  /// added up along them.
  static double by_loops(const auto &p, double *slopes) {
    double *const of_W1 = slopes, *const of_b1 = of_W1 + N * N, *const of_W2 = of_b1 + N,
                  *const of_b2 = of_W2 + N * N, *const of_v = of_b2 + N;
    double h1[N], h2[N], output = 0;
    const auto layer = [](double *to, const auto &W, const auto &b, const auto &from) {
      for (int i = 0; i < N; ++i) {
        double z = b(i);
        for (int k = 0; k < N; ++k)
          z += W(i, k) * from(k);
        to[i] = std::tanh(z);
      }
    };
    layer(h1, p[W1], p[b1], p[x]);
    layer(h2, p[W2], p[b2], [&](int i) { return h1[i]; });
    for (int i = 0; i < N; ++i)
      output += p[v](i) * h2[i];
    const double error = output - p[y];
    double back[N] = {};
    for (int i = 0; i < N; ++i) {
      of_v[i] = 2 * error * h2[i];
      const double flow = 2 * error * p[v](i) * (1 - h2[i] * h2[i]);
      of_b2[i] = flow;
      for (int k = 0; k < N; ++k) {
        of_W2[i * N + k] = flow * h1[k];
        back[k] += p[W2](i, k) * flow;
      }
    }
    for (int i = 0; i < N; ++i) {
      const double flow = back[i] * (1 - h1[i] * h1[i]);
      of_b1[i] = flow;
      for (int k = 0; k < N; ++k)
        of_W1[i * N + k] = flow * p[x](k);
    }
    return error * error;
  }

#ifdef BENCHMARK_HAS_EIGEN
  static double by_eigen(const auto &p, double *slopes) {
    using square = Eigen::Matrix<double, N, N, N == 1 ? 0 : Eigen::RowMajor>;
    using column = Eigen::Matrix<double, N, 1>;
    const Eigen::Map<const square> w1(p[W1].data()), w2(p[W2].data());
    const Eigen::Map<const column> c1(p[b1].data()), c2(p[b2].data()), row(p[v].data()),
        input(p[x].data());
    double *to = slopes;
    Eigen::Map<square> of_W1(to);
    Eigen::Map<column> of_b1(to += N * N);
    Eigen::Map<square> of_W2(to += N);
    Eigen::Map<column> of_b2(to += N * N), of_v(to + N);
    column h1 = c1, h2 = c2;
    h1.noalias() += w1 * input;
    h1 = h1.array().tanh();
    h2.noalias() += w2 * h1;
    h2 = h2.array().tanh();
    const double error = row.dot(h2) - p[y];
    of_v = 2 * error * h2;
    of_b2 = 2 * error * row.array() * (1 - h2.array().square());
    of_W2.noalias() = of_b2 * h1.transpose();
    of_b1.noalias() = w2.transpose() * of_b2;
    of_b1.array() *= 1 - h1.array().square();
    of_W1.noalias() = of_b1 * input.transpose();
    return error * error;
  }
#endif

  static void print_width() {
    static constexpr auto numbers = [](int count, double size) {
      std::vector<double> result;
      for (int i = 0; i < count; ++i)
        result.push_back(size * (0.1 * (i * 7 % 11) - 0.45));
      return result;
    };
    const double size = 1 / std::sqrt(double{N});
    print("width", N,
          benchmark(
              loss, gradient(loss, W1, b1, W2, b2, v),
              at(W1 = numbers(N * N, size), b1 = numbers(N, 1), W2 = numbers(N * N, size),
                 b2 = numbers(N, 1), v = numbers(N, size), x = numbers(N, 2), y = 1.0),
              against("by hand, loops", [](const auto &p, double *to) { return by_loops(p, to); }),
#ifdef BENCHMARK_HAS_EIGEN
              against("by hand, Eigen", [](const auto &p, double *to) { return by_eigen(p, to); }),
#endif
#ifdef BENCHMARK_HAS_FASTAD
              against("FastAD, bound once",
                      [](const auto &p, double *to) {
                        return by_fastad::network<N>(p[x].data(), p[W1].data(), p[b1].data(),
                                                     p[W2].data(), p[b2].data(), p[v].data(), p[y],
                                                     to);
                      }),
#endif
              briefly));
  }
};

} // namespace

int main() {
  std::printf("what,size,way,nanoseconds,ratio,allocations,difference,remark\n");
  print_depth(std::make_index_sequence<1>{});
  print_depth(std::make_index_sequence<2>{});
  print_depth(std::make_index_sequence<5>{});
  print_depth(std::make_index_sequence<10>{});
  print_depth(std::make_index_sequence<20>{});
  print_depth(std::make_index_sequence<50>{});
  print_depth(std::make_index_sequence<100>{});
  network<2>::print_width();
  network<4>::print_width();
  network<8>::print_width();
  network<16>::print_width();
  network<32>::print_width();
  network<64>::print_width();
  return all_agree ? 0 : 1;
}
