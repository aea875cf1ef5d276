// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// chainrule: networks as C++ expressions, gradients as straight-line code.
//   constexpr variable<"w"> w;  constexpr variable<"x"> x;
//   constexpr auto f = sigmoid(w * x);
//   static_assert(partial(f, w) == f * (1_c - f) * x);        // proved
//   constexpr auto step = compile(f, gradient(f, w));
//   auto [value, slope] = step(w = 0.25, x = 0.63);           // slope[w]
// The way: expression -> graph -> derivative -> program -> code. Read the headers in this order.
#pragma once

#define CHAINRULE_VERSION_MAJOR 0
#define CHAINRULE_VERSION_MINOR 1
#define CHAINRULE_VERSION_PATCH 0

#if __cplusplus < 202002L
#error "chainrule needs C++20: compile with -std=c++20"
#else

// Parameters may be called like globals of the user; g++ finds that shadowing worth a warning.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

// The order is the reader's:
// clang-format off

// What the user writes: empty types that are formulas
#include <chainrule/expression/expression.hpp>  // START HERE: expression, apply, record
#include <chainrule/expression/abbreviation.hpp> // short names for long formulas
#include <chainrule/expression/interning.hpp>   // and how they are found again
#include <chainrule/expression/variable.hpp>    // variable<"w">
#include <chainrule/expression/literal.hpp>     // 0.5_c
#include <chainrule/expression/by_variable.hpp> // what a gradient is: values by variable

// Operations: value, derivative, rewrites and machine steps of each in one place
#include <chainrule/operation/operation.hpp>    // what an operation is
#include <chainrule/operation/rules.hpp>        // its record
#include <chainrule/operation/numbers_only.hpp> // relu(0.5): one sentence
#include <chainrule/operation/constant.hpp>     // pi_c e_c, literals of many digits
#include <chainrule/operation/arithmetic.hpp>   // + - * /
#include <chainrule/operation/condition.hpp>    // < > && select
#include <chainrule/operation/gate.hpp>         // zeros that absorb what they meet
#include <chainrule/operation/piecewise.hpp>    // max min relu
#include <chainrule/operation/absolute_value.hpp> // abs sign
#include <chainrule/operation/rounding.hpp>     // floor ceil round fmod stop_gradient
#include <chainrule/operation/exponential.hpp>  // exp log and their relatives
#include <chainrule/operation/power.hpp>        // square sqrt cbrt pow
#include <chainrule/operation/hypot.hpp>        // hypot
#include <chainrule/operation/trigonometric.hpp> // sin cos tan, their inverses
#include <chainrule/operation/error_function.hpp> // erf normal_cdf
#include <chainrule/operation/gamma.hpp>        // lgamma digamma
#include <chainrule/operation/sigmoid_steps.hpp> // steps from one exponential
#include <chainrule/operation/sigmoid.hpp>      // sigmoid softplus
#include <chainrule/operation/hyperbolic.hpp>   // tanh sinh cosh, their inverses
#include <chainrule/operation/logarithm.hpp>    // logit log1mexp logaddexp xlogy
#include <chainrule/operation/rectifier.hpp>    // elu gelu silu mish ...
#include <chainrule/operation/element.hpp>      // single elements of matrices
#include <chainrule/operation/matrix.hpp>       // products, transpose
#include <chainrule/operation/sum.hpp>          // sum row_sums column_sums mean
#include <chainrule/operation/norm.hpp>         // norm
#include <chainrule/operation/dot.hpp>          // dot outer squared_norm affine
#include <chainrule/operation/slice.hpp>        // parts along an axis
#include <chainrule/operation/rearrange.hpp>    // elements in another order
#include <chainrule/operation/block.hpp>        // rows_of, element_of, stack, beside, flip, roll
#include <chainrule/operation/one_hot.hpp>      // one_hot<Classes>(label)
#include <chainrule/operation/gather.hpp>       // gather(W, labels)
#include <chainrule/operation/recurrence.hpp>   // loops in a graph
#include <chainrule/operation/bound_recurrence.hpp>  // what a recurrence is made of
#include <chainrule/operation/fold.hpp>         // fold scan iterate orbit map_columns update
#include <chainrule/operation/softmax_steps.hpp> // steps of softmax and its relatives
#include <chainrule/operation/softmax.hpp>      // softmax log_softmax
#include <chainrule/operation/logsumexp.hpp>    // logsumexp log_mean_exp weighted_logsumexp
#include <chainrule/operation/loss.hpp>         // squared_error binary_cross_entropy cross_entropy ...
#include <chainrule/operation/no_rewrite.hpp>   // no_rewrite

// Rewrites: the stable and tidy form of a formula
#include <chainrule/rewrite/rule.hpp>           // what a rewrite is
#include <chainrule/rewrite/tidy.hpp>           // sums, products, signs, constants
#include <chainrule/rewrite/placements.hpp>     // what stands among zeros
#include <chainrule/rewrite/blocks.hpp>         // parts of what is put together
#include <chainrule/rewrite/exponentials.hpp>   // 1 - f, the logistic function, softmax
#include <chainrule/rewrite/terms.hpp>          // sums of weighted exponentials
#include <chainrule/rewrite/logarithms.hpp>     // log of what has a logarithm
#include <chainrule/rewrite/quotients.hpp>      // softmax, tanh, shares of a mixture by hand
#include <chainrule/rewrite/probabilities.hpp> // log1p, logit, cross-entropy of it
#include <chainrule/rewrite/log_weights.hpp>    // logarithms under logsumexp and logaddexp
#include <chainrule/rewrite/cross_entropy.hpp>  // of a sigmoid, as it is written by hand
#include <chainrule/rewrite/roots.hpp>          // roots of squares, squares of roots
#include <chainrule/rewrite/parity.hpp>         // even functions of roots, odd ones beside each other
#include <chainrule/rewrite/inverses.hpp>       // functions of their inverses
#include <chainrule/rewrite/gates.hpp>          // what is not taken has no influence
#include <chainrule/rewrite/rewrite.hpp>        // all of them, by operation

// Derivatives
#include <chainrule/derivative/partial.hpp>     // partial, gradient
#include <chainrule/derivative/jacobian.hpp>    // jacobian, hessian, their products

// The compiler inside the compiler: ordinary constexpr functions on a graph
#include <chainrule/graph/record.hpp>           // what is known of an operation
#include <chainrule/graph/identity.hpp>         // what is one and the same
#include <chainrule/graph/node.hpp>             // what a network as a value is made of
#include <chainrule/graph/graph.hpp>            // a network as a value
#include <chainrule/graph/rebuild.hpp>          // its nodes made anew
#include <chainrule/graph/answer.hpp>           // what was asked of its nodes
#include <chainrule/graph/shape.hpp>            // rows and columns
#include <chainrule/graph/list.hpp>             // arrays and a hash table for constant evaluation
#include <chainrule/program/parts.hpp>          // the parts of networks
#include <chainrule/program/differentiate.hpp>  // reverse accumulation
#include <chainrule/program/outputs.hpp>        // what is computed, and where it is stored
#include <chainrule/program/loop_adjoint.hpp>   // the way back through a recurrence
#include <chainrule/program/unrolled.hpp>       // recurrences of few steps, for proofs
#include <chainrule/program/lower.hpp>          // from expression types to the graph
#include <chainrule/program/expand.hpp>         // machine steps
#include <chainrule/program/elements.hpp>       // small matrices as numbers
#include <chainrule/program/instruction.hpp>    // what a program consists of
#include <chainrule/program/loop_body.hpp>      // what a recurrence computes in each round
#include <chainrule/program/schedule.hpp>       // instructions in groups
#include <chainrule/program/construction.hpp>   // all of that, step by step
#include <chainrule/program/stage.hpp>          // each step in a budget of its own
#include <chainrule/program/workspace.hpp>      // places of matrices
#include <chainrule/program/program.hpp>        // from the graph to instructions

// The machine: from program to code
#include <chainrule/code/machine.hpp>           // registers and places
#include <chainrule/code/scalars.hpp>           // scalar code
#include <chainrule/code/loops.hpp>             // loops over elements
#include <chainrule/code/rounds.hpp>            // recurrences
#include <chainrule/code/checks.hpp>            // what is looked for where the user asks
#include <chainrule/code/run.hpp>               // kernels, and all groups together

// The call: what the user gives and gets
#include <chainrule/call/matrix.hpp>            // matrix<double, 4, 3>
#include <chainrule/call/values.hpp>            // what a variable is given
#include <chainrule/call/point.hpp>             // at(w = 0.25, x = 1.0)
#include <chainrule/call/arguments.hpp>         // arguments by name
#include <chainrule/call/results.hpp>           // what a call hands back
#include <chainrule/call/destinations.hpp>      // memory of the caller's
#include <chainrule/call/compile.hpp>           // compile(f, gradient(f, w))

// Training
#include <chainrule/train/parameters.hpp>       // values of variables
#include <chainrule/train/initialization.hpp>   // random numbers, weights to start from
#include <chainrule/train/layers.hpp>           // dense, embedding, sequential
#include <chainrule/train/recurrent.hpp>        // rnn gru lstm, and their cells
#include <chainrule/train/attention.hpp>        // attention layer_norm rms_norm batch_norm dropout
#include <chainrule/train/convolution.hpp>      // conv1d conv2d max_pool average_pool

// Proofs, printing, checks
#include <chainrule/prove/equality.hpp>         // a == b
#include <chainrule/prove/proof.hpp>            // definitions, signs, elements
#include <chainrule/prove/polynomial.hpp>       // exact arithmetic
#include <chainrule/prove/unknowns.hpp>         // functions in fractions of polynomials
#include <chainrule/prove/transcendental.hpp>   // exp, log, roots, angles
#include <chainrule/prove/normal_form.hpp>      // fractions of polynomials
#include <chainrule/print/text_writer.hpp>      // exact numbers as text
#include <chainrule/print/to_string.hpp>        // to_string(f)
#include <chainrule/print/explain.hpp>          // explain(f)
#include <chainrule/check/traced.hpp>           // numbers that remember what they were computed from
#include <chainrule/check/traced_plan.hpp>      // in which order a formula is run
#include <chainrule/check/traced_formula.hpp>   // a formula as it was written, run on them
#include <chainrule/check/gradient_check.hpp>   // gradient_is_right(f, at(...))
#include <chainrule/check/estimate.hpp>         // numbers with bounds of their errors
#include <chainrule/check/compare.hpp>          // compare(a, b)
#include <chainrule/check/cost.hpp>             // cost(step)

// Several numbers at once
#include <chainrule/lanes/pack.hpp>             // vector registers as scalars
#include <chainrule/lanes/exponential.hpp>      // exp expm1 log log1p hypot of them
#include <chainrule/lanes/power.hpp>            // pow of them
#include <chainrule/lanes/circular.hpp>         // sin cos tan atan2 of them
#include <chainrule/lanes/error_function.hpp>   // erf erfc and the normal distribution
#include <chainrule/lanes/lane.hpp>             // masks of single numbers
#include <chainrule/lanes/scalar.hpp>           // what can be computed with
#include <chainrule/lanes/tiles.hpp>            // parts of products, in registers
#include <chainrule/lanes/kernels.hpp>          // products of matrices

// What the rest stands on
#include <chainrule/math/arithmetic.hpp>        // + - * / of constants that overflow
#include <chainrule/math/elementary.hpp>        // constexpr exp, log, pow, ...
#include <chainrule/math/function.hpp>          // what those that follow have in common
#include <chainrule/math/exponential.hpp>       // expm1 exp2 log2 cbrt hypot logaddexp ...
#include <chainrule/math/trigonometric.hpp>     // sin cos tan and their inverses
#include <chainrule/math/hyperbolic.hpp>        // sinh cosh and their inverses
#include <chainrule/math/error_function.hpp>    // erf, the normal distribution
#include <chainrule/math/gamma.hpp>             // lgamma digamma trigamma
#include <chainrule/math/slopes.hpp>            // what they do to numbers with slopes
#include <chainrule/math/number.hpp>            // exact constants
#include <chainrule/math/decimal.hpp>           // of any number of digits, rounded once
#include <chainrule/math/pair.hpp>              // arithmetic of twice the precision
#include <chainrule/math/two_over_pi.hpp>       // digits for huge angles
#include <chainrule/math/library.hpp>           // the C library, or the scalar's own functions
#include <chainrule/math/flags.hpp>             // units of different flags in one program
#include <chainrule/math/inline.hpp>            // CHAINRULE_INLINE

#include <chainrule/hana.hpp>                   // gradients and packs for Boost.Hana

// Not here, because it needs Eigen: <chainrule/eigen.hpp>, Eigen's products and maps
// clang-format on

#pragma GCC diagnostic pop

#endif
