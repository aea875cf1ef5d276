// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Prints programs, their instructions and what they compute, to the bit: check.sh compares those
// that are made in one stage with those that are made in many.
#include <chainrule/chainrule.hpp>

#include <cstdio>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u", 3> u;
constexpr variable<"W", 3, 3> W;

template <class List, class... Others>
void print(const char *name, compiled<List, Others...>, const auto &values) {
  using program = detail::program_of<List>;
  constexpr const auto &code = program::value;
  std::printf("%s: %zu instructions, %d elements\n", name, code.code.size(), code.workspace);
  std::fprintf(stderr, "%d\n", program::last::number);
  for (const detail::instruction &next : code.code) {
    int same = 0; // the first instruction of this operation
    while (code.code.items[same].operation != next.operation)
      ++same;
    std::printf("as %d, output %d:", same, next.output);
    for (int k = 0; k < next.input_count; ++k)
      std::printf(" %d", code.inputs.items[next.first_input + k]);
    std::printf("\n");
  }
  for (const detail::group &next : code.groups)
    std::printf("group of %d, loop %d\n", next.count, next.same_loop);
  for (const detail::placing &next : code.placings)
    std::printf("at %d\n", next.offset);
  for (const double value : values)
    std::printf("%a\n", value);
}

constexpr auto a = sigmoid(x * y);
constexpr auto b = sigmoid(x * a);
constexpr auto c = tanh(y * b + a);
constexpr auto chain = squared_error(sigmoid(relu(c * x - b) * c) * b, y);
constexpr auto by_part = partial(log(b) * b, b) * partial(partial(chain, c), x);
constexpr auto kept = no_rewrite(log(1_c + exp(x * y))) + log(1_c + exp(x * y));
constexpr auto layer = tanh(W * u);
constexpr auto next_layer = W * layer + layer;
constexpr auto loss = half_squared_error(softmax(W * tanh(next_layer)), u) + sum(sin(layer)) * x;

// two states, a loop in the body of another, and the derivative of a derivative
constexpr variable<"h", 3> h;
constexpr variable<"k"> k;
constexpr variable<"s"> s;
constexpr auto states =
    fold(update(h = tanh(W * h + k * u), s = s * cos(k) + x), h = u, s = y, k = transpose(u))[s];
constexpr auto recurrent =
    partial(
        squared_norm(scan(tanh(W * h) + k * x * fold(s + sum(sin(h)) * k, s = y, k = transpose(u)),
                          h = u, k = transpose(u))),
        x) +
    square(states);

} // namespace

int main() {
  const auto at_scalars = [](auto step) {
    std::array<double, 4> result{};
    double *const to = result.data();
    step.into(to, to + 1, to + 3)(x = 0.625, y = -1.75);
    return result;
  };
  constexpr auto scalars = compile(chain, gradient(chain, x, y), by_part);
  print("parts", scalars, at_scalars(scalars));
  constexpr auto fences = compile(kept, gradient(kept, x, y), partial(kept, x * y));
  print("fences", fences, at_scalars(fences));

  std::array<double, 13> result{};
  double *const to = result.data();
  constexpr auto second = compile(hessian(chain, x, y));
  second.into(to)(x = 0.625, y = -1.75);
  print("second", second, result);
  const double weights[]{0.5, -0.25, 1.5, 0.125, 2, -1, 0.75, 1, -0.5}, inputs[]{0.25, -1, 0.5};
  constexpr auto matrices = compile(loss, gradient(loss, W, u));
  matrices.into(to, to + 1)(W = weights, u = inputs, x = 0.75);
  print("matrices", matrices, result);
  constexpr auto loops = compile(recurrent, gradient(recurrent, W, u));
  loops.into(to, to + 1)(W = weights, u = inputs, x = 0.75, y = -0.5);
  print("loops", loops, result);
}
