#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# module.sh <source> <build> [clang++] [example]...: examples compile and run that import chainrule
# and include nothing of it, and a unit that includes it and one that imports it are one program. Status 77:
# there is no clang of 19 or later.
set -e
source=$(cd "$1" && pwd)
build=$2/module
compiler=${3:-clang++-19}
shift 2
[ $# = 0 ] || shift
command -v "$compiler" > /dev/null || { echo "skipped: $compiler is not installed"; exit 77; }
rm -rf "$build"
mkdir -p "$build/examples" "$build/benchmarks"
cd "$source"
module=include/chainrule/chainrule.cppm
# Headers of others that the library includes, and the module does not, before it begins.
others=$(grep -hoE '^#include <(boost/[^>]*|[a-z_]*)>' $(find include/chainrule -name '*.hpp' ! -name eigen.hpp \
         ! -path '*benchmark*') |
  sort -u | grep -vxFf "$module" || true)
[ -z "$others" ] || { echo "$module lacks"; echo "$others"; exit 1; }
for file in examples/*.[ch]pp benchmarks/*.hpp; do
  sed 's|#include <chainrule/.*>|import chainrule;|' "$file" > "$build/$file"
done
[ $# -gt 0 ] || set -- first_steps rosenbrock kalman
"$compiler" -std=c++20 -O1 -Wall -Wextra -Werror -I include --precompile $module -o "$build/chainrule.pcm"
imported="-std=c++20 -O1 -Wall -Wextra -Werror -fmodule-file=chainrule=$build/chainrule.pcm"
for example in "$@"; do
  "$compiler" $imported "$build/examples/$example.cpp" -o "$build/$example"
  (cd "$build" && "./$example" > "$example.txt")
done
cat > "$build/network.inc" << 'end'
inline constexpr chainrule::variable<"w"> w;
inline constexpr chainrule::variable<"x"> x;
inline constexpr auto f = sigmoid(w * x);
inline constexpr auto step = compile(f, gradient(f, w));
end
cat > "$build/one.cpp" << 'end'
import chainrule;
#include "network.inc"
double other(double weight);
int main() { return std::get<0>(step(w = 0.5, x = 2.0)) == other(0.5) ? 0 : 1; }
end
cat > "$build/two.cpp" << 'end'
#include <chainrule/chainrule.hpp>
#include "network.inc"
double other(double weight) { return std::get<0>(step(w = weight, x = 2.0)); }
end
"$compiler" $imported -c "$build/one.cpp" -o "$build/one.o"
"$compiler" -std=c++20 -O1 -I include -c "$build/two.cpp" -o "$build/two.o"
"$compiler" "$build/one.o" "$build/two.o" -o "$build/one"
"$build/one"
