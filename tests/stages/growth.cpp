// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How the work grows with the network: the functions that constant evaluation runs, from records to
// the schedule, run here on chains of 100 and of 1000 layers of numbers and of 20 and 200 layers of
// matrices with their gradients, whose records are made at run time. Counted are the blocks of
// straight-line code that are executed, which -fsanitize-coverage=trace-pc reports one by one: the
// same number in every run, and every loop is in it. Of ten times the layers they may become
// 10^1.15 times as many.
#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>
#include <deque>
#include <string>
#include <vector>

using namespace chainrule;
using namespace chainrule::detail;

extern long executed_blocks; // blocks.cpp

namespace {

/// A loss of layers, and its derivatives by x and the weights; the records of its parts.
class chain {
public:
  std::vector<const expression_record *> networks;

  /// squared_error(sigmoid(w99 * sigmoid(w98 * ... )), y)
  static chain of_numbers(int layers) {
    constexpr const expression_record &number = record<chainrule::variable<"x">>;
    return chain(
        layers, number, number,
        [](chain &its, const expression_record *w, const expression_record *h) {
          return its.apply<sigmoid_operation>({its.apply<multiply_operation>({w, h})});
        },
        [](const chain &, const expression_record *error) { return error; });
  }
  /// The same with matrices: sum(square(tanh(W99 * tanh(W98 * ... )) - y))
  static chain of_matrices(int layers) {
    return chain(
        layers, record<chainrule::variable<"x", 8>>, record<chainrule::variable<"x", 8, 8>>,
        [](chain &its, const expression_record *w, const expression_record *h) {
          return its.apply<tanh_operation>({its.apply<matrix_product_operation>({w, h})});
        },
        [](chain &its, const expression_record *error) {
          return its.apply<sum_operation>({error});
        });
  }

private:
  std::deque<std::string> names;
  std::deque<std::vector<const expression_record *>> operands;
  std::deque<expression_record> records;

  chain(int layers, const expression_record &value, const expression_record &weight, auto layer,
        auto loss) {
    std::vector<const expression_record *> by{variable("x", value)};
    const expression_record *top = by[0];
    for (int i = 0; i < layers; ++i) {
      by.push_back(variable("w" + std::to_string(i), weight));
      top = layer(*this, by.back(), top);
    }
    const expression_record *const error = loss(
        *this, apply<square_operation>({apply<subtract_operation>({top, variable("y", value)})}));
    networks.push_back(error);
    for (const expression_record *each : by)
      networks.push_back(apply<partial_operation>({error, each}));
  }

  const expression_record *variable(std::string name, const expression_record &like) {
    names.push_back(std::move(name));
    expression_record result = like;
    result.name = names.back();
    result.fingerprint = hash(names.back());
    records.push_back(result);
    return &records.back();
  }
  /// Its shape is that of the last operand but for sums, which are numbers.
  template <class Operation>
  const expression_record *apply(std::vector<const expression_record *> of) {
    operands.push_back(std::move(of));
    expression_record result = record<chainrule::variable<"x">>;
    if constexpr (!std::is_same_v<Operation, sum_operation>)
      result.shape = operands.back().back()->shape;
    result.operation = &operation_record_of<Operation>::value;
    result.operands = operands.back().data();
    result.operand_count = static_cast<int>(operands.back().size());
    result.fingerprint = result.operation->fingerprint;
    for (const expression_record *each : operands.back())
      result.fingerprint = mix(result.fingerprint, each->fingerprint);
    records.push_back(result);
    return &records.back();
  }
};

long work_of(chain (*made)(int), int layers) {
  const chain network = made(layers);
  const long before = executed_blocks;
  const part_list parts = parts_in(network.networks, form::simplified);
  construction work({parts.all.items, parts.operands.items, parts.all.size});
  int stages = 0;
  for (; work.now != construction::is_done; ++stages) {
    work.home.calls = 0;
    work.run(parts.outputs.items, parts.outputs.size);
  }
  const long result = executed_blocks - before;
  std::printf("%d layers: %d parts, %d nodes, %d instructions in %d stages, %ld blocks\n", layers,
              parts.all.size, work.home.nodes.size, work.plan.order.size, stages, result);
  return result;
}

} // namespace

int main() {
  bool is_right = true;
  for (const bool is_of_matrices : {false, true}) {
    const auto made = is_of_matrices ? chain::of_matrices : chain::of_numbers;
    const int layers = is_of_matrices ? 20 : 100;
    const double growth = std::log10(static_cast<double>(work_of(made, 10 * layers)) /
                                     static_cast<double>(work_of(made, layers)));
    std::printf("exponent %.3f, at most 1.15\n", growth);
    is_right = is_right && growth <= 1.15;
  }
  return is_right ? 0 : 1;
}
