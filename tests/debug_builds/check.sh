#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <source directory> <directory for programs>: value and gradient of 784-64-10
# run at most twice as many instructions in a build without optimisation as with -O2. On clang that
# cannot be (docs/debug_builds.md).
compiler=$1 source=$2 work=$3/debug_builds failed=0
"$compiler" --version | grep -q clang && { echo "clang optimises no single functions"; exit 77; }
command -v valgrind > /dev/null || { echo "valgrind is not installed"; exit 77; }
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
for level in O0 O2; do
  "$compiler" -std=c++20 -$level -I "$source/include" "$source/tests/debug_builds/network.cpp" \
    -o $level || exit 1
done
instructions() { # program, arguments
  valgrind --tool=callgrind --callgrind-out-file=callgrind.out \
    --toggle-collect='counted_call(*' "$@" 2>&1 | sed -n 's/.*Collected : //p'
}
for batch in "" 32; do
  [ "$(./O0 $batch)" = "$(./O2 $batch)" ] || { echo "other results"; failed=1; }
  slow=$(instructions ./O0 $batch) fast=$(instructions ./O2 $batch)
  echo "${batch:-1} samples: $slow instructions, optimised $fast"
  [ "$fast" -gt 100000 ] && [ "$slow" -le $((2 * fast)) ] || failed=1
done
exit $failed
