#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# output.sh <program> [argument]...: it ends with status 0, and what it prints is for people: at most
# 100 columns, no -0, no formula with a name that users cannot write.
program=$1
shift
output=$("$program" "$@") || { printf '%s\n' "$output"; exit 1; }
printf '%s\n' "$output" | awk '
  function complain(what) { print what ": " $0; failed = 1 }
  length($0) > 100 { complain("more than 100 columns") }
  /(^|[ (;])-0(\.0*)?([ );]|$)/ { complain("-0") }
  /[a-z]_(slope|steps|tail)\(|(place|spread|gate)[a-z_]*\(/ { complain("a private name") }
  END { exit failed || NR == 0 }'
