#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <include folder> <file> [header]: the file must be rejected with exactly one
# error, whose line contains what the file says after "// EXPECT: ", and accepted with -DACCEPT. Flags after
# "// FLAGS: " are for the rejected one only. A file with several mistakes says "// EXPECT 1: ",
# "// EXPECT 2: ", and is rejected for each with -DMISTAKE=1, 2. A header that precompiled.sh has made
# saves reading the library's some 300 times; it is not for other flags.
compiler=$1 include=$2 file=$3 header=${4:+-include $4}
flags=$(sed -n 's|^// FLAGS: ||p' "$file")
[ -z "$flags" ] || header=
mistakes=$(sed -n 's|^// EXPECT \([0-9]*\): .*|\1|p' "$file")

is_rejected() { # is_rejected <mistake or nothing>
  expected=$(sed -n "s|^// EXPECT${1:+ }$1: ||p" "$file")
  [ -n "$expected" ] || { echo "$file: no line // EXPECT: text"; exit 1; }
  # shellcheck disable=SC2086
  if output=$("$compiler" -std=c++20 $flags $header ${1:+-DMISTAKE=$1} -fsyntax-only -I "$include" "$file" 2>&1); then
    echo "$file compiles, but must be rejected: $expected"
    exit 1
  fi
  if [ "$(printf '%s\n' "$output" | grep -c 'error:')" != 1 ]; then
    echo "$file: more than one error, where one is expected: $expected"
    printf '%s\n' "$output" | grep 'error:' | cut -c1-300
    exit 1
  fi
  if ! printf '%s\n' "$output" | grep 'error:' | grep -qF -- "$expected"; then
    echo "$file: the error does not say: $expected"
    printf '%s\n' "$output" | grep 'error:' | cut -c1-300
    exit 1
  fi
}

[ -n "$mistakes" ] || is_rejected
for mistake in $mistakes; do
  is_rejected "$mistake"
done
named=$(sed -n 's|^// NAMES: ||p' "$file")
if [ -n "$named" ] && ! printf '%s\n' "$output" | grep -qF -- "$named"; then
  echo "$file: the message does not name $named"
  exit 1
fi
# shellcheck disable=SC2086
if ! output=$("$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wno-unused -Wno-unused-const-variable -Werror \
              -DACCEPT -I "$include" $header "$file" 2>&1); then
  echo "$file: the corrected twin does not compile"
  printf '%s\n' "$output" | cut -c1-300 | head -20
  exit 1
fi
