#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# run.sh [compiler...]: seconds, memory and object size of compiling chains, levels of reuse and
# networks of matrices (see generate.sh) at -O2, with and without -g. Medians of three; the first
# lines are an empty translation unit and the header alone.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- g++ clang++-14
echo > "$work/empty_0.cpp"
echo '#include <chainrule/chainrule.hpp>' > "$work/header_0.cpp"
printf '%-10s %-8s %5s %3s %9s %9s %9s\n' compiler kind n "" seconds MB "object kB"
for compiler; do
  for what in empty:0 header:0 chain:10 chain:20 chain:50 chain:100 chain:200 \
              reuse:10 reuse:50 reuse:100 reuse:200 \
              dense:64 residual:5 residual:10 residual:20; do
    kind=${what%:*} n=${what#*:}
    [ "$n" = 0 ] || "$here/generate.sh" "$kind" "$n" > "$work/${kind}_$n.cpp"
    for debug in "" -g; do
      figures=$(for run in 1 2 3; do
        /usr/bin/time -f '%U %M' -o "$work/time" "$compiler" -std=c++20 -O2 $debug \
          -I "$here/../../include" -c "$work/${kind}_$n.cpp" -o "$work/object.o" || exit 1
        cat "$work/time"
      done | sort -n | sed -n 2p)
      size=$(wc -c < "$work/object.o")
      echo "$compiler $kind $n ${debug:--} $figures $size" | awk '{
        printf "%-10s %-8s %5d %3s %9.2f %9.0f %9.0f\n", $1, $2, $3, $4, $5, $6 / 1024, $7 / 1024 }'
    done
  done
done
