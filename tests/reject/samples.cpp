// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: mean_over_samples(step)(x = data): no argument brings samples; say where they are
// EXPECT 2: x = in_columns(values), in_rows(values): how many values there are is not known
// EXPECT 3: in_rows(values): a variable, named in this message, has another number of rows
// EXPECT 4: x = in_each(samples, &sample::x): the second argument is a member of the objects
// EXPECT 5: mean_over_samples(step): step is what compile(...) hands back, as it is
// EXPECT 6: mean_over_samples<parts>(step, executor): parts count from 1
// EXPECT 7: mean_over_samples(step, executor): the sums of all parts are more than 1 MB
// EXPECT 8: step(x = 0.5, ...): a variable of the network, named in this message, has no value
// EXPECT 9: step(0.5): arguments are given by name, as in step(x = 0.5, w = 0.25)
// EXPECT 10: x = in_columns(values), in_rows(values): how many values there are is not known
#include <chainrule/samples.hpp>

#include <vector>

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"x", 2> x;
constexpr variable<"W", 200, 200> W;
constexpr auto f = w * squared_norm(x);
constexpr auto step = compile(f, gradient(f, w));
constexpr auto over_data = mean_over_samples(step);
constexpr auto large = compile(gradient(squared_norm(W * w), W));

struct sample {
  double x[2], w;
};
constexpr auto one_by_one = [](std::size_t parts, const auto &run) {
  for (std::size_t i = 0; i < parts; ++i)
    run(i);
};

void calls(const matrix<double, 2, 3> &columns, const matrix<double, 3, 2> &rows,
           [[maybe_unused]] const std::vector<std::vector<double>> &apart,
           const std::vector<sample> &objects, [[maybe_unused]] const double *pointer,
           const matrix<double, 200, 200> &weights) {
#ifdef ACCEPT
  (void)over_data(w = 1.0, x = in_columns(columns));
  (void)over_data(w = 1.0, x = in_rows(rows));
  (void)over_data(w = in_each(objects, &sample::w), x = in_each(objects, &sample::x));
  (void)mean_over_samples<3>(large, one_by_one)(W = weights, w = in_rows(std::vector<float>(4)));
#elif MISTAKE == 1
  (void)over_data(w = 1.0, x = columns.data());
#elif MISTAKE == 2
  (void)over_data(w = 1.0, x = in_rows(apart));
#elif MISTAKE == 3
  (void)over_data(w = 1.0, x = in_columns(rows));
#elif MISTAKE == 4
  (void)over_data(w = 1.0, x = in_each(objects, 0));
#elif MISTAKE == 5
  double value = 0, slope = 0;
  (void)mean_over_samples(step.into(value, slope));
#elif MISTAKE == 6
  (void)mean_over_samples<0>(step, one_by_one);
#elif MISTAKE == 7
  (void)mean_over_samples(large, one_by_one)(W = weights, w = in_rows(std::vector<float>(4)));
#elif MISTAKE == 8
  (void)over_data(x = in_rows(rows));
#elif MISTAKE == 9
  (void)over_data(w = 1.0, columns);
#else
  (void)over_data(w = 1.0, x = in_rows(pointer));
#endif
}
