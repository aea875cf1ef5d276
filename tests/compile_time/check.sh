#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <clang> <source> <build>: compiles a chain of 50 layers and counts the events in the
# compiler's trace, a count that is the same in every run. It may grow by 3 % over baseline.txt.
set -e
compiler=$1 source=$2 build=$3
"$source/benchmarks/compile/generate.sh" chain 50 > "$build/chain_50.cpp"
"$compiler" -std=c++20 -O0 -I "$source/include" -ftime-trace -ftime-trace-granularity=0 \
  -c "$build/chain_50.cpp" -o "$build/chain_50.o"
count=$(grep -oE '"name":"(Instantiate|ParseClass|EvaluateAsConstant|EvaluateAsInitializer)' \
          "$build/chain_50.json" | wc -l)
baseline=$(cat "$source/tests/compile_time/baseline.txt")
echo "$count events, baseline $baseline"
[ $((count * 100)) -le $((baseline * 103)) ]
