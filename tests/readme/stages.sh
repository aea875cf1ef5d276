#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# stages.sh <program> <compiler> <source>: docs/from-type-to-assembly.md shows what the example
# prints, and, where the compiler is its g++ 12 for x86-64, the assembly that its command makes.
program=$1 compiler=$2
cd "$3" || exit 1
page=docs/from-type-to-assembly.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
# block <language>: what stands in the blocks of the page in this language
block() { awk -v begin="^\`\`\`$1\$" '/^```$/ { on = 0 } on; $0 ~ begin { on = 1 }' $page; }
block text | grep -v '^void' > "$work/shown"
"$program" | diff "$work/shown" - || { echo "$page differs from the output of its example"; failed=1; }
case "$("$compiler" --version | head -1) $("$compiler" -dumpmachine)" in
  g++*' 12.'*x86_64*)
    tidy() { sed 's/#.*//; s/\.LC[0-9]*/.LC/' | awk '/^[ \t]*[a-z]/ { $1 = $1; print }'; }
    block asm | tidy > "$work/shown"
    block sh | sed "s|^g++|$compiler|" | sh | tidy | diff "$work/shown" - ||
      { echo "$page differs from the assembly that its command makes"; failed=1; } ;;
esac
exit $failed
