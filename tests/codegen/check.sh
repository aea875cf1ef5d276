#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <object file>: every function f in it that has a twin f_by_hand must be free of jumps,
# call nothing but the C library's functions, and have at most 2 % more instructions than the twin.
objdump -drC --no-show-raw-insn "$1" | awk '
  /^[0-9a-f]+ <.*>:$/ { name = $2; gsub(/[<>:]|\(.*/, "", name); known[name] = 1; next }
  called && !/R_X86_64_PLT32/ { foreign[name] = foreign[name] " a function of our own"; called = 0 }
  /R_X86_64_PLT32/ && called { target = $3; sub(/-0x.*/, "", target)
    if (target !~ /^(exp|log|log1p|tanh|pow|sqrt)$/) foreign[name] = foreign[name] " " target
    called = 0; next }
  $1 ~ /^[0-9a-f]+:$/ && $2 !~ /^(nop|nopw|nopl|data16|cs|xchg|R_X86)/ {
    count[name]++
    if ($2 ~ /^j/) jumps[name]++
    called = ($2 ~ /^call/)
  }
  END {
    for (f in known) {
      twin = f "_by_hand"
      if (!(twin in known)) continue
      pairs++
      printf "%-24s %4d instructions, by hand %4d, jumps %d, foreign calls:%s\n", f, count[f],
             count[twin], jumps[f], foreign[f] == "" ? " none" : foreign[f]
      if (jumps[f] > 0 || foreign[f] != "" || count[f] > 1.02 * count[twin]) failed = 1
    }
    if (pairs == 0) { print "no function with a twin"; failed = 1 }
    exit failed
  }'
