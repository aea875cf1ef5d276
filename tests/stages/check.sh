#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <source> <build>: programs that are made in one stage each and in many, of 20
# nodes, are the same and compute the same, to the bit.
set -e
compiler=$1 source=$2 build=$3
for nodes in 2000 20; do
  "$compiler" -std=c++20 -O1 -I "$source/include" -DCHAINRULE_STAGE_NODES=$nodes \
    "$source/tests/stages/programs.cpp" -o "$build/programs_$nodes"
  "$build/programs_$nodes" > "$build/programs_$nodes.txt" 2> "$build/stages_$nodes.txt"
done
echo "stages:" $(cat "$build/stages_2000.txt") "and" $(cat "$build/stages_20.txt")
for number in $(cat "$build/stages_2000.txt"); do [ "$number" -eq 1 ]; done
for number in $(cat "$build/stages_20.txt"); do [ "$number" -ge 3 ]; done
diff "$build/programs_2000.txt" "$build/programs_20.txt"
