# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# The pages of the reference: which headers each is made of, and what holds for all that stands there.
from dataclasses import dataclass


@dataclass
class Page:
    name: str
    title: str
    headers: list[str]
    introduction: str
    shape: str = ""  # of every function that does not say its own; "" and no default: has none
    domain: str = ""
    slope: str = ""
    error: str = ""
    exact: tuple = ()  # functions whose results are elements as they are
    are_functions: bool = True  # of formulas, which have a shape, a domain, a slope and an error


BY_ELEMENT = (
    "Any. Works element by element; operands have one shape, or are numbers, or columns and rows "
    "that are repeated.")
SMOOTH = "None: it is differentiable wherever it is finite."
EXACT = "None: elements are taken as they are."
ROUNDED = "That of the operations it is made of, each rounded once."
SUMMED = ("A sum of n terms is within (512 + log2 n) half units in the last place of the sum of their "
          "sizes; see [numerics](../numerics.md#accuracy).")
NUMBERS = "Any numbers."

PAGES = [
    Page("formulas", "Variables, constants, arithmetic and choices",
         ["expression/variable.hpp", "expression/literal.hpp", "operation/constant.hpp",
          "operation/arithmetic.hpp", "operation/condition.hpp"],
         "What a formula begins with. A formula is a value of an empty type; none of these computes anything "
         "until `compile` makes a function of it.",
         BY_ELEMENT, "", SMOOTH, ROUNDED),
    Page("powers-and-exponentials", "Powers, exponentials and logarithms",
         ["operation/power.hpp", "operation/hypot.hpp", "operation/exponential.hpp", "operation/logarithm.hpp"],
         "", BY_ELEMENT, "", SMOOTH, ROUNDED),
    Page("trigonometric", "Trigonometric and hyperbolic functions",
         ["operation/trigonometric.hpp", "operation/hyperbolic.hpp"],
         "", BY_ELEMENT, "", SMOOTH, ROUNDED),
    Page("probability", "Error function, normal distribution and gamma function",
         ["operation/error_function.hpp", "operation/gamma.hpp"],
         "", BY_ELEMENT, "", SMOOTH, ROUNDED),
    Page("piecewise", "Absolute values, bounds and rounding",
         ["operation/piecewise.hpp", "operation/absolute_value.hpp", "operation/rounding.hpp", "operation/rectifier.hpp#clamp"],
         "The largest element of a matrix is on [the page of matrices](matrices.md#max).",
         BY_ELEMENT, NUMBERS, "That of the side taken.", EXACT),
    Page("activations", "Activations",
         ["operation/sigmoid.hpp", "operation/logarithm.hpp#log_sigmoid", "operation/hyperbolic.hpp#tanh",
          "operation/piecewise.hpp#relu", "operation/rectifier.hpp", "fast_tanh.hpp"],
         "Each is a function of formulas and, by its name alone, the activation of a `dense` layer: "
         "`dense<\"hidden\", 2, 8>(tanh)`.",
         BY_ELEMENT, "", SMOOTH, ROUNDED),
    Page("matrices", "Matrices, sums and parts",
         ["operation/matrix.hpp", "operation/sum.hpp", "operation/dot.hpp", "operation/softmax.hpp#max",
          "operation/softmax.hpp#min", "operation/softmax.hpp#row_max", "operation/softmax.hpp#column_max", "operation/block.hpp",
          "operation/one_hot.hpp", "operation/gather.hpp"],
         "Rows and columns are counted from 0. The product of matrices is `A * B`. What is made of all elements is "
         "made of those of each row or column with `by_row` or `by_column` behind the operands.",
         "", NUMBERS, "None.", SUMMED,
         ("transpose", "fill", "place_rows", "place_columns", "max", "min", "row_max", "column_max", "rows_of", "columns_of", "block_of", "element_of", "reshape",
          "stack", "beside", "flip_rows", "flip_columns", "roll_rows", "roll_columns", "one_hot", "gather")),
    Page("softmax", "Softmax and logarithms of sums",
         ["operation/softmax.hpp", "operation/logsumexp.hpp"],
         "By column, where a column is a sample; with `by_row` behind the operands, `softmax(Z, by_row)`, by row.",
         "", "Every finite z, and -infinity beside finite ones.", "0 where z is -infinity.", ROUNDED),
    Page("losses", "Losses",
         ["operation/loss.hpp"],
         "Losses of each entry, of each sample (a column), and of all entries; take `sum` or `mean` of the "
         "first two to have a number.",
         BY_ELEMENT, NUMBERS, SMOOTH, ROUNDED),
    Page("recurrences", "Recurrences",
         ["operation/fold.hpp", "operation/recurrence.hpp#step_indices"],
         "Loops that are part of a formula. The variables that are bound in one are its own; all others are the "
         "same in every step. The [cookbook](../cookbook.md#recurrences-sequences-time-steps-loops) has whole "
         "programs.",
         "", "That of the body, in each step.", "That of the body.", "That of the body."),
    Page("layers", "Layers and cells",
         ["train/layers.hpp", "train/recurrent.hpp", "train/attention.hpp", "train/convolution.hpp"],
         "A layer is a function from formulas to formulas that has variables, its weights. `sequential` composes "
         "layers, and `parameters<double>(model)` holds the numbers.",
         "", "Any numbers.", "That of the functions in it.", "That of the functions in it."),
    Page("derivatives", "Derivatives",
         ["derivative/partial.hpp", "derivative/jacobian.hpp", "train/layers.hpp#gradient", "sparse.hpp",
          "sparse/pattern.hpp", "operation/no_rewrite.hpp"],
         "Derivatives are formulas: they are printed, compared, compiled and differentiated again.",
         "", "Where f has derivatives.", "Those of the table in [numerics](../numerics.md#slopes-where-there-is-none).",
         "Measured for each function up to the third derivative in [accuracy](../accuracy.md)."),
    Page("linear-algebra", "Linear algebra",
         ["linear_algebra.hpp"],
         "`#include <chainrule/linear_algebra.hpp>`. For matrices of up to some 30 rows, without heap and without "
         "branches that depend on values.",
         "", NUMBERS, SMOOTH, "As an elimination with row exchanges, or a Cholesky factor, of the same matrix."),
    Page("calls", "Compiling, calling and training",
         ["call/compile.hpp#compile", "call/compile.hpp", "call/point.hpp", "call/matrix.hpp", "call/results.hpp", "train/parameters.hpp",
          "train/initialization.hpp", "train/layers.hpp#parameters",
          "samples.hpp", "samples/source.hpp"],
         "From formulas to numbers.", are_functions=False),
    Page("eigen-and-hana", "Eigen and Boost.Hana",
         ["eigen.hpp", "hana.hpp"],
         "Matrices, arrays and maps of Eigen's that lie row by row, and vectors, are arguments and outputs as they "
         "are; `#include <chainrule/eigen.hpp>` (target `chainrule::eigen`) has the rest. Gradients, packs and points "
         "are Hana's searchables: `at_key`, `unpack` and `keys` work on them.", are_functions=False),
    Page("benchmark", "Benchmarks",
         ["benchmark.hpp", "benchmark/timing.hpp", "benchmark/table.hpp"],
         "`#include <chainrule/benchmark.hpp>`. A network beside tapes, forward mode, differences and code of yours; see "
         "[benchmark](../benchmark.md).", are_functions=False),
    Page("proofs-and-text", "Proofs, checks, costs and text",
         ["prove/equality.hpp", "check/compare.hpp", "check/gradient_check.hpp", "check/cost.hpp", "print/to_string.hpp",
          "print/explain.hpp", "sparse/pattern.hpp#to_string"],
         "What can be asked of a formula, in a `static_assert` or at run time.", are_functions=False),
]
