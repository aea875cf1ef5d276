// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// cmake --preset clang -DCHAINRULE_BUILD_FUZZERS=ON; ninja -C build/clang fuzzer; then run it.
// Bytes become a formula and a point; what must hold of graphs, schedules and values is checked.

#include "machine.hpp"
#include "reference.hpp"

#include <cmath>
#include <cstdio>

namespace {

/// Choices from bytes; 0 when they are used up.
struct bytes {
  const std::uint8_t *data;
  std::size_t size;

  int below(int limit) {
    if (size == 0)
      return 0;
    --size;
    return *data++ % limit;
  }
};

void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

using chainrule::symbol;
namespace detail = chainrule::detail;

void check_order(const detail::graph &home) {
  for (int i = 0; i < home.nodes.size; ++i)
    for (int k = 0; k < home.nodes.items[i].input_count; ++k)
      require(0 <= home.input(i, k) && home.input(i, k) < i, "an operand stands behind its user");
}

void check_schedule(const detail::graph &home, const detail::list<int> &outputs) {
  detail::list<bool> needed;
  mark_needed(home, outputs, needed);
  detail::list<int> computed;
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i] && home.nodes.items[i].input_count > 0)
      computed.push(i);
  const detail::list<int> order = detail::schedule(home, computed).order;
  std::vector<char> is_done(static_cast<std::size_t>(home.nodes.size), 0);
  std::size_t count = 0;
  for (int i = 0; i < needed.size; ++i)
    if (home.nodes.items[i].input_count == 0)
      is_done[static_cast<std::size_t>(i)] = 1;
    else
      count += needed.items[i];
  require(count == static_cast<std::size_t>(order.size), "a step is missing or there twice");
  for (const int i : order) {
    for (int k = 0; k < home.nodes.items[i].input_count; ++k)
      require(is_done[static_cast<std::size_t>(home.input(i, k))] != 0,
              "a step runs before its operands");
    is_done[static_cast<std::size_t>(i)] = 1;
  }
}

/// The node made anew, every operation by its rules.
symbol made_again(detail::graph &home, symbol node) {
  detail::list<int> result(1, node.index);
  rebuild(home, result, [&home](int index, detail::operand_list operands, bool) {
    const detail::operation_record &operation = *home.nodes.items[index].operation;
    return operands.count == 0 ? index : home.make(operation, operands).index;
  });
  return home.at(result.items[0]);
}

/// The value by the value rules of the operations as they are written; NaN if anything on the way
/// is not finite, too large or too small for rewrites to give the same.
double as_written(const std::vector<fuzz::part> &parts,
                  const std::array<double, fuzz::most_variables> &at) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> values;
  for (const fuzz::part &each : parts) {
    if (each.variable >= 0) {
      values.push_back(at[static_cast<std::size_t>(each.variable)]);
    } else if (each.operation == nullptr) {
      values.push_back(chainrule::math::rounded<double>(each.constant));
    } else {
      std::array<chainrule::math::dual, 3> operands{};
      for (std::size_t k = 0; k < each.count(); ++k)
        operands[k].value = values[static_cast<std::size_t>(each.inputs[k])];
      values.push_back(fuzz::on_duals(each, operands.data()).value);
    }
    const double size = std::abs(values.back());
    if (!(size < 1e100) || (size != 0 && size < 1e-100))
      return nan;
  }
  return values.back();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  bytes source{data, size};
  std::array<double, fuzz::most_variables> at{};
  for (double &x : at) {
    x = (source.below(256) - 128) / 16.0;
    x += source.below(16) / 256.0;
  }
  const fuzz::generator<bytes> formula(source, 6);
  const double expected = as_written(formula.parts, at);
  for (const fuzz::way how : {fuzz::way::as_written, fuzz::way::simplified}) {
    detail::graph home;
    std::array<symbol, fuzz::most_variables> variables;
    const symbol top = fuzz::made(home, formula.parts, formula.result(), how, variables);
    if (how == fuzz::way::simplified) {
      const symbol once = made_again(home, top);
      require(made_again(home, once) == once, "rules apply to what rules have made");
    }
    detail::list<int> outputs(1, top.index);
    for (const symbol slope : fuzz::derivatives_of(home, top, variables))
      outputs.push(slope.index);
    check_order(home);
    expand(home, outputs);
    check_order(home);
    check_schedule(home, outputs);
    const std::vector<double> values = fuzz::run(home, outputs, at);
    // log(sigmoid(100)) is below 0 and rounded to 0: as it is written, xlogy of it is not NaN.
    const bool is_right = std::isnan(expected) || !std::isnan(values[0]) ||
                          !fuzz::reference(formula.parts, at, false)[formula.result()].is_defined;
    if (!is_right) {
      detail::graph plain;
      const symbol written =
          fuzz::made(plain, formula.parts, formula.result(), fuzz::way::as_written, variables);
      std::fprintf(stderr, "%s\nof %s\nat x = %.17g, y = %.17g, z = %.17g is %.17g:\n",
                   fuzz::text_of(home, top).c_str(), fuzz::text_of(plain, written).c_str(), at[0],
                   at[1], at[2], expected);
    }
    require(is_right, "NaN where the formula is finite");
  }
  return 0;
}
