// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How the work grows with the network: the functions that constant evaluation runs, from records to
// the schedule, run here on chains of 100 and of 1000 layers with their gradients, whose records
// are made at run time. Counted are the blocks of straight-line code that are executed, which
// -fsanitize-coverage=trace-pc reports one by one: the same number in every run, and every loop is
// in it. From 100 to 1000 layers they may become 10^1.15 times as many.
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

/// squared_error(sigmoid(w99 * sigmoid(w98 * ... )), y) and its derivatives by x and the weights.
struct chain {
  std::deque<std::string> names;
  std::deque<std::vector<const expression_record *>> operands;
  std::deque<expression_record> records;
  std::vector<const expression_record *> networks;

  const expression_record *variable(std::string name) {
    names.push_back(std::move(name));
    expression_record result = record<chainrule::variable<"x">>;
    result.name = names.back();
    result.fingerprint = hash(names.back());
    records.push_back(result);
    return &records.back();
  }
  template <class Operation>
  const expression_record *apply(std::vector<const expression_record *> of) {
    operands.push_back(std::move(of));
    expression_record result = record<chainrule::variable<"x">>;
    result.operation = &operation_record_of<Operation>::value;
    result.operands = operands.back().data();
    result.operand_count = static_cast<int>(operands.back().size());
    result.fingerprint = result.operation->fingerprint;
    for (const expression_record *each : operands.back())
      result.fingerprint = mix(result.fingerprint, each->fingerprint);
    records.push_back(result);
    return &records.back();
  }

  explicit chain(int layers) {
    std::vector<const expression_record *> by{variable("x")};
    const expression_record *top = by[0];
    for (int i = 0; i < layers; ++i) {
      by.push_back(variable("w" + std::to_string(i)));
      top = apply<sigmoid_operation>({apply<multiply_operation>({by.back(), top})});
    }
    const expression_record *const error =
        apply<square_operation>({apply<subtract_operation>({top, variable("y")})});
    networks.push_back(error);
    for (const expression_record *each : by)
      networks.push_back(apply<partial_operation>({error, each}));
  }
};

long work_of(int layers) {
  const chain network(layers);
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
  const double growth =
      std::log10(static_cast<double>(work_of(1000)) / static_cast<double>(work_of(100)));
  std::printf("exponent %.3f, at most 1.15\n", growth);
  return growth <= 1.15 ? 0 : 1;
}
