#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <source>: the first code block of README.md is examples/first_steps.cpp, and every
# static_assert text of the library has its file in tests/reject.
cd "$1" || exit 1
awk '/^```cpp$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md > /tmp/readme_block.$$
sed -n '5,$p' examples/first_steps.cpp | diff - /tmp/readme_block.$$
failed=$?
rm -f /tmp/readme_block.$$
[ $failed = 0 ] || echo "README.md and examples/first_steps.cpp differ"
texts=$(grep -h '^// EXPECT: ' tests/reject/*.cpp | wc -l)
# the one on the processor's arithmetic cannot be tested on this processor
asserts=$(grep -hE '^ *(static_assert\(|#error)' -r include/chainrule | grep -cv 'is_iec559')
if [ "$texts" != "$asserts" ]; then
  echo "$asserts messages in include/, but $texts files in tests/reject"
  failed=1
fi
[ "$(wc -l < README.md)" -le 200 ] || { echo "README.md has more than 200 lines"; failed=1; }
exit $failed
