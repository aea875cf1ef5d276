// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Compares the hand-written gradients, the textbook and the tape with each other on 64 random
// inputs, with known numbers, and with what the formulas tend to at the extremes. Prints one line
// and returns 1 at the first difference.
#include "hand_written.hpp"
#include "workloads_tape.hpp"
#include <chainrule/benchmark/tape.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace {

using namespace hand_written;

constexpr double tolerance = 1e-12;

[[noreturn]] void fail(const char *what, std::size_t which, double found, double expected) {
  std::printf("FAILED: %s, number %zu: found %.17g, expected %.17g\n", what, which, found,
              expected);
  std::exit(1);
}

/// Within 1e-12 of the expected number; of 0 exactly. NaN never passes.
void check(const char *what, std::size_t which, double found, double expected) {
  if (!(std::fabs(found - expected) <= tolerance * std::fabs(expected)))
    fail(what, which, found, expected);
}

template <std::size_t Count>
void check(const char *what, const result<Count> &found, const result<Count> &expected) {
  check(what, 0, found.value, expected.value);
  for (std::size_t i = 0; i < Count; ++i)
    check(what, i + 1, found.gradient[i], expected.gradient[i]);
}

class random_numbers {
public:
  double operator()() { return distribution_(engine_); }
  double label() { return engine_() % 2 == 0 ? 0.0 : 1.0; }

private:
  std::mt19937_64 engine_{20260101};
  std::uniform_real_distribution<double> distribution_{-1.5, 1.5};
};

void check_random_inputs() {
  random_numbers random;
  for (int repeat = 0; repeat < 64; ++repeat) {
    const w1_arguments one{random(), random(), random(), random(), random.label()};
    check("W1, textbook against hand-written", textbook::w1(one), w1(one));
    check("W1, tape against hand-written", tape_workloads::w1(one), w1(one));

    const w2_arguments two{random(), random(), random(), random(), random()};
    check("W2, tape against hand-written", tape_workloads::w2(two), w2(two));

    w3_arguments three{{}, random(), random()};
    for (double &weight : three.w)
      weight = random();
    check("W3, tape against hand-written", tape_workloads::w3(three), w3(three));

    w4_arguments four{{}, random(), random(), random.label()};
    for (double &parameter : four.p)
      parameter = random();
    check("W4, library tanh against hand-written", w4_library(four), w4(four));
    check("W4, tape against hand-written", tape_workloads::w4(four), w4(four));

    const w7_arguments seven{random(), random(), random(), random(), random(),
                             random(), random(), random(), random(), random()};
    check("W7, masks against selects", w7_masked(seven), w7(seven));
    check("W7, tape against hand-written", tape_workloads::w7(seven), w7(seven));
  }
}

void check_known_numbers() {
  const w1_arguments in{0.25, -0.11, 0.78, 0.63, 1.0};
  const result<3> expected{
      0.5217252787139592649,
      {0.00136364217271376178509, -0.0427113342116138637818, -0.197225213915827919184}};
  check("W1 at the known point, hand-written", w1(in), expected);
  check("W1 at the known point, textbook", textbook::w1(in), expected);
  check("W1 at the known point, tape", tape_workloads::w1(in), expected);
}

void check_loss(const char *what, double z, double y, double value, double slope) {
  const value_and_slope found = binary_cross_entropy_with_logits(z, y);
  check(what, 0, found.value, value);
  check(what, 1, found.slope, slope);
  tape::clear();
  const tape::real logit = tape::current().variable(z);
  const tape::real loss = binary_cross_entropy_with_logits(logit, y);
  tape::current().backward(loss);
  check(what, 2, loss.value, value);
  check(what, 3, tape::current().slope(logit), slope);
}

void check_sigmoid(const char *what, double z, double value, double slope) {
  const value_and_slope found = sigmoid(z);
  check(what, 0, found.value, value);
  check(what, 1, found.slope, slope);
  tape::clear();
  const tape::real argument = tape::current().variable(z);
  const tape::real recorded = sigmoid(argument);
  tape::current().backward(recorded);
  check(what, 2, recorded.value, value);
  check(what, 3, tape::current().slope(argument), slope);
}

void check_extremes() {
  const double tail = 4.2483542552915889773e-18; // exp(-40) / (1 + exp(-40))
  check_loss("cross-entropy at z = 800, y = 1", 800.0, 1.0, 0.0, 0.0);
  check_loss("cross-entropy at z = 800, y = 0", 800.0, 0.0, 800.0, 1.0);
  check_loss("cross-entropy at z = -800, y = 1", -800.0, 1.0, 800.0, -1.0);
  check_loss("cross-entropy at z = -800, y = 0", -800.0, 0.0, 0.0, 0.0);
  check_loss("cross-entropy at z = 40, y = 1", 40.0, 1.0, tail, -tail);
  check_loss("cross-entropy at z = -40, y = 0", -40.0, 0.0, tail, tail);
  check_loss("cross-entropy at z = 0, y = 1", 0.0, 1.0, std::log(2.0), -0.5);
  check_sigmoid("sigmoid at z = 0", 0.0, 0.5, 0.25);
  check_sigmoid("sigmoid at z = 40", 40.0, 1.0, tail);
  check_sigmoid("sigmoid at z = -40", -40.0, tail, tail);
  check_sigmoid("sigmoid at z = 800", 800.0, 1.0, 0.0);
  check_sigmoid("sigmoid at z = -800", -800.0, 0.0, 0.0);
  for (double z = -30.0; z <= 30.0; z += 0.0078125)
    check("tanh of one exponential", 0, hand_written::tanh(std::array{z})[0], std::tanh(z));
  for (const double z : {0.0, 1e-300, -1e-9, 0.4, std::nextafter(0.4, 0.0), 800.0, -1e300})
    check("tanh of one exponential at the edges", 0, hand_written::tanh(std::array{z})[0],
          std::tanh(z));
}

void check_slope(const char *what, const tape::real &y, const tape::real &x, double value,
                 double slope) {
  tape::current().backward(y);
  check(what, 0, y.value, value);
  check(what, 1, tape::current().slope(x), slope);
}

/// Each operation of the tape against its formula, on a tape that has to grow.
void check_tape() {
  tape::recording small(1);
  const tape::real x = small.variable(0.7);
  const tape::real three = small.variable(3.0);
  const double e = std::exp(0.7);
  check_slope("x + 2", x + 2.0, x, 2.7, 1.0);
  check_slope("2 + x", 2.0 + x, x, 2.7, 1.0);
  check_slope("x + x", x + x, x, 1.4, 2.0);
  check_slope("x - 2", x - 2.0, x, 0.7 - 2.0, 1.0);
  check_slope("2 - x", 2.0 - x, x, 2.0 - 0.7, -1.0);
  check_slope("x - 3", x - three, three, 0.7 - 3.0, -1.0);
  check_slope("-x", -x, x, -0.7, -1.0);
  check_slope("x * 2", x * 2.0, x, 1.4, 2.0);
  check_slope("2 * x", 2.0 * x, x, 1.4, 2.0);
  check_slope("x * x", x * x, x, 0.7 * 0.7, 1.4);
  check_slope("x / 2", x / 2.0, x, 0.35, 0.5);
  check_slope("2 / x", 2.0 / x, x, 2.0 / 0.7, -2.0 / (0.7 * 0.7));
  check_slope("x / three", x / three, three, 0.7 / 3.0, -0.7 / 9.0);
  check_slope("exp", exp(x), x, e, e);
  check_slope("log", log(x), x, std::log(0.7), 1.0 / 0.7);
  check_slope("log1p", log1p(x), x, std::log1p(0.7), 1.0 / 1.7);
  check_slope("sqrt", sqrt(x), x, std::sqrt(0.7), 0.5 / std::sqrt(0.7));
  check_slope("square", square(x), x, 0.7 * 0.7, 1.4);
  check_slope("tanh", tanh(x), x, std::tanh(0.7), 1.0 / (std::cosh(0.7) * std::cosh(0.7)));
  check_slope("softplus", softplus(x), x, std::log(1.0 + e), e / (1.0 + e));
  check_slope("softplus at 800", softplus(x + 800.0), x, 800.7, 1.0);
  check_slope("softplus at -800", softplus(x - 800.0), x, 0.0, 0.0);
  check_slope("abs", abs(-x), x, 0.7, 1.0);
  check_slope("max", max(x, three), x, 3.0, 0.0);
  check_slope("max with a number", max(x, 0.5), x, 0.7, 1.0);
  check_slope("min", min(x, three), x, 0.7, 1.0);
  check_slope("relu", relu(x), x, 0.7, 1.0);
  check_slope("relu of a negative", relu(-x), x, 0.0, 0.0);
}

} // namespace

int main() {
  const tape::recording recording;
  check_random_inputs();
  check_known_numbers();
  check_extremes();
  check_tape();
  std::puts("hand-written, textbook and tape agree");
}
