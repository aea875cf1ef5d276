#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
"""large.py <compiler> [name...]: programs that are written out at length compile without any flag.

Some minutes each, so that CI leaves it out; what it counts instead is in growth.cpp and depth.cpp.
Prints the compiler's user seconds, and its first error if there is one.
"""
import os
import resource
import subprocess
import sys
import tempfile

INCLUDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "include")


class Program:
    def __init__(self):
        self.lines, self.arguments = [], []

    def variable(self, name, rows=1, columns=1):
        shape = "" if rows == columns == 1 else f", {rows}, {columns}"
        self.lines.append(f'constexpr variable<"{name}"{shape}> {name};')
        count = rows * columns
        self.arguments.append(f"{name} = in[0]" if count == 1 else f"{name} = place<{count}>(in)")
        return name

    def let(self, name, formula):
        self.lines.append(f"constexpr auto {name} = {formula};")
        return name

    def text(self, outputs):
        return "\n".join(
            ["#include <chainrule/chainrule.hpp>", "using namespace chainrule;",
             "template <int N> constexpr auto &place(const double *in) {"
             " return *reinterpret_cast<const double (*)[N]>(in); }"] + self.lines +
            [f"constexpr auto step = compile({outputs});",
             "double run(const double *);",
             "double run(const double *in) { return std::get<0>(step("
             + ", ".join(self.arguments) + ")); }\n"])


def chain(layers=1000):
    p = Program()
    x, y = p.variable("x"), p.variable("y")
    h, weights = x, []
    for i in range(layers):
        weights.append(p.variable(f"w{i}"))
        h = p.let(f"h{i}", f"sigmoid({weights[-1]} * {h})")
    loss = p.let("loss", f"squared_error({h}, {y})")
    return p.text(f"{loss}, gradient({loss}, {', '.join(weights)})")


def network(sizes=(8, 16, 16, 1)):
    p = Program()
    values = [p.variable(f"x{i}") for i in range(sizes[0])]
    weights, y = [], p.variable("y")
    for layer, size in enumerate(sizes[1:]):
        made = []
        for j in range(size):
            weights.append(p.variable(f"b{layer}_{j}"))
            total = weights[-1]
            for k, value in enumerate(values):
                weights.append(p.variable(f"w{layer}_{j}_{k}"))
                total += f" + {weights[-1]} * {value}"
            made.append(p.let(f"a{layer}_{j}", f"tanh({total})"))
        values = made
    loss = p.let("loss", f"squared_error({values[0]}, {y})")
    return p.text(f"{loss}, gradient({loss}, {', '.join(weights)})")


def runge_kutta(steps=100):
    p = Program()
    a, b, c, d, u, v = (p.variable(name) for name in "abcduv")
    weights = (("0.5_c", 1), ("0.5_c", 2), ("1_c", 2))
    for i in range(steps):
        at = (u, v)
        total = ["", ""]
        for k in range(4):
            slopes = (p.let(f"du{k}_{i}", f"{a} * {at[0]} - {b} * {at[0]} * {at[1]}"),
                      p.let(f"dv{k}_{i}", f"{d} * {at[0]} * {at[1]} - {c} * {at[1]}"))
            factor = "" if k in (0, 3) else "2_c * "
            total = [f"{t} + {factor}{s}" if t else s for t, s in zip(total, slopes)]
            if k < 3:
                at = tuple(f"({x} + {weights[k][0]} * 0.01_c * {s})"
                           for x, s in zip((u, v), slopes))
        u, v = (p.let(f"u{i}", f"{u} + 0.01_c / 6_c * ({total[0]})"),
                p.let(f"v{i}", f"{v} + 0.01_c / 6_c * ({total[1]})"))
    loss = p.let("loss", f"square({u}) + square({v})")
    return p.text(f"{loss}, gradient({loss}, {a}, {b}, {c}, {d})")


def gru(steps=50, units=8, inputs=4):
    p = Program()
    weights = []
    for gate in "zrn":
        weights += [p.variable(f"W{gate}", units, inputs), p.variable(f"U{gate}", units, units),
                    p.variable(f"b{gate}", units)]
    h, y = p.variable("h", units), p.variable("y", units)
    for t in range(steps):
        x = p.variable(f"x{t}", inputs)
        z = p.let(f"z{t}", f"sigmoid(Wz * {x} + Uz * {h} + bz)")
        r = p.let(f"r{t}", f"sigmoid(Wr * {x} + Ur * {h} + br)")
        n = p.let(f"n{t}", f"tanh(Wn * {x} + elementwise_product({r}, Un * {h}) + bn)")
        h = p.let(f"h{t}", f"{n} + elementwise_product({z}, {h} - {n})")
    loss = p.let("loss", f"half_squared_error({h}, {y})")
    return p.text(f"{loss}, gradient({loss}, {', '.join(weights)})")


def kalman(steps=200):
    """The likelihood of a position and a velocity, of which the position is measured."""
    p = Program()
    q, r = p.variable("q"), p.variable("r")
    x, v, a, b, c, total = "0_c", "0_c", "1_c", "0_c", "1_c", "0_c"
    for t in range(steps):
        z = p.variable(f"z{t}")
        x = p.let(f"x{t}", f"{x} + 0.1_c * {v}")
        a = p.let(f"a{t}", f"{a} + 0.2_c * {b} + 0.01_c * {c} + {q} / 3000_c")
        b = p.let(f"b{t}", f"{b} + 0.1_c * {c} + {q} / 200_c")
        c = p.let(f"c{t}", f"{c} + {q} / 10_c")
        s = p.let(f"s{t}", f"{a} + {r}")
        e = p.let(f"e{t}", f"{z} - {x}")
        k, g = p.let(f"k{t}", f"{a} / {s}"), p.let(f"g{t}", f"{b} / {s}")
        x, v = p.let(f"px{t}", f"{x} + {k} * {e}"), p.let(f"pv{t}", f"{v} + {g} * {e}")
        a, b, c = (p.let(f"pa{t}", f"(1_c - {k}) * {a}"), p.let(f"pb{t}", f"(1_c - {k}) * {b}"),
                   p.let(f"pc{t}", f"{c} - {g} * {b}"))
        total = p.let(f"l{t}", f"{total} + 0.5_c * (log({s}) + square({e}) / {s})")
    return p.text(f"{total}, gradient({total}, {q}, {r})")


def rosenbrock(unknowns=64):
    p = Program()
    x = [p.variable(f"x{i}") for i in range(unknowns)]
    total = "0_c"
    for i in range(unknowns - 1):
        total = p.let(f"t{i}", f"{total} + 100_c * square({x[i + 1]} - square({x[i]}))"
                               f" + square(1_c - {x[i]})")
    return p.text(f"{total}, hessian({total}, {', '.join(x)})")


PROGRAMS = {"chain": chain, "network": network, "runge_kutta": runge_kutta, "gru": gru,
            "kalman": kalman, "rosenbrock": rosenbrock}


def main():
    compiler, names = sys.argv[1], sys.argv[2:] or list(PROGRAMS)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            source = os.path.join(folder, name + ".cpp")
            with open(source, "w", encoding="utf-8") as file:
                file.write(PROGRAMS[name]())
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            run = subprocess.run([compiler, "-std=c++20", "-O2", "-I", INCLUDE, "-c", source,
                                  "-o", os.devnull], capture_output=True, text=True, check=False)
            seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            errors = [line for line in run.stderr.splitlines() if "error" in line]
            print(f"{name}: {seconds:.1f} s {errors[0][:200] if errors else ''}", flush=True)
            failures += run.returncode != 0
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
