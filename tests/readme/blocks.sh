#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# blocks.sh <compiler> <source>: every C++ block of README.md, CONTRIBUTING.md and docs/*.md
# compiles and runs. A block that includes something is a program; any other is a fragment, and the
# n-th block of docs/name.md is put where tests/readme/name_n.cpp includes "name_n.inc".
compiler=$1
cd "$2" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for page in README.md CONTRIBUTING.md docs/*.md; do
  name=$(basename "$page" .md)
  awk -v to="$work/$name" '
    /^```/ && on { on = 0; close(file); next }
    /^```cpp$/ { on = 1; file = to "_" ++n ".inc"; printf "" > file; next }
    on { print > file }' "$page"
done
for block in "$work"/*.inc; do
  name=$(basename "$block" .inc)
  if grep -q '^#include' "$block"; then
    cp "$block" "$work/$name.cpp"
  elif ! cp "tests/readme/$name.cpp" "$work/" 2> /dev/null; then
    echo "block $name includes nothing, and tests/readme/$name.cpp, where it would be put, is missing"
    failed=1
    continue
  fi
  if grep -q 'chainrule/eigen.hpp' "$block" && [ ! -d /usr/include/eigen3 ]; then
    echo "block $name: Eigen is not installed"
    continue
  fi
  "$compiler" -std=c++20 -O1 -isystem /usr/include/eigen3 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -I include -I examples \
    "$work/$name.cpp" -o "$work/$name" 2>&1 | cut -c1-250 | head -20
  { [ -x "$work/$name" ] && "$work/$name" > /dev/null; } || { echo "block $name fails"; failed=1; }
done
for wrapper in tests/readme/*.cpp; do
  [ -f "$work/$(basename "$wrapper" .cpp).inc" ] || { echo "$wrapper: there is no such block"; failed=1; }
done
exit $failed
