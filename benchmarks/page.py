#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
"""page.py <folder of the built benchmarks> <compiler> <version> <flags> [folder of the page]

Runs the benchmarks, all of which compare their gradients before they time anything, and writes
benchmarks/results/: README.md, the numbers as CSV, and a picture of the gradient's time by depth
and width. Instructions are counted where valgrind is installed.
"""

import csv
import datetime
import io
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys

built, compiler, version, flags = sys.argv[1:5]
source = pathlib.Path(__file__).resolve().parent
page = pathlib.Path(sys.argv[5]) if len(sys.argv) > 5 else source / "results"

# What the workloads are; those of one program.
workloads = {
    "w1": "chain of 3 sigmoids, cross-entropy",
    "w2": "chain of 3, squared error",
    "w3": "chain of 20 sigmoids, squared error",
    "w4": "2-4-1, tanh, cross-entropy, as numbers",
    "w5 relu": "8-16-4, relu, softmax, batch of 1",
    "w5 tanh": "8-16-4, tanh, softmax, batch of 1",
    "w6": "784-64-10, tanh, softmax, batch of 32",
    "w7": "3 layers with skips, relu",
    "w8": "\\|W X - T\\|² of 2 x 2",
    "w9": "2-4-1 over 1024 samples",
}


def run(*command, **options):
    """What a program prints; its failure is ours."""
    print("+", *command, file=sys.stderr)
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def entries(program):
    """Name, as Google Benchmark filters it, and least nanoseconds of each entry of a program."""
    times = {}
    for each in json.loads(
        run(
            f"{built}/{program}",
            "--benchmark_format=json",
            "--benchmark_enable_random_interleaving=true",
            "--benchmark_repetitions=9",
            "--benchmark_min_time=0.1",
        )
    )["benchmarks"]:
        if each["run_type"] == "iteration":
            name = each["run_name"]
            times[name] = min(times.get(name, math.inf), each["cpu_time"])
    return times


def instructions(program, name):
    """Instructions of one call, or nothing without valgrind."""
    if not shutil.which("valgrind"):
        return ""
    counted = subprocess.run(
        [
            "valgrind",
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*counted_call*",
            f"{built}/{program}",
            "--benchmark_filter=^" + re.sub(r"([.()\[\]*+?|])", r"\\\1", name) + "$",
            "--benchmark_min_time=0",
        ],
        env={**os.environ, "LD_BIND_NOW": "1"},  # or the first call of exp would find it
        text=True,
        capture_output=True,
    ).stderr
    found = re.search(r"Collected : (\d+)", counted)
    return int(found[1]) if found else ""  # a processor that valgrind does not know


def rows_of_workloads():
    rows = []
    for program in ("scalar_workloads", "matrix_workloads", "batch_workloads"):
        if not pathlib.Path(built, program).exists():
            continue
        for name, time in entries(program).items():
            what, way = (part.strip() for part in name.removeprefix("run/").split("/", 1))
            rows.append([what, way, f"{time:.1f}", instructions(program, name)])
    rows.sort(key=lambda row: row[0])
    return [["workload", "way", "nanoseconds", "instructions"], *rows]


def rows_of_compiling():
    """Seconds, memory and object size of compile/run.sh."""
    lines = run("sh", str(source / "compile/run.sh"), compiler).splitlines()[1:]
    table = [line.removeprefix(os.path.dirname(compiler)).lstrip("/").split() for line in lines]
    return [
        ["compiler", "what", "size", "flags", "seconds", "MB", "object kB"],
        *[[row[0], row[1], row[2], "-O2" + (" -g" if row[3] == "-g" else ""), *row[4:]] for row in table],
    ]


def write_csv(name, rows):
    with open(page / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def markdown(rows):
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n"


def number(text):
    """Three digits, thousands apart."""
    value = float(text)
    if value == 0:
        return ""
    digits = max(0, 2 - math.floor(math.log10(value)))
    return f"{value:,.{digits}f}"


def table_of_workloads(rows):
    """Each way beside ours, the fastest of them, in time and instructions."""
    result = [["", "way", "ns", "ratio", "instructions", "ratio"]]
    for what, text in workloads.items():
        ways = [row for row in rows if row[0] == what]
        ways.sort(key=lambda row: (not row[1].startswith("chainrule"), float(row[2])))
        for i, (_, way, time, count) in enumerate(ways):
            ratio = float(time) / float(ways[0][2])
            of_count = f"{count / ways[0][3]:.2f}" if count else ""
            result.append(
                [f"**{what.upper()}** {text}" if i == 0 else "", way, number(time), f"{ratio:.2f}",
                 f"{count:,}" if count else "", of_count]
            )
    return result


def table_of_sizes(rows, what):
    """Ways by sizes: nanoseconds."""
    sizes = sorted({int(row["size"]) for row in rows if row["what"] == what})
    ways = list(dict.fromkeys(line_name(row["way"]) for row in rows if row["what"] == what))
    cells = {(line_name(row["way"]), int(row["size"])): row for row in rows if row["what"] == what}
    result = [["ns", *sizes]]
    for way in ways:
        of_way = [cells.get((way, size)) for size in sizes]
        result.append([way, *[number(row["nanoseconds"]) if row else "" for row in of_way]])
    return result


def line_name(way):
    return re.sub(r", \d slopes a pass", "", way)


# Ours and what is by hand stand out; libraries take the others in their order.
ours, by_hand = "#0b6e4f", "#444444"
colours = ["#c8553d", "#5b7db1", "#b08d2f", "#8a5a9e", "#3b9aa8", "#a05c7b", "#7a7a52", "#d08a4e",
           "#4b3f72", "#6b8e23", "#e07b91", "#2f4f4f"]


def colour_of(way, all_ways):
    if way.startswith("chainrule"):
        return ours
    if way.startswith("by hand"):
        return by_hand
    others = [each for each in all_ways if not each.startswith(("chainrule", "by hand"))]
    return colours[others.index(way) % len(colours)]


def text_of(way):
    return way.replace("&", "&amp;").replace("<", "&lt;")


def panel(rows, what, title, unit, left, all_ways):
    """One diagram: time by size, both logarithmic, each line with its name at its end."""
    width, height, top = 300, 330, 60
    of_panel = [row for row in rows if row["what"] == what and float(row["nanoseconds"]) > 0]
    sizes = sorted({int(row["size"]) for row in of_panel})
    times = [float(row["nanoseconds"]) for row in of_panel]
    first, last = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    low, high = math.log(sizes[0]), math.log(sizes[-1])

    def x_of(size):
        return left + width * (math.log(size) - low) / (high - low)

    def y_of(time):
        return top + height * (last - math.log10(time)) / (last - first)

    svg = [f'<text x="{left}" y="{top - 22}" font-weight="bold">{title}</text>']
    for power in range(first, last + 1):
        y = y_of(10.0**power)
        name = {0: "1 ns", 1: "10 ns", 2: "100 ns", 3: "1 µs", 4: "10 µs", 5: "100 µs", 6: "1 ms",
                7: "10 ms", 8: "100 ms"}.get(power, f"1e{power} ns")
        svg.append(f'<path d="M{left} {y:.1f}h{width}" stroke="#dddddd"/>')
        svg.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{name}</text>')
    for size in sizes:
        svg.append(f'<text x="{x_of(size):.1f}" y="{top + height + 18}" text-anchor="middle" fill="#555555">{size}</text>')
    svg.append(f'<text x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle" fill="#555555">{unit}</text>')

    ends = []
    for way in all_ways:
        points = sorted((int(row["size"]), float(row["nanoseconds"])) for row in of_panel if line_name(row["way"]) == way)
        if not points:
            continue
        colour = colour_of(way, all_ways)
        path = "L".join(f"{x_of(size):.1f} {y_of(time):.1f}" for size, time in points)
        dashes = ' stroke-dasharray="5 3"' if way.startswith("by hand, Eigen") else ""
        strength = 3 if way.startswith("chainrule") else 1.6
        svg.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{strength}"{dashes}/>')
        if points[-1][0] == sizes[-1]:
            ends.append([y_of(points[-1][1]), x_of(points[-1][0]), way, colour])
        else:  # one that ends before the others
            x, y = x_of(points[-1][0]), y_of(points[-1][1])
            place = f'x="{x + 4:.1f}" y="{y + 14:.1f}"'
            if x > left + width / 2:  # clear of the names at the right
                place = f'x="{x - 6:.1f}" y="{y - 4:.1f}" text-anchor="end"'
            svg.append(f'<text {place} fill="{colour}">{text_of(way)}</text>')
    ends.sort()
    beneath = top - 12.0
    for y, x, way, colour in ends:  # names apart by a line
        at = max(y + 4, beneath + 14)
        beneath = at
        weight = ' font-weight="bold"' if way.startswith("chainrule") else ""
        svg.append(f'<path d="M{x + 2:.1f} {y:.1f}L{left + width + 12} {at - 4:.1f}" stroke="{colour}" stroke-width="0.8"/>')
        svg.append(f'<text x="{left + width + 15}" y="{at:.1f}" fill="{colour}"{weight}>{text_of(way)}</text>')
    return svg


def picture(rows):
    drawn = [row for row in rows if not row["way"].startswith("central")]
    all_ways = list(dict.fromkeys(line_name(row["way"]) for row in drawn))
    svg = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 450" font-family="sans-serif" font-size="12">',
        '<rect width="1080" height="450" fill="white"/>',
        *panel(drawn, "depth", "Chain of sigmoids: value and gradient", "layers", 60, all_ways),
        *panel(drawn, "width", "n-n-n-1 with tanh: value and gradient", "width n", 600, all_ways),
        "</svg>",
    ]
    return "\n".join(svg) + "\n"


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
        return re.search(r"model name\s*: (.*)", text)[1]
    except (OSError, TypeError):
        return "unknown processor"


run(f"{built}/check_workloads")
page.mkdir(exist_ok=True)
of_workloads = rows_of_workloads()
write_csv("workloads.csv", of_workloads)
sizes_text = run(f"{built}/depth_and_width")
(page / "depth_and_width.csv").write_text(sizes_text, encoding="utf-8")
of_sizes = list(csv.DictReader(io.StringIO(sizes_text)))
(page / "gradients.svg").write_text(picture(of_sizes), encoding="utf-8")
of_small = run(f"{built}/small_matrices")
of_compiling = rows_of_compiling()
write_csv("compile.csv", of_compiling)

allocations = {}
for row in of_sizes:
    if row["size"] in ("20", "16"):
        allocations.setdefault(line_name(row["way"]), {})[row["what"]] = row["allocations"]
missing = [
    library
    for library in ("FastAD", "ADOL-C", "Sacado", "CoDiPack", "CppAD", "Adept", "autodiff", "Eigen's AutoDiff")
    if not any(row["way"].startswith(library) for row in of_sizes)
]
today = datetime.date.today().isoformat()
(page / "README.md").write_text(
    f"""# Measured

{processor()}, {os.cpu_count()} cores, {os.path.basename(compiler)} {version}, `{flags.strip()}`, {today}. Written by
`cmake --workflow --preset benchmark`; the numbers are in [workloads.csv](workloads.csv),
[depth_and_width.csv](depth_and_width.csv) and [compile.csv](compile.csv). All gradients are compared before anything is
timed, ways alternate, and the least time counts. What shares the machine can lengthen a time, seldom a ratio.

## By depth and width

![Time of value and gradient by depth and width](gradients.svg)

A chain of so many sigmoids with a squared error, slopes of all weights:

{markdown(table_of_sizes(of_sizes, "depth"))}
A network n-n-n-1 with tanh and a squared error, slopes of all weights and biases. By hand, and with Eigen, tanh is the C
library's, an element at a time; the compiled function has it in vector registers:

{markdown(table_of_sizes(of_sizes, "width"))}
An empty field: it was not run, since a call would have taken longer than all the rest, or has more slopes than the library
takes. Allocations of one call with 20 layers, and with 16 units: {"; ".join(
    f"{way} {counts.get('depth', '-')} and {counts.get('width', '-')}"
    for way, counts in allocations.items() if set(counts.values()) != {"0"}) or "none, of any way"}{
    "; all others none" if any(set(c.values()) != {"0"} for c in allocations.values()) else ""} (`operator new`; what ADOL-C
takes from `malloc` is not seen). Not found when this was made: {", ".join(missing) or "none"}.

## Workloads

Ratios are to the compiled function, the fastest way to write it. Instructions are those of one call under callgrind, which says what a clock that
cannot resolve 10 ns does not; it runs the C library's code for processors without AVX-512.

{markdown(table_of_workloads(of_workloads[1:]))}
## Small matrices

Columns of three and small squares: nanoseconds in matrices, in numbers, and by hand.

{of_small}
## What the compiler takes

User seconds, memory and object size, of what `benchmarks/compile/generate.sh` writes: `chain` layers of sigmoids with all
slopes, `reuse` h = sigmoid(h) h, `dense` a 784-n-10 network on a batch of 32, `residual` blocks of 16 units. On a machine
that is shared, user seconds have been up to twice those of a quiet one.

{markdown(of_compiling)}""",
    encoding="utf-8",
)
