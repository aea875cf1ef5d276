// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How deep calls lie in one another, of which compilers evaluate 512, and how much one step does,
// before which and after which a stage may end: long sums, products, quotients and chains of every
// operation, below every other one, are differentiated and brought into machine steps, by the
// functions that constant evaluation runs. Their compiler reports each call and each return.
//   depth [number of formulas] [seed]
#include "../fuzz/formula.hpp"
#include "../fuzz/random_numbers.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>

using namespace chainrule;

extern int depth_of_calls, deepest_call; // calls.cpp
extern long calls_in_all;

namespace {

struct random_source : fuzz::random_numbers {
  const detail::operation_record &one_of(const auto &records) {
    return *records.at(static_cast<std::size_t>(below(static_cast<int>(records.size()))));
  }
};

struct measured {
  int depth = 0;
  long calls = 0; // in one step
};

/// A formula of so many layers, each of which has the one before.
class long_formula {
public:
  std::string name;
  measured most;

  explicit long_formula(random_source &source, int layers) {
    home.rewritten = detail::rewritten;
    const symbol x = home.variable("x", detail::hash("x"), {});
    const detail::operation_record &inside = source.one_of(fuzz::unary_operations),
                                   &around = source.one_of(fuzz::unary_operations),
                                   &above = source.one_of(fuzz::unary_operations),
                                   &beside = source.one_of(fuzz::binary_operations),
                                   &joins = source.one_of(fuzz::binary_operations);
    const bool is_first = source.below(2) == 0, is_chain = source.below(4) == 0;
    symbol result = x;
    for (int i = 0; i < layers; ++i) {
      const std::string weight = "w" + std::to_string(i);
      names.push_back(weight);
      const symbol w = home.variable(names.back(), detail::hash(names.back()), {});
      result = is_chain
                   ? made(around,
                          made(inside, made(joins, is_first ? result : w, is_first ? w : result)))
               : is_first ? made(joins, result, made(inside, w))
                          : made(joins, made(inside, w), result);
    }
    result = made(above, made(beside, result, x));
    name = std::string(above.name) + " of " + std::string(beside.name) + " of a " +
           (is_chain ? "chain of " + std::string(around.name) + " of " : "long ") +
           std::string(joins.name) + (is_first ? " from the left of " : " from the right of ") +
           std::string(inside.name);
    detail::list<int> outputs(1, result.index);
    if (can_be_differentiated(result))
      differentiate(result, x, outputs);
    expand(outputs);
  }

private:
  detail::graph home;
  std::deque<std::string> names;

  void measure(auto step) {
    const int depth = depth_of_calls;
    const long before = calls_in_all;
    deepest_call = depth;
    step();
    most.depth = std::max(most.depth, deepest_call - depth);
    most.calls = std::max(most.calls, calls_in_all - before);
  }

  symbol made(const detail::operation_record &operation, auto... operands) {
    const int indices[]{operands.index...};
    symbol result;
    measure([&] { result = home.make(operation, indices); });
    return result;
  }

  bool can_be_differentiated(symbol result) const {
    for (int i = 0; i <= result.index; ++i)
      if (!home.nodes.items[i].operation->has_derivative &&
          !home.nodes.items[i].operation->has_adjoint && home.nodes.items[i].input_count > 0)
        return false;
    return true;
  }

  void differentiate(symbol result, symbol x, detail::list<int> &outputs) {
    detail::reverse_sweep sweep(home, detail::flow_through_loop);
    sweep.begin(result.index);
    while (!sweep.is_done())
      measure([&] { sweep.step(); });
    if (const int slope = sweep.flow_into(x.index); slope >= 0)
      outputs.push(slope);
  }

  void expand(detail::list<int> &outputs) {
    detail::expansion expansion;
    expansion.begin(home, outputs);
    while (!expansion.is_done())
      measure([&] { expansion.step(home); });
  }
};

/// A question that is put for its own answer ends without one.
int asks_itself(symbol x) { return detail::answer(detail::question::is_term, x, asks_itself); }
bool circles_end() {
  detail::graph home;
  const symbol x = home.variable("x", detail::hash("x"), {});
  return asks_itself(x) == 0 && home.is_in_circle;
}

} // namespace

int main(int count, char **arguments) {
  const long formulas = count > 1 ? std::atol(arguments[1]) : 1000;
  random_source source;
  source.generator.seed(count > 2 ? static_cast<std::uint64_t>(std::atoll(arguments[2])) : 1);
  // A stage begins some 20 functions further out; clang counts some 6 of its 1,048,576 steps a
  // call.
  constexpr int most_depth = 480;
  constexpr long most_calls = 250'000;
  measured most;
  long failures = 0;
  for (long i = 0; i < formulas; ++i) {
    const long_formula formula(source, 100);
    most.depth = std::max(most.depth, formula.most.depth);
    most.calls = std::max(most.calls, formula.most.calls);
    if ((formula.most.depth > most_depth || formula.most.calls > most_calls) && ++failures < 40)
      std::printf("%d calls in one another, %ld in one step: %s\n", formula.most.depth,
                  formula.most.calls, formula.name.c_str());
  }
  std::printf("%ld formulas, at most %d calls in one another (%d allowed), %ld in one step (%ld), "
              "%ld beyond\n",
              formulas, most.depth, most_depth, most.calls, most_calls, failures);
  return failures == 0 && circles_end() ? 0 : 1;
}
