#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# object.sh <compiler> <source> <build>: the object of a chain of 200 layers with debug information,
# which names what the compiler instantiates, has at most 2.7 MB.
set -e
compiler=$1 source=$2 build=$3
"$source/benchmarks/compile/generate.sh" chain 200 > "$build/chain_200.cpp"
"$compiler" -std=c++20 -O2 -g -I "$source/include" -c "$build/chain_200.cpp" -o "$build/chain_200.o"
size=$(wc -c < "$build/chain_200.o")
echo "$size bytes, at most 2700000"
[ "$size" -le 2700000 ]
