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
# Every message on one line; the one on the processor's arithmetic cannot be tested on this processor.
texts=$(sed -n 's|^// EXPECT[ 0-9]*: ||p' tests/reject/*.cpp)
untested=$(cat include/chainrule/*.hpp include/chainrule/*/*.hpp | awk '
    /^ *(static_assert\(|#error)/ { open = 1; text = "" }
    open { sub(/^ */, ""); text = text " " $0 }
    open && (/\);$/ || /^#error/) {
      gsub(/" "/, "", text); gsub(/\\"/, "\"", text); print text; open = 0 }' |
  grep -v is_iec559 | grep -vF "$texts")
if [ -n "$untested" ]; then
  printf '%s\n' "$untested" "No file in tests/reject expects this."
  failed=1
fi
for example in examples/*.cpp; do
  grep -q "^- .*\`${example#examples/}\`.*: " examples/README.md ||
    { echo "examples/README.md does not say what $example is"; failed=1; }
done
[ "$(wc -l < README.md)" -le 200 ] || { echo "README.md has more than 200 lines"; failed=1; }
exit $failed
