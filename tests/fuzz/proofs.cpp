// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A search for false proofs: random pairs of formulas of which a == b is asked, and where it is
// proved both sides in exact arithmetic, at points among which are kinks, zeros, equal variables
// and huge values. What a proof says stands in docs/design.md: equal wherever both are defined.
//   fuzz proofs [number of proved pairs] [seed]

#include "exact.hpp"
#include "fuzz.hpp"
#include "pairs.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace fuzz::in_proofs {
namespace {

/// The values of variables, row by row.
using point = std::map<std::string_view, std::vector<rational>>;

class evaluation {
public:
  explicit evaluation(const point &where) : at(where) {}

  /// An element of a term, repeated if the term is smaller.
  const quantity &operator()(term t, int i, int j) {
    i = t->shape.rows == 1 ? 0 : i;
    j = t->shape.columns == 1 ? 0 : j;
    const auto place = static_cast<std::size_t>(i * t->shape.columns + j);
    std::vector<cell> &elements = known[t];
    elements.resize(static_cast<std::size_t>(t->shape.size()));
    if (!elements[place].is_known) {
      quantity found = element(t, i, j); // may move what is known
      known[t][place] = {true, std::move(found)};
    }
    return known[t][place].value;
  }

private:
  struct cell {
    bool is_known = false;
    quantity value;
  };

  const point &at;
  std::unordered_map<term, std::vector<cell>> known;

  static quantity whole(int number) { return exactly(rational(number)); }
  static quantity as_condition(bool holds) { return whole(holds ? 1 : 0); }

  quantity element(term t, int i, int j) {
    if (*t->operation == detail::number_record)
      return exactly(t->value);
    if (*t->operation == detail::variable_record)
      return exactly(at.at(t->name)[static_cast<std::size_t>(i * t->shape.columns + j)]);
    return t->operation->is_elementwise ? of_elements(t, i, j) : of_matrices(t, i, j);
  }

  quantity of_elements(term t, int i, int j) {
    const quantity a = (*this)(operand(t, 0), i, j);
    if (is<select_operation>(t)) // the other side need not be defined
      return a.is_defined() ? (*this)(operand(t, a.is(0) ? 2 : 1), i, j) : a;
    if (t->operand_count == 1)
      return of_one(*t->operation, a);
    const quantity b = (*this)(operand(t, 1), i, j);
    if (is<add_operation>(t))
      return plus(a, b);
    if (is<subtract_operation>(t))
      return minus(a, b);
    if (is<multiply_operation>(t))
      return times(a, b);
    if (is<divide_operation>(t))
      return over(a, b);
    if (is<pow_operation>(t))
      return power(a, b);
    if (is<xlogy_operation>(t))
      return a.is(0) && b.is_defined() ? a : times(a, log_of(b));
    if (is<logaddexp_operation>(t))
      return plus(b, applied(*record_of<softplus_operation>(), minus(a, b)));
    if (is<hypot_operation>(t))
      return of_one(*record_of<sqrt_operation>(), plus(times(a, a), times(b, b)));
    if (is<binary_cross_entropy_with_logits_operation>(t))
      return minus(applied(*record_of<softplus_operation>(), a), times(a, b));
    if (is<and_operation>(t) || is<or_operation>(t)) {
      if (!a.is_defined() || !b.is_defined())
        return neither(a, b);
      return as_condition(is<and_operation>(t) ? a.is(1) && b.is(1) : a.is(1) || b.is(1));
    }
    return compared_elements(t, a, b, i, j);
  }

  quantity compared_elements(term t, const quantity &a, const quantity &b, int i, int j) {
    if (!a.is_defined() || !b.is_defined())
      return neither(a, b);
    if (is<own::near_operation>(t)) {
      const quantity distance = minus(a, b);
      const int sign = distance.is_defined() ? sign_of(distance) : 2;
      const quantity size = sign < 0 ? negated(distance) : distance;
      const int side = sign == 2 ? 2 : compared(size, exactly(rational(1, 2)));
      return side == 2 ? undecided() : as_condition(side < 0);
    }
    const int side = compared(a, b);
    if (side == 2)
      return undecided();
    if (is<max_operation>(t) || is<min_operation>(t))
      return (is<max_operation>(t) ? side >= 0 : side <= 0) ? a : b;
    if (is<clamp_operation>(t)) {
      const quantity low = side < 0 ? b : a, high = (*this)(operand(t, 2), i, j);
      const int above = compared(low, high);
      return above == 2 ? undecided() : above > 0 ? high : low;
    }
    if (is<less_operation>(t))
      return as_condition(side < 0);
    if (is<less_equal_operation>(t))
      return as_condition(side <= 0);
    if (is<greater_operation>(t))
      return as_condition(side > 0);
    if (is<greater_equal_operation>(t))
      return as_condition(side >= 0);
    std::abort(); // an operation that is missing here
  }

  quantity of_one(const operation_record &f, const quantity &a) {
    const auto is_it = [&f](const operation_record *other) { return f == *other; };
    if (!a.is_defined() || is_it(record_of<no_rewrite_operation>()))
      return a;
    if (is_it(record_of<negate_operation>()))
      return negated(a);
    if (is_it(record_of<square_operation>()))
      return times(a, a);
    if (is_it(record_of<not_operation>()))
      return as_condition(a.is(0));
    const bool is_abs = is_it(record_of<abs_operation>()),
               is_relu = is_it(record_of<relu_operation>());
    if (is_abs || is_relu || is_it(record_of<sign_operation>())) {
      const int side = sign_of(a);
      if (side == 2)
        return undecided();
      return is_abs    ? (side < 0 ? negated(a) : a)
             : is_relu ? (side > 0 ? a : whole(0))
                       : whole(side);
    }
    if (is_it(record_of<softsign_operation>()) && a.what == quantity::kind::exact)
      return exactly(rational(a.value / (1 + abs(a.value))));
    if (is_it(record_of<sqrt_operation>()) && a.what == quantity::kind::exact && a.value > 0)
      return rounded(sqrt(widened(a)), 0);
    return applied(f, a, is_it(record_of<log_operation>()));
  }

  quantity sum_of(term t, int first_row, int rows, int first_column, int columns) {
    quantity result = whole(0);
    for (int i = first_row; i < first_row + rows; ++i)
      for (int j = first_column; j < first_column + columns; ++j)
        result = plus(result, (*this)(t, i, j));
    return result;
  }

  quantity of_matrices(term t, int i, int j) {
    const term a = operand(t, 0);
    if (is<transpose_operation>(t))
      return (*this)(a, j, i);
    if (is<matrix_product_operation>(t)) {
      quantity result = whole(0);
      for (int k = 0; k < a->shape.columns; ++k)
        result = plus(result, times((*this)(a, i, k), (*this)(operand(t, 1), k, j)));
      return result;
    }
    if (is<sum_operation>(t))
      return sum_of(a, 0, a->shape.rows, 0, a->shape.columns);
    if (is<row_sums_operation>(t))
      return sum_of(a, i, 1, 0, a->shape.columns);
    if (is<column_sums_operation>(t))
      return sum_of(a, 0, a->shape.rows, j, 1);
    if (is<stack_operation>(t))
      return (*this)(operand(t, i), 0, j);
    if (is<norm_operation>(t)) {
      quantity squares = whole(0);
      for (int k = 0; k < a->shape.rows; ++k)
        for (int l = 0; l < a->shape.columns; ++l)
          squares = plus(squares, times((*this)(a, k, l), (*this)(a, k, l)));
      return of_one(*record_of<sqrt_operation>(), squares);
    }
    if (is<largest_operation>(t)) {
      quantity result = (*this)(a, 0, 0);
      for (int k = 1; k < a->shape.rows; ++k) {
        const quantity next = (*this)(a, k, 0);
        if (!result.is_defined() || !next.is_defined())
          return neither(result, next);
        const int side = compared(result, next);
        if (side == 2)
          return undecided();
        result = side < 0 ? next : result;
      }
      return result;
    }
    if (is<softmax_operation>(t)) {
      quantity all = whole(0);
      for (int k = 0; k < a->shape.rows; ++k)
        all = plus(all, exp_of((*this)(a, k, j)));
      return over(exp_of((*this)(a, i, j)), all);
    }
    std::abort(); // an operation that is missing here
  }
};

point any_point(std::mt19937_64 &source) {
  const auto below = [&source](int limit) {
    return static_cast<int>(source() % static_cast<std::uint64_t>(limit));
  };
  // gcds of numbers like 1e300 would be most of the time
  const rational huge(boost::multiprecision::cpp_int(1) << (below(16) == 0 ? 1000 : 120));
  const std::array<rational, 8> extreme{huge, -huge, 1 / huge, -1 / huge, 1000, -1000, 37, -37};
  const int kind = below(4); // kinks, small ones, huge ones, all of them
  point result;
  for (const named_variable &each : variables)
    for (int i = 0; i < each.shape.size(); ++i) {
      const int here = kind == 3 ? below(3) : kind;
      const rational value = here == 0   ? rational(below(5) - 2, 1 + below(2))
                             : here == 1 ? rational(below(97) - 48, 16)
                                         : extreme[static_cast<std::size_t>(below(8))];
      result[each.name].push_back(value);
    }
  return result;
}

/// Whether a choice or a quotient is part of a term.
bool is_about_choices_or_quotients(term t) {
  bool result = false;
  detail::visit_parts(std::array{t}, [&](const detail::expression_record &part) {
    const term here = &part;
    result = result || is<divide_operation>(here) || is<select_operation>(here) ||
             is<relu_operation>(here) || is<abs_operation>(here) || is<max_operation>(here) ||
             is<min_operation>(here) || is<sign_operation>(here) || is<clamp_operation>(here) ||
             is<softsign_operation>(here);
  });
  return result;
}

bool is_about_matrices(term t) {
  bool result = false;
  detail::visit_parts(std::array{t}, [&](const detail::expression_record &part) {
    result = result || !part.shape.is_scalar();
  });
  return result;
}

std::string text_of_term(term t) {
  detail::graph home;
  detail::text_writer out;
  detail::formula_writer(home).write(detail::lowered(home, *t, detail::form::as_written), out);
  return {out.text.items, static_cast<std::size_t>(out.text.size)};
}

struct counts {
  long pairs = 0, proved = 0, mutated = 0, choices_or_quotients = 0, matrices = 0, unmet = 0;
  long by_elements = 0;
  long compared = 0, wrong = 0;
};

void report(const pair_generator::pair &pair, const point &where, const quantity &left,
            const quantity &right) {
  std::printf("%s == %s\n  is proved, and is %s and %s at", text_of_term(pair.left).c_str(),
              text_of_term(pair.right).c_str(), widened(left).str(20).c_str(),
              widened(right).str(20).c_str());
  for (const auto &[name, values] : where) {
    std::printf(" %s =", std::string(name).c_str());
    for (const rational &value : values)
      std::printf(" %s", widened(value).str(6).c_str());
  }
  std::printf("\n");
}

void one_pair(std::mt19937_64 &source, counts &count) {
  pair_generator generator(source);
  const pair_generator::pair pair = generator.next();
  ++count.pairs;
  if (!detail::proved(*pair.left, *pair.right))
    return;
  ++count.proved;
  count.mutated += pair.is_mutated;
  count.by_elements += (detail::proof_of(*pair.left, *pair.right, detail::proof_as_it_stands) &
                        detail::proof_is_found) == 0;
  count.choices_or_quotients +=
      is_about_choices_or_quotients(pair.left) || is_about_choices_or_quotients(pair.right);
  count.matrices += is_about_matrices(pair.left) || is_about_matrices(pair.right);
  int met = 0; // points where both are defined
  for (int points = 0; points < 24 && met < 10; ++points) {
    bool is_met = false;
    const point where = any_point(source);
    evaluation value(where);
    for (int i = 0; i < pair.left->shape.rows; ++i)
      for (int j = 0; j < pair.left->shape.columns; ++j) {
        const quantity left = value(pair.left, i, j), right = value(pair.right, i, j);
        if (!left.is_defined() || !right.is_defined())
          continue;
        const wide bound = 1000 * (error_of(left) + error_of(right));
        if (bound > wide("1e-15") * (1 + abs(widened(left))))
          continue; // nothing is known
        is_met = true;
        ++count.compared;
        if (are_exact(left, right) ? left.value == right.value
                                   : abs(widened(left) - widened(right)) <= bound)
          continue;
        if (++count.wrong <= 10)
          report(pair, where, left, right);
        return;
      }
    met += is_met;
  }
  count.unmet += met == 0;
}

} // namespace
} // namespace fuzz::in_proofs

int fuzz::search_proofs(int count, char **arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); // what is found is seen at once
  const long proved = count > 1 ? std::atol(arguments[1]) : 2000;
  std::mt19937_64 source(static_cast<std::uint64_t>(count > 2 ? std::atoll(arguments[2]) : 1));
  in_proofs::counts counts;
  while (counts.proved < proved)
    in_proofs::one_pair(source, counts);
  std::printf("%ld pairs, %ld proved (%ld of them changed in one place, %ld with choices or "
              "quotients, %ld with matrices, %ld of these by elements, %ld defined at none of the "
              "points), %ld numbers "
              "compared, %ld proofs false\n",
              counts.pairs, counts.proved, counts.mutated, counts.choices_or_quotients,
              counts.matrices, counts.by_elements, counts.unmet, counts.compared, counts.wrong);
  return counts.wrong == 0 ? 0 : 1;
}
