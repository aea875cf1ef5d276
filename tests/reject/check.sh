#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <include folder> <file>: the file must be rejected with exactly one error,
# whose line contains what the file says after "// EXPECT: ", and accepted with -DACCEPT. Flags after
# "// FLAGS: " are for the rejected one only.
compiler=$1 include=$2 file=$3
expected=$(sed -n 's|^// EXPECT: ||p' "$file")
[ -n "$expected" ] || { echo "$file: no line // EXPECT: text"; exit 1; }
flags=$(sed -n 's|^// FLAGS: ||p' "$file")
# shellcheck disable=SC2086
if output=$("$compiler" -std=c++20 $flags -fsyntax-only -I "$include" "$file" 2>&1); then
  echo "$file compiles, but must be rejected: $expected"
  exit 1
fi
if [ "$(printf '%s\n' "$output" | grep -c 'error:')" != 1 ]; then
  echo "$file: more than one error"
  printf '%s\n' "$output" | grep 'error:' | cut -c1-300
  exit 1
fi
if ! printf '%s\n' "$output" | grep 'error:' | grep -qF -- "$expected"; then
  echo "$file: the error does not say: $expected"
  printf '%s\n' "$output" | grep 'error:' | cut -c1-300
  exit 1
fi
named=$(sed -n 's|^// NAMES: ||p' "$file")
if [ -n "$named" ] && ! printf '%s\n' "$output" | grep -qF -- "$named"; then
  echo "$file: the message does not name $named"
  exit 1
fi
if ! output=$("$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wno-unused -Wno-unused-const-variable -Werror \
              -DACCEPT -I "$include" \
              "$file" 2>&1); then
  echo "$file: the corrected twin does not compile"
  printf '%s\n' "$output" | cut -c1-300 | head -20
  exit 1
fi
