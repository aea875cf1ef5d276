// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logits and log-weights of -infinity: what cannot be taken has no influence. Slopes and second
// derivatives of the logarithm of a sum over paths are the means and covariances of how often a
// path uses a weight, counted here path by path. What is masked is compared with the formula
// without it.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"c"> c;
constexpr variable<"never"> never;
constexpr variable<"z", 3> z;
constexpr variable<"u", 3> u;
constexpr variable<"p", 3> p;
constexpr variable<"w", 3> w;
constexpr variable<"x", 2> x;
constexpr variable<"v", 2> v;
constexpr variable<"q", 2> q;
constexpr variable<"S", 3> start;
constexpr variable<"T", 3, 3> transitions;
constexpr variable<"E", 3, 3> emissions;
constexpr double inf = std::numeric_limits<double>::infinity();

template <class T>
bool is_near(const T &is, double expected) {
  constexpr double epsilon = std::numeric_limits<T>::epsilon();
  return std::abs(static_cast<double>(is) - expected) <= 32 * epsilon * (1 + std::abs(expected));
}

/// How often each weight is used by each path, with the path's weight.
struct path {
  double weight;
  std::array<int, 21> uses;
};

double mean(const std::vector<path> &all, auto of) {
  double sum = 0, total = 0;
  for (const path &each : all) {
    sum += each.weight * of(each.uses);
    total += each.weight;
  }
  return sum / total;
}
double slope(const std::vector<path> &all, std::size_t i) {
  return mean(all, [=](const auto &uses) { return uses[i]; });
}
double second(const std::vector<path> &all, std::size_t i, std::size_t j) {
  return mean(all, [=](const auto &uses) { return uses[i] * uses[j]; }) -
         slope(all, i) * slope(all, j);
}

// A hidden Markov model of 3 states over 3 steps: start, transitions (row by row) and emissions.

template <int Step>
constexpr auto forward() {
  if constexpr (Step == 0)
    return start + columns_of<0, 1>(emissions);
  else
    return transpose(logsumexp(transitions + forward<Step - 1>())) + columns_of<Step, 1>(emissions);
}
constexpr auto likelihood = sum(logsumexp(forward<2>()));

std::vector<path> paths_of(const std::array<double, 21> &weights) {
  std::vector<path> result;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k) {
        path next{1, {}};
        for (const std::size_t used :
             {i, 3 + 3 * i + j, 3 + 3 * j + k, 12 + 3 * i, 13 + 3 * j, 14 + 3 * k}) {
          ++next.uses[used];
          next.weight *= std::exp(weights[used]);
        }
        result.push_back(next);
      }
  return result;
}

template <class T>
void check_model(const std::array<double, 21> &weights) {
  matrix<T, 3> of_start;
  matrix<T, 3, 3> of_steps, of_emissions;
  for (int i = 0; i < 3; ++i) {
    of_start(i) = static_cast<T>(weights[std::size_t(i)]);
    for (int j = 0; j < 3; ++j) {
      of_steps(i, j) = static_cast<T>(weights[std::size_t(3 + 3 * i + j)]);
      of_emissions(i, j) = static_cast<T>(weights[std::size_t(12 + 3 * i + j)]);
    }
  }
  const auto all = paths_of(weights);
  const auto point = at(start = of_start, transitions = of_steps, emissions = of_emissions);
  const auto [value, slopes] =
      compile(likelihood, gradient(likelihood, start, transitions, emissions))(point);
  double total = 0;
  for (const path &each : all)
    total += each.weight;
  CHECK(is_near(value, std::log(total)));
  for (int i = 0; i < 9; ++i) {
    INFO("weight " << i);
    if (i < 3)
      CHECK(is_near(slopes[start](i), slope(all, std::size_t(i))));
    CHECK(is_near(slopes[transitions](i / 3, i % 3), slope(all, std::size_t(3 + i))));
    CHECK(is_near(slopes[emissions](i / 3, i % 3), slope(all, std::size_t(12 + i))));
  }
  if constexpr (std::is_same_v<T, double>) {
    const auto of_all = compile(hessian(likelihood, transitions))(point);
    for (int i = 0; i < 9; ++i)
      for (int j = 0; j < 9; ++j)
        CHECK(is_near(of_all(i, j), second(all, std::size_t(3 + i), std::size_t(3 + j))));
  }
}

// Connectionist temporal classification: the labels 1, 2 with a blank 0 before, between and behind
// them, in 3 frames.

template <int Frame, int Place>
constexpr auto aligned() {
  constexpr int label = Place % 2 == 0 ? 0 : (Place + 1) / 2;
  constexpr auto here = element_of<label, Frame>(log_softmax(emissions));
  if constexpr (Frame == 0 && Place < 2)
    return here;
  else if constexpr (Frame == 0)
    return never;
  else if constexpr (Place == 0)
    return aligned<Frame - 1, 0>() + here;
  else if constexpr (Place == 3)
    return logaddexp(logaddexp(aligned<Frame - 1, 3>(), aligned<Frame - 1, 2>()),
                     aligned<Frame - 1, 1>()) +
           here;
  else
    return logaddexp(aligned<Frame - 1, Place>(), aligned<Frame - 1, Place - 1>()) + here;
}
constexpr auto alignments = logaddexp(aligned<2, 3>(), aligned<2, 4>());

std::vector<path> paths_of(const matrix<double, 3, 3> &logits) {
  std::vector<path> result;
  for (int i = 0; i < 27; ++i) {
    const int frames[]{i / 9, i / 3 % 3, i % 3};
    std::vector<int> labels;
    for (int k = 0; k < 3; ++k)
      if (frames[k] != 0 && (k == 0 || frames[k] != frames[k - 1]))
        labels.push_back(frames[k]);
    if (labels != std::vector{1, 2})
      continue;
    path next{1, {}};
    for (int k = 0; k < 3; ++k) {
      double sum = 0;
      for (int label = 0; label < 3; ++label)
        sum += std::exp(logits(label, k));
      next.weight *= std::exp(logits(frames[k], k)) / sum;
      ++next.uses[std::size_t(3 * frames[k] + k)];
    }
    result.push_back(next);
  }
  return result;
}

template <class T>
void check_alignments(const matrix<double, 3, 3> &logits) {
  matrix<T, 3, 3> given;
  for (int i = 0; i < 9; ++i)
    given(i / 3, i % 3) = static_cast<T>(logits(i / 3, i % 3));
  const auto point = at(emissions = given, never = static_cast<T>(-inf));
  const auto [value, slopes] = compile(alignments, partial(alignments, emissions))(point);
  const auto all = paths_of(logits);
  double total = 0;
  for (const path &each : all)
    total += each.weight;
  CHECK(is_near(value, std::log(total)));
  const auto share = [&](int of) {
    double sum = 0;
    for (int label = 0; label < 3; ++label)
      sum += std::exp(logits(label, of % 3));
    return std::exp(logits(of / 3, of % 3)) / sum;
  };
  for (int i = 0; i < 9; ++i) {
    INFO("logit " << i);
    CHECK(is_near(slopes(i / 3, i % 3), slope(all, std::size_t(i)) - share(i)));
  }
  if constexpr (std::is_same_v<T, double>) { // of the last frame
    constexpr auto by_label = [](auto label) {
      return partial(element_of<decltype(label)::value, 2>(partial(alignments, emissions)),
                     emissions);
    };
    const auto twice = compile(by_label(std::integral_constant<int, 2>{}))(point);
    for (int i = 0; i < 9; ++i) {
      const double normalized = i % 3 == 2 ? share(i) * ((i == 8) - share(8)) : 0;
      CHECK(is_near(twice(i / 3, i % 3), second(all, std::size_t(i), 8) - normalized));
    }
  }
}

/// A formula of 3 classes, the first of them masked, against the same of the other 2.
template <bool Twice = false, class Formula>
void check_masked(Formula) {
  constexpr auto f = Formula{}(z, u, w) + 0_c * sum(z + u + w); // all variables are arguments
  constexpr auto rest = Formula{}(x, v, q) + 0_c * sum(x + v + q);
  const auto all = at(z = matrix<double, 3>{-inf, 1, 2.5}, u = matrix<double, 3>{-inf, 0.5, -1},
                      w = matrix<double, 3>{0, 0.25, 0.75});
  const auto without = at(x = matrix<double, 2>{1, 2.5}, v = matrix<double, 2>{0.5, -1},
                          q = matrix<double, 2>{0.25, 0.75});
  const auto [value, slopes] = compile(f, gradient(f, z, u))(all);
  const auto [value_of_rest, slopes_of_rest] = compile(rest, gradient(rest, x, v))(without);
  INFO(to_string(f));
  CHECK(is_near(value, value_of_rest));
  for (int i = 0; i < 3; ++i) {
    CHECK(is_near(slopes[z](i), i == 0 ? 0 : slopes_of_rest[x](i - 1)));
    CHECK(is_near(slopes[u](i), i == 0 ? 0 : slopes_of_rest[v](i - 1)));
  }
  if constexpr (Twice) {
    const auto second = compile(hessian(f, z))(all);
    const auto second_of_rest = compile(hessian(rest, x))(without);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        CHECK(is_near(second(i, j), i * j == 0 ? 0 : second_of_rest(i - 1, j - 1)));
  }
}

} // namespace

TEST_CASE("the sum of two paths that cannot be taken has the slope 0") {
  constexpr auto two = logaddexp(a, b);
  constexpr auto three = logaddexp(two, c);
  const auto check = [&]<class T>(T at) {
    const T lost = static_cast<T>(-inf);
    const auto of_two = compile(two, gradient(two, a, b), hessian(two, a, b));
    const auto [value, slopes, second] = of_two(a = lost, b = lost);
    CHECK(value == lost);
    CHECK((slopes[a] == 0 && slopes[b] == 0));
    for (const T each : second)
      CHECK(each == 0);
    for (const bool is_first : {false, true}) {
      const auto [one, by, twice] = of_two(a = is_first ? at : lost, b = is_first ? lost : at);
      CHECK(one == at);
      CHECK((by[a] == (is_first ? 1 : 0) && by[b] == (is_first ? 0 : 1)));
      for (const T each : twice)
        CHECK(each == 0);
    }
    const auto [total, by, each_by_each] = compile(
        three, gradient(three, a, b, c), hessian(three, a, b, c))(a = lost, b = lost, c = at);
    CHECK(total == at);
    CHECK((by[a] == 0 && by[b] == 0 && by[c] == 1));
    for (const T each : each_by_each)
      CHECK(each == 0);
    const matrix<T, 3> none{lost, lost, lost};
    const auto [column, of_column, of_row, along_column] = compile(
        sum(logsumexp(z)), partial(sum(logsumexp(z)), z),
        partial(log(sum(row_sums(exp(transpose(z))))), z), hessian(sum(logsumexp(z)), z))(z = none);
    CHECK(column == lost);
    CHECK(of_column == matrix<T, 3>{});
    CHECK(of_row == matrix<T, 3>{});
    for (const T each : along_column)
      CHECK(each == 0);
  };
  check(0.5);
  check(0.5f);
  static_assert(compile(partial(two, a))(a = -inf, b = -inf) == 0);
  static_assert(compile(partial(partial(three, a), b))(a = -inf, b = -inf, c = 1.0) == 0);
  constexpr matrix<double, 3> none{-inf, -inf, -inf};
  static_assert(compile(partial(sum(logsumexp(z)), z))(z = none) == matrix<double, 3>{});
}

TEST_CASE("states that are not reached, in a hidden Markov model") {
  const std::array<double, 21> usual{-0.5, -1, -2,   -0.1, -0.7, -3,   -0.2, -2, -1,   -0.4, -1.5,
                                     -0.3, -1, -0.6, -0.9, -1.1, -0.2, -2,   -3, -0.8, -0.4};
  const auto check = [&](std::initializer_list<std::size_t> lost) {
    auto weights = usual;
    for (const std::size_t each : lost)
      weights[each] = -inf;
    check_model<double>(weights);
    check_model<float>(weights);
  };
  check({});
  check({1, 2});              // one state begins
  check({1, 2, 5, 6, 9, 10}); // from left to right: the last one is not reached at once
  check({0, 12, 16, 3, 6});   // states and emissions that are impossible
  check({5, 8, 11});          // no way into a state
  constexpr matrix<double, 3> first{0, -inf, -inf};
  constexpr matrix<double, 3, 3> upper{-1, -1, -inf, -inf, -1, -1, -inf, -inf, -1};
  constexpr auto by_start = compile(partial(likelihood, start))(start = first, transitions = upper,
                                                                emissions = matrix<double, 3, 3>{});
  static_assert(by_start(0) > 1 - 1e-15 && by_start(1) == 0 && by_start(2) == 0);
}

TEST_CASE("alignments of two labels among blanks") {
  check_alignments<double>({0.5, -1, 2, 1, 0.2, -0.3, -0.7, 0.9, 0.1});
  check_alignments<float>({0.5, -1, 2, 1, 0.2, -0.3, -0.7, 0.9, 0.1});
  check_alignments<double>({-inf, -1, 2, 1, 0.2, -0.3, -0.7, 0.9, -inf}); // classes are masked
}

TEST_CASE("entropies of a softmax are as without what is masked") {
  check_masked<true>([](auto s, auto, auto) { return -sum(xlogy(softmax(s), softmax(s))); });
  check_masked<true>(
      [](auto s, auto, auto) { return -sum(elementwise_product(softmax(s), log(softmax(s)))); });
  check_masked(
      [](auto s, auto, auto) { return -sum(elementwise_product(log_softmax(s), softmax(s))); });
  check_masked([](auto s, auto, auto) { return -dot(softmax(s), softmax(s)); });
  check_masked([](auto s, auto, auto) { return sum(cross_entropy(softmax(s), softmax(s))); });
  check_masked<true>(
      [](auto s, auto t, auto) { return sum(softmax_cross_entropy(t, softmax(s))); });
  check_masked<true>(
      [](auto s, auto t, auto) { return sum(kullback_leibler(softmax(s), softmax(t))); });
  check_masked([](auto s, auto, auto y) { return sum(kullback_leibler(softmax(s), y)); });
  check_masked([](auto s, auto, auto y) { return sum(kullback_leibler(y, softmax(s))); });
  check_masked([](auto s, auto t, auto) {
    return sum(kullback_leibler((softmax(s) + softmax(t)) / 2_c, softmax(s))); // Jensen, Shannon
  });
  check_masked([](auto s, auto, auto y) {
    return -sum(xlogy(softmax(s), y)) + sum(elementwise_product(softmax(s), log(softmax(s))));
  });
  check_masked<true>([](auto s, auto, auto) { return -dot(exp(log_softmax(s)), log_softmax(s)); });
  check_masked<true>(
      [](auto s, auto t, auto) { return dot(softmax(s), log_softmax(s) - log_softmax(t)); });
  check_masked([](auto s, auto t, auto) {
    return dot(exp(log_softmax(s)), log(softmax(s)) - log_softmax(t));
  });
  check_masked<true>([](auto s, auto t, auto) {
    return sum(elementwise_product(softmax(s), log(elementwise_quotient(softmax(s), softmax(t)))));
  });
  check_masked([](auto s, auto t, auto) {
    return dot(softmax(s), log2(elementwise_quotient(softmax(s), softmax(s) + softmax(t))));
  });
  check_masked([](auto s, auto t, auto) {
    return dot(softmax(t), 3_c * log(2_c * elementwise_product(softmax(s), softmax(t))) + 1_c);
  });
  constexpr auto entropy = -sum(xlogy(softmax(z), softmax(z)));
  CHECK(compile(partial(entropy, z))(z = matrix<float, 3>{-std::numeric_limits<float>::infinity(),
                                                          1, 1}) == matrix<float, 3>{});
  static_assert(compile(partial(entropy, z))(z = matrix<double, 3>{-inf, 1, 1}) ==
                matrix<double, 3>{});
}

TEST_CASE("a logarithm of 0 in a sum has the slope of the sum") {
  const auto check = [](auto sum_of_terms, const matrix<double, 3> &expected) {
    constexpr auto f = decltype(sum_of_terms){} + 0_c * sum(p + z + w);
    const auto [value, slopes] =
        compile(f, partial(f, p))(p = matrix<double, 3>{0, 1, 3}, z = matrix<double, 3>{0.5, -1, 2},
                                  w = matrix<double, 3>{1, 2, 0.5});
    INFO(to_string(f));
    CHECK(std::isfinite(value));
    for (int i = 0; i < 3; ++i)
      CHECK(is_near(slopes(i), expected(i)));
    const auto single =
        compile(partial(f, p))(p = matrix<float, 3>{0, 1, 3}, z = matrix<float, 3>{0.5f, -1, 2},
                               w = matrix<float, 3>{1, 2, 0.5f});
    for (int i = 0; i < 3; ++i)
      CHECK(is_near(single(i), expected(i)));
  };
  check(sum(logsumexp(log(p))), {0.25, 0.25, 0.25});
  check(sum(log_mean_exp(log(p))), {0.25, 0.25, 0.25});
  check(sum(logsumexp(beside(log(p), log(w)))), {0.25, 0.25, 0.25});
  check(log(sum(exp(log(p)))), {0.25, 0.25, 0.25});
  check(log(sum(row_sums(exp(transpose(log(p)))))), {0.25, 0.25, 0.25});
  const double e[]{std::exp(0.5), std::exp(-1), std::exp(2)};
  const double mixed = e[1] + 3 * e[2];
  const matrix<double, 3> of_mixture{e[0] / mixed, e[1] / mixed, e[2] / mixed};
  check(sum(logsumexp(log(p) + z)), of_mixture);
  check(sum(logsumexp(z + log(p) - 1_c)), of_mixture);
  check(sum(logsumexp(transpose(transpose(z) + transpose(log(p))))), of_mixture);
  check(logaddexp(logaddexp(element_of<0, 0>(log(p)) + element_of<0, 0>(z),
                            log(element_of<1, 0>(p)) + element_of<1, 0>(z)),
                  log(element_of<2, 0>(p)) + element_of<2, 0>(z)),
        of_mixture);
  check(sum(logsumexp(stack(log(element_of<0, 0>(p)) + element_of<0, 0>(z), element_of<1, 0>(z),
                            log(element_of<2, 0>(p)) + element_of<2, 0>(z)))),
        {e[0] / mixed, 0, e[2] / mixed});
  check(sum(logsumexp(log(p) + log(w))), {1 / 3.5, 2 / 3.5, 0.5 / 3.5});
  check(sum(weighted_logsumexp(w, log(p))), {1 / 3.5, 2 / 3.5, 0.5 / 3.5});
  const double weighted = 2 * e[1] + 1.5 * e[2];
  check(sum(weighted_logsumexp(w, log(p) + z)),
        {e[0] / weighted, 2 * e[1] / weighted, 0.5 * e[2] / weighted});
  const auto check_second = [](auto f) {
    const auto second = compile(hessian(f, p))(p = matrix<double, 3>{0, 1, 3});
    for (const double each : second)
      CHECK(is_near(each, -0.0625));
  };
  check_second(sum(logsumexp(log(p))));
  check_second(log(sum(exp(log(p)))));
  constexpr auto two = logaddexp(log(a), log(b));
  const auto [slopes, second] = compile(gradient(two, a, b), hessian(two, a, b))(a = 0.0, b = 4.0);
  CHECK((is_near(slopes[a], 0.25) && is_near(slopes[b], 0.25)));
  for (const double each : second)
    CHECK(is_near(each, -0.0625));
  static_assert(compile(partial(two, a))(a = 0.0, b = 1.0) == 1);
  // both are 0: infinite, as of log
  CHECK(compile(partial(two, a))(a = 0.0, b = 0.0) == inf);
  CHECK(std::isnan(compile(two)(a = -1.0, b = 3.0)));
}
