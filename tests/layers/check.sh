#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <include/chainrule>: a folder includes only itself and the folders before it, the reading
# guide leads through every header once, in the order of chainrule.hpp, and no header asks std whether
# it is evaluated in a constant.
cd "$1" || exit 1
allowed="" failed=0
for folder in math lanes graph expression operation rewrite derivative program code call train prove print check; do
  allowed="$allowed $folder"
  for header in "$folder"/*.hpp; do
    for included in $(sed -n 's|#include <chainrule/\([a-z]*\)/.*|\1|p' "$header"); do
      case " $allowed " in
        *" $included "*) ;;
        *) echo "$header includes <chainrule/$included/...>, a folder after its own"; failed=1 ;;
      esac
    done
    next=$(sed -n 's|^// Read next: \([a-z_/]*\.[a-z]*\).*|\1|p' "$header")
    [ -z "$next" ] || [ -f "$next" ] || [ -f "$folder/$next" ] || [ -f "../../$next" ] ||
      { echo "$header: Read next: $next, which does not exist"; failed=1; }
    grep -q "<chainrule/$header>" chainrule.hpp || { echo "$header is not in chainrule.hpp"; failed=1; }
    [ "$(wc -l < "$header")" -le 400 ] || { echo "$header has more than 400 lines"; failed=1; }
  done
done
if grep -rn 'std::is_constant_evaluated' .; then
  echo "asked of __builtin_is_constant_evaluated() here: math/inline.hpp says why"
  failed=1
fi
# Every header once, in the order of chainrule.hpp. These are not in there: eigen.hpp needs Eigen, the
# others are for who needs them.
headers=$(sed -n 's|^#include <chainrule/\(.*\.hpp\)>.*|\1|p' chainrule.hpp; 
  printf '%s\n' linear_algebra.hpp linear_algebra/elimination.hpp linear_algebra/solutions.hpp \
    sparse.hpp sparse/dependence.hpp sparse/pattern.hpp sparse/colouring.hpp fast_tanh.hpp \
    samples.hpp samples/source.hpp \
    benchmark.hpp benchmark/dual.hpp benchmark/numbers.hpp benchmark/tape.hpp \
    benchmark/forward.hpp benchmark/node.hpp benchmark/activity.hpp benchmark/formula.hpp \
    benchmark/libraries.hpp benchmark/methods.hpp benchmark/allocations.hpp \
    benchmark/timing.hpp benchmark/table.hpp eigen.hpp)
for header in $headers; do
  grep -q " include/chainrule/$header" ../../CMakeLists.txt ||
    { echo "$header is not in CMakeLists.txt, and would not be installed"; failed=1; }
done
guided=$(sed -n 's|^- `\([a-z_/]*\.hpp\)`:.*|\1|p' ../../docs/reading-guide.md)
twice=$(printf '%s\n' "$headers" | sort | uniq -d)
[ -z "$twice" ] || { echo "chainrule.hpp includes twice: $twice"; failed=1; }
if [ "$headers" != "$guided" ]; then
  echo "docs/reading-guide.md does not lead through the headers in the order of chainrule.hpp:"
  printf '%s\n' "$headers" > /tmp/headers.$$
  printf '%s\n' "$guided" | diff /tmp/headers.$$ -
  rm -f /tmp/headers.$$
  failed=1
fi
for header in $(grep -oh '`[a-z_/]*/[a-z_]*\.hpp' ../../docs/*.md ../../README.md \
    ../../CONTRIBUTING.md | tr -d '`' | sort -u); do
  [ -f "$header" ] || [ -f "../../$header" ] || [ -f "../$header" ] ||
    { echo "the documentation names $header, which does not exist"; failed=1; }
done
exit $failed
