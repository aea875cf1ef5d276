// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How formulas grow as they are differentiated: nodes of the graph after rewriting, before
// expansion, of every function of the catalogue and of random formulas of 5 to 10 operations with
// choices. A derivative has at most 4 n + 20 nodes, n those of the one that it is the derivative
// of, from the first on; all derivatives of a function of the catalogue of an order together, too.
// And rules come to an end: functions of functions, with numbers on either side of what has two
// operands, and their derivatives, in which rules that ask for each other in a circle are found.
//   fuzz growth [number of formulas] [seed]
//   fuzz growth table: docs/growth.md

#include "fuzz.hpp"
#include "machine.hpp"
#include "random_numbers.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string_view>

namespace fuzz::of_growth {
namespace {

constexpr std::size_t orders = 5; // 0 to 4

constexpr double part_of_allowed(long nodes, long before) {
  return static_cast<double>(nodes) / static_cast<double>(4 * before + 20);
}

/// The nodes of several parts of a graph together.
long nodes_of(const detail::graph &home, const std::vector<symbol> &parts) {
  detail::list<int> outputs;
  for (const symbol part : parts)
    outputs.push(part.index);
  detail::list<bool> needed;
  mark_needed(home, outputs, needed);
  return std::count(needed.begin(), needed.end(), true);
}

/// By each of the variables from the first one on; of a matrix that of its sum.
std::vector<symbol> derivatives_by(detail::graph &home, symbol f,
                                   const std::vector<symbol> &variables, std::size_t first) {
  if (!f.shape().is_scalar())
    f = apply_operation<sum_operation>(f);
  detail::reverse_sweep sweep(home, detail::flow_through_loop);
  for (sweep.begin(f.index); !sweep.is_done();)
    sweep.step();
  std::vector<symbol> result;
  for (std::size_t i = first; i < variables.size(); ++i) {
    const int slope = sweep.flow_into(variables[i].index);
    result.push_back(slope < 0 ? home.constant(0) : home.at(slope));
  }
  return result;
}

struct growth {
  std::string name;
  std::array<long, orders> nodes{};
  double together = 0, alone = 0; // the largest part of what is allowed

  /// `most`: the highest order that there is.
  growth(std::string of, detail::graph &home, symbol f, const std::vector<symbol> &variables,
         std::size_t most = orders - 1)
      : name(std::move(of)) {
    struct derivative {
      symbol of;
      std::size_t last; // the variable that it is the derivative by
    };
    std::vector<derivative> now{{f, 0}};
    nodes[0] = nodes_of(home, {f});
    for (std::size_t order = 1; order <= most; ++order) {
      std::vector<derivative> next;
      std::vector<symbol> all;
      for (const derivative &each : now) {
        const long before = nodes_of(home, {each.of});
        std::size_t by = each.last; // f_xy is f_yx
        for (const symbol slope : derivatives_by(home, each.of, variables, each.last)) {
          if (order > 1)
            alone = std::max(alone, part_of_allowed(nodes_of(home, {slope}), before));
          next.push_back({slope, by++});
          all.push_back(slope);
        }
      }
      nodes[order] = nodes_of(home, all);
      if (order > 1)
        together = std::max(together, part_of_allowed(nodes[order], nodes[order - 1]));
      now = next;
    }
  }
};

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"X", 3, 1> X;
constexpr variable<"Y", 3, 1> Y;

template <class Formula, class... Variables>
growth growth_of(std::string name, Formula, std::size_t most, Variables...) {
  detail::graph home;
  const symbol f = detail::lowered(home, detail::record<Formula>);
  const std::vector<symbol> variables{home.variable(detail::record<Variables>.name,
                                                    detail::record<Variables>.fingerprint,
                                                    detail::record<Variables>.shape)...};
  return {std::move(name), home, f, variables, most};
}

#define OF_ONE(name) growth_of(#name "(x)", name(x), 4, x)
#define OF_TWO(name) growth_of(#name "(x, y)", name(x, y), 4, x, y)
#define OF_THREE(name) growth_of(#name "(x, y, z)", name(x, y, z), 4, x, y, z)
#define OF_COLUMN(name) growth_of(#name "(X)", name(X), 4, X)
#define OF_COLUMNS(name) growth_of(#name "(X, Y)", name(X, Y), 4, X, Y)
#define OF_NUMBER(formula) growth_of(#formula, formula, 4, x)

std::vector<growth> catalogue() {
  return {OF_ONE(exp),
          OF_ONE(expm1),
          OF_ONE(exp2),
          OF_ONE(log),
          OF_ONE(log1p),
          OF_ONE(log2),
          OF_ONE(log10),
          OF_ONE(log1mexp),
          OF_ONE(square),
          OF_ONE(sqrt),
          OF_ONE(cbrt),
          OF_ONE(reciprocal),
          OF_NUMBER(pow(x, 0.5_c)),
          OF_NUMBER(pow(x, 3_c)),
          OF_NUMBER(pow(2_c, x)),
          OF_TWO(pow),
          OF_TWO(hypot),
          OF_THREE(hypot),
          OF_ONE(sin),
          OF_ONE(cos),
          OF_ONE(tan),
          OF_ONE(asin),
          OF_ONE(acos),
          OF_ONE(atan),
          OF_TWO(atan2),
          OF_ONE(sinh),
          OF_ONE(cosh),
          OF_ONE(tanh),
          OF_ONE(asinh),
          OF_ONE(acosh),
          OF_ONE(atanh),
          OF_ONE(log_cosh),
          OF_ONE(erf),
          OF_ONE(erfc),
          OF_ONE(erfcx),
          OF_ONE(log_erfc),
          OF_ONE(normal_density),
          OF_ONE(normal_cdf),
          OF_ONE(log_normal_cdf),
          growth_of("lgamma(x)", lgamma(x), 3, x),
          growth_of("digamma(x)", digamma(x), 2, x),
          growth_of("lbeta(x, y)", lbeta(x, y), 3, x, y),
          OF_ONE(sigmoid),
          OF_ONE(log_sigmoid),
          OF_ONE(softplus),
          OF_ONE(inverse_softplus),
          OF_ONE(logit),
          OF_TWO(logaddexp),
          OF_TWO(logdiffexp),
          OF_TWO(xlogy),
          OF_ONE(abs),
          OF_ONE(sign),
          OF_ONE(floor),
          OF_TWO(fmod),
          OF_TWO(max),
          OF_TWO(min),
          OF_THREE(clamp),
          OF_ONE(relu),
          OF_ONE(leaky_relu),
          OF_TWO(leaky_relu),
          OF_ONE(elu),
          OF_TWO(elu),
          OF_ONE(selu),
          OF_ONE(celu),
          OF_TWO(celu),
          OF_ONE(gelu),
          OF_ONE(gelu_tanh),
          OF_ONE(silu),
          OF_ONE(mish),
          OF_ONE(softsign),
          OF_ONE(hard_sigmoid),
          OF_ONE(hard_swish),
          OF_ONE(hard_tanh),
          OF_TWO(squared_error),
          OF_TWO(absolute_error),
          OF_THREE(huber),
          OF_TWO(hinge),
          OF_TWO(binary_cross_entropy),
          OF_TWO(binary_cross_entropy_with_logits),
          OF_COLUMN(softmax),
          OF_COLUMN(log_softmax),
          OF_COLUMN(logsumexp),
          OF_COLUMN(log_mean_exp),
          OF_COLUMNS(weighted_logsumexp),
          OF_COLUMN(norm),
          OF_COLUMN(squared_norm),
          OF_COLUMNS(dot),
          OF_COLUMN(max),
          OF_COLUMNS(cross_entropy),
          OF_COLUMNS(softmax_cross_entropy),
          OF_COLUMNS(kullback_leibler)};
}

/// The operations that a part is made of; none, where no choice is among them.
int operations_with_choice(const std::vector<part> &parts, int result) {
  std::vector<bool> needed(parts.size());
  needed[static_cast<std::size_t>(result)] = true;
  int count = 0;
  bool has_choice = false;
  for (std::size_t i = parts.size(); i-- > 0;) {
    if (!needed[i] || parts[i].operation == nullptr)
      continue;
    ++count;
    has_choice = has_choice || *parts[i].operation == *record_of<select_operation>();
    for (std::size_t k = 0; k < parts[i].count(); ++k)
      needed[static_cast<std::size_t>(parts[i].inputs[k])] = true;
  }
  return has_choice ? count : 0;
}

/// Of 5 to 10 operations, of which one or more is a choice, and differentiable so often.
growth random_formula(random_numbers &source) {
  for (;;) {
    const generator<random_numbers> formula(source, 8);
    const int count = operations_with_choice(formula.parts, formula.result());
    if (count < 5 || count > 10)
      continue;
    detail::graph home;
    std::array<symbol, most_variables> variables;
    const symbol f = made(home, formula.parts, formula.result(), way::simplified, variables);
    detail::graph plain;
    const symbol written = made(plain, formula.parts, formula.result(), way::as_written, variables);
    const std::string name = text_of(plain, written);
    if (name.find("gamma") != std::string::npos)
      continue; // their derivatives come to an end
    return {name, home, f, {symbol{&home, 0}, symbol{&home, 1}, symbol{&home, 2}}};
  }
}

/// Formulas of n parts, each of which has the one before it twice, and what asks how they are made:
/// with an answer that is not kept it would be asked 2^n times.
long calls_for_shared_parts(int count) {
  detail::graph home;
  home.rewritten = detail::rewritten;
  const symbol a = home.variable("x", detail::hash("x"), {});
  const symbol b = home.variable("y", detail::hash("y"), {});
  symbol product = exp(a), sum = exp(b), positive = exp(a + b), squares = square(a);
  for (int i = 1; i <= count; ++i) {
    const symbol number = home.constant(i), fresh = sin(a + number * b);
    product = exp(fresh) * (exp(b) / product);
    sum = sum + exp(fresh) * sum;
    positive = (positive + number) * positive;
    squares = number * squares + (squares + square(fresh));
  }
  const symbol results[]{log(product), log(sum), positive / positive, sqrt(squares)};
  if (!results[2].is(1))
    return -1; // the question was not asked
  return home.calls;
}

/// A variable or a number, and up to five operations on it.
struct composition {
  detail::graph home;
  symbol result;

  explicit composition(random_numbers &source) {
    home.rewritten = detail::rewritten;
    const symbol of = home.variable("x", detail::hash("x"), {});
    const auto number = [&] {
      return home.constant(math::reduced(1 + source.below(6), 1 + source.below(12)));
    };
    result = source.below(8) == 0 ? number() : of;
    for (int left = 2 + source.below(4); left > 0; --left) {
      const int one = source.below(static_cast<int>(unary_operations.size() + 40));
      if (one < static_cast<int>(unary_operations.size())) {
        result = home.make(*unary_operations.at(static_cast<std::size_t>(one)), {&result.index, 1});
        continue;
      }
      const symbol other = source.below(3) == 0 ? of : number();
      const bool is_first = source.below(2) == 0;
      const int operands[]{is_first ? result.index : other.index,
                           is_first ? other.index : result.index};
      const int two = source.below(static_cast<int>(binary_operations.size()));
      result = home.make(*binary_operations.at(static_cast<std::size_t>(two)), operands);
    }
  }
};

/// Of so many formulas those in which rules go round in a circle.
long count_circles(random_numbers &source, long formulas) {
  long count = 0;
  for (; formulas > 0; --formulas) {
    const auto formula = std::make_unique<composition>(source);
    const symbol written = formula->result;
    derivatives_by(formula->home, written, {symbol{&formula->home, 0}}, 0);
    if (formula->home.is_in_circle && ++count <= 40)
      std::printf("rules in a circle: %s\n", text_of(formula->home, written).c_str());
  }
  return count;
}

void print(const growth &each) {
  std::string name = each.name;
  for (std::size_t i = 0; (i = name.find('|', i)) != std::string::npos; i += 2)
    name.insert(i, 1, '\\');
  std::printf("| `%s` |", name.c_str());
  for (std::size_t i = 0; i < orders; ++i)
    each.nodes[i] == 0 ? std::printf(" |") : std::printf(" %ld |", each.nodes[i]);
  std::printf("\n");
}

constexpr const char *heading = "| f | f | order 1 | 2 | 3 | 4 |\n|---|---|---|---|---|---|\n";

} // namespace
} // namespace fuzz::of_growth

int fuzz::measure_growth(int count, char **arguments) {
  using namespace of_growth;
  const bool is_table = count > 1 && std::string_view(arguments[1]) == "table";
  const long formulas = is_table || count < 2 ? 100 : std::atol(arguments[1]);
  random_numbers source;
  source.generator.seed(count > 2 ? static_cast<std::uint64_t>(std::atoll(arguments[2]))
                                  : std::uint64_t{20261129});
  const std::vector<growth> functions = catalogue();
  std::vector<growth> random;
  for (long i = 0; i < formulas; ++i)
    random.push_back(random_formula(source));
  long unbounded = 0;
  double alone = 0, together = 0, random_together = 0;
  const auto add = [&](const growth &each, double &all) {
    alone = std::max(alone, each.alone);
    all = std::max(all, each.together);
    if ((each.alone > 1 || (&all == &together && each.together > 1)) && ++unbounded <= 40)
      print(each);
  };
  for (const growth &each : functions)
    add(each, together);
  for (const growth &each : random)
    add(each, random_together);
  if (is_table) {
    std::printf(
        "# How derivatives grow\n\nMade by `fuzz growth table`. Nodes of the graph after "
        "rewriting, before it is expanded to machine steps, of f\nand of all of its derivatives "
        "of each order together, f_xy and f_yx once; of a matrix those of its sum. "
        "`fuzz growth`\nchecks that a derivative has at most 4 n + 20 nodes, n those of the "
        "one that it is the derivative of: here %.2f of\nthat. Those of an order share so much "
        "that all of them together stay below it, too: %.2f for the functions, %.2f\nfor these "
        "random formulas; of 20,000 formulas a few are above, up to 1.34.\n\n"
        "## Every function\n\n%s",
        alone, together, random_together, heading);
    std::for_each(functions.begin(), functions.end(), print);
    std::printf("\n## A hundred random formulas of 5 to 10 operations with choices\n\n%s", heading);
    std::for_each(random.begin(), random.end(), print);
    return unbounded == 0 ? 0 : 1;
  }
  const long circles = count_circles(source, 100 * formulas);
  const long once = calls_for_shared_parts(10), twice = calls_for_shared_parts(20);
  std::printf(
      "%zu functions and %ld formulas, %ld grow by more than 4 n + 20; at most %.2f of that, "
      "together %.2f and %.2f\n%ld calls for formulas of 10 shared parts, %ld for 20\n"
      "%ld compositions, %ld with rules in a circle\n",
      functions.size(), formulas, unbounded, alone, together, random_together, once, twice,
      100 * formulas, circles);
  return unbounded == 0 && once > 0 && twice < 3 * once && circles == 0 ? 0 : 1;
}
