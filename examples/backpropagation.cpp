// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Backpropagation through z_i = W_i a_i + b_i, a_(i+1) = s(z_i) for a batch in columns, with half
// squared error: each of its equations is proved, for four activations that are exchanged in one
// place. What flows back to every z_i and a_i is computed and printed, too.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"W1", 3, 2> W1;
constexpr variable<"b1", 3> b1;
constexpr variable<"W2", 2, 3> W2;
constexpr variable<"b2", 2> b2;
constexpr variable<"W3", 1, 2> W3;
constexpr variable<"b3"> b3;
constexpr variable<"X", 2, 4> X; // four samples
constexpr variable<"Y", 1, 4> Y;

/// Every value on the way through the network.
template <class Activation>
struct network {
  static constexpr auto a1 = X;
  static constexpr auto z1 = W1 * a1 + b1;
  static constexpr auto a2 = Activation{}(z1);
  static constexpr auto z2 = W2 * a2 + b2;
  static constexpr auto a3 = Activation{}(z2);
  static constexpr auto z3 = W3 * a3 + b3;
  static constexpr auto loss = half_squared_error(z3, Y);
};

/// The equations of backpropagation; `derivative` is that of the activation.
constexpr bool is_backpropagation(auto activation, auto derivative) {
  using net = network<decltype(activation)>;
  constexpr auto at_z3 = partial(net::loss, net::z3);
  constexpr auto at_a3 = partial(net::loss, net::a3);
  constexpr auto at_z2 = partial(net::loss, net::z2);
  constexpr auto at_a2 = partial(net::loss, net::a2);
  constexpr auto at_z1 = partial(net::loss, net::z1);
  return at_z3 == net::z3 - Y && at_a3 == transpose(W3) * at_z3 &&
         at_z2 == elementwise_product(at_a3, derivative(net::z2)) &&
         at_a2 == transpose(W2) * at_z2 &&
         at_z1 == elementwise_product(at_a2, derivative(net::z1)) &&
         partial(net::loss, W3) == at_z3 * transpose(net::a3) &&
         partial(net::loss, W2) == at_z2 * transpose(net::a2) &&
         partial(net::loss, W1) == at_z1 * transpose(net::a1) &&
         partial(net::loss, b3) == sum(at_z3) && partial(net::loss, b2) == row_sums(at_z2) &&
         partial(net::loss, b1) == row_sums(at_z1);
}

constexpr auto with_relu = [](auto z) { return relu(z); };
constexpr auto with_tanh = [](auto z) { return tanh(z); };
constexpr auto with_sigmoid = [](auto z) { return sigmoid(z); };
static_assert(is_backpropagation(linear, [](auto) { return 1_c; }));
static_assert(is_backpropagation(with_relu, [](auto z) { return select(z > 0_c, 1_c, 0_c); }));
static_assert(is_backpropagation(with_tanh, [](auto z) { return 1_c - square(tanh(z)); }));
static_assert(is_backpropagation(with_sigmoid,
                                 [](auto z) { return sigmoid(z) - square(sigmoid(z)); }));

constexpr auto point =
    at(W1 = matrix<double, 3, 2>{0.5, -0.25, 1, 0.75, -0.5, 0.25},
       b1 = matrix<double, 3>{0.125, -0.5, 0.25},
       W2 = matrix<double, 2, 3>{0.75, -1, 0.5, 0.25, 0.5, -0.75},
       b2 = matrix<double, 2>{-0.25, 0.375}, W3 = matrix<double, 1, 2>{1.5, -0.5}, b3 = 0.25,
       X = matrix<double, 2, 4>{1, -0.5, 0.25, 2, 0.5, 1.5, -1, -0.25},
       Y = matrix<double, 1, 4>{0.5, -1, 0.25, 1});
static_assert(gradient_is_right(network<decltype(with_relu)>::loss, point));
static_assert(gradient_is_right(network<decltype(with_tanh)>::loss, point));
static_assert(gradient_is_right(network<decltype(with_sigmoid)>::loss, point));

template <int Rows, int Columns>
void print(const char *name, const matrix<double, Rows, Columns> &m) {
  for (int i = 0; i < Rows; ++i) {
    std::printf("  %-12s", i == 0 ? name : "");
    for (int j = 0; j < Columns; ++j)
      std::printf(" %9.5f", m(i, j));
    std::puts("");
  }
}

template <int Rows, int Columns>
void print(const char *name, const matrix<double, Rows, Columns> &m,
           const matrix<double, Rows, Columns> &reference) {
  print(name, m);
  for (std::size_t i = 0; i < m.size(); ++i)
    check(name, 1 + m.values[i] - reference.values[i], 1, 1e-14);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  using net = network<decltype(with_tanh)>;
  show("L", net::loss);
  show("dL/dz3", partial(net::loss, net::z3));
  show("dL/da3", partial(net::loss, net::a3));
  show("dL/dz2", partial(net::loss, net::z2));
  show("dL/dW2", partial(net::loss, W2));
  show("dL/db2", partial(net::loss, b2));

  constexpr auto everything =
      compile(net::z1, net::a2, net::z2, net::a3, net::z3, partial(net::loss, net::z3),
              partial(net::loss, net::a3), partial(net::loss, net::z2), partial(net::loss, net::a2),
              partial(net::loss, net::z1), net::loss, gradient(net::loss, W1, b1, W2, b2, W3, b3));
  const auto [z1, a2, z2, a3, z3, by_z3, by_a3, by_z2, by_a2, by_z1, loss, slope] =
      everything(point);
  std::puts("forward, one sample in a column");
  print("z1", z1);
  print("a2", a2);
  print("z2", z2);
  print("a3", a3);
  print("z3", z3);
  std::puts("backward");
  print("dL/dz3", by_z3,
        {-1.4936016560189115, 0.82204311110558377, 0.89256965575196099, -2.2233177625727975});
  print("dL/da3", by_a3,
        {-2.2404024840283672, 1.2330646666583757, 1.3388544836279415, -3.3349766438591962,
         0.74680082800945573, -0.41102155555279188, -0.44628482787598049, 1.1116588812863987});
  print("dL/dz2", by_z2,
        {-1.4746055265919032, 1.0793211861324947, 0.75246807233526324, -1.7955062112344469,
         0.34526603422771203, -0.39401611183780138, -0.42838809581074104, 0.19438690829166483});
  print("dL/da2", by_a2,
        {-1.0196376363869994, 0.71098686163992067, 0.45725403029876217, -1.2980329313529189,
         1.6472385437057592, -1.2763292420513954, -0.96666212024063376, 1.8926996653802793,
         -0.99625228896673561, 0.83517267694459838, 0.6975251080256874, -1.043543286835972});
  print("dL/dz1", by_z1,
        {-0.80189170758329228, 0.55915400550527511, 0.35960639551799499, -0.40424482542978093,
         0.83105968486080664, -1.2565925090539774, -0.40597328751127867, 0.47684020991936412,
         -0.98084657328024096, 0.42135873056034751, 0.68673881060138707, -0.57374342313243462});
  expect("L", loss, 4.32321162355973316);
  const double expected[] = {
      -1.8000567623159929,  0.17923996530571677,  2.3115430373487039,   -1.1825956861191251,
      -2.1673280821749372,  -0.40168814561787763, -0.2873761319898031,  -0.35466590178508526,
      -0.446492455250941,   -2.3223994292921068,  -3.0297867550819027,  2.0542657407669415,
      0.30497210248947504,  0.68842200371867066,  -0.39744088641323189, -1.4383224793585921,
      -0.28275126512916556, 2.6842317077877614,   -3.1032661212430369,  -2.0023066517341642};
  for (std::size_t i = 0; i < slope.count; ++i)
    check("slope", slope.values[i], expected[i], 1e-12);
  return result();
}
