#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# single_header.sh <source> <build> <compiler> [example]...: examples, or all of them, compile and
# run with the single header alone, one without Boost.Hana, and two units with it are one program.
# The programs for Compiler Explorer compile and run with the small one.
set -e
source=$1 build=$2/single_header compiler=$3
shift 3
rm -rf "$build"
mkdir -p "$build/examples" "$build/benchmarks"
sh "$source/cmake/single_header.sh" "$build/chainrule_all.hpp"
cd "$source"
for file in examples/*.[ch]pp benchmarks/*.hpp; do
  sed -e 's|#include <chainrule/benchmark.hpp>|#define CHAINRULE_BENCHMARK\n&|' \
    -e 's|#include <chainrule/.*>|#include <chainrule_all.hpp>|' "$file" > "$build/$file"
done
[ $# -gt 0 ] || set -- $(ls examples/*.cpp | sed 's|.*/||; s|\.cpp$||')
for example in "$@"; do
  "$compiler" -std=c++20 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -I "$build" \
    "$build/examples/$example.cpp" -o "$build/$example"
  (cd "$build" && "./$example" --check > "$example.txt")
done
cat > "$build/opt_in.cpp" << 'end' # headers of their own, and Eigen where it is
#if __has_include(<Eigen/Core>)
#define CHAINRULE_EIGEN
#endif
#include "chainrule_all.hpp"
constexpr chainrule::variable<"x"> x;
static_assert(chainrule::compile(fast_tanh(x))(x = 0.0) == 0);
#ifdef CHAINRULE_EIGEN
constexpr chainrule::variable<"v", 2> v;
int main() {
  const auto slope = compile(gradient(squared_norm(v), v))(v = Eigen::Vector2d(3, 4));
  return as_eigen(slope[v]) == Eigen::Vector2d(6, 8) ? 0 : 1;
}
#else
int main() {}
#endif
end
"$compiler" -std=c++20 -O1 -isystem /usr/include/eigen3 "$build/opt_in.cpp" -o "$build/opt_in"
"$build/opt_in"
printf '#include "chainrule_all.hpp"\nint two() { return 0; }\n' > "$build/two.cpp"
cat > "$build/one.cpp" << 'end'
#include "chainrule_all.hpp"
using namespace chainrule;
int two();
constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr auto f = sigmoid(w * x);
static_assert(partial(f, w) == f * (1_c - f) * x);
int main() { return two() + (compile(f)(w = 0.0, x = 0.0) == 0.5 ? 0 : 1); }
end
"$compiler" -std=c++20 -DCHAINRULE_WITHOUT_HANA "$build/one.cpp" "$build/two.cpp" -o "$build/one"
"$build/one"

mkdir "$build/explorer"
sh "$source/cmake/single_header.sh" "$build/explorer/chainrule_all.hpp" small
# The page says how much is pasted.
sed -n 's/.*comments and indentation, \([0-9.]*\) MB.*/\1/p' docs/compiler_explorer.md |
  awk -v bytes="$(wc -c < "$build/explorer/chainrule_all.hpp")" '
    { found = 1; off = bytes / 1e6 / $1 - 1 }
    END { exit !found || off > 0.1 || off < -0.1 }' ||
  { echo 'docs/compiler_explorer.md: the header has another size'; exit 1; }
for program in examples/compiler_explorer/*.cpp; do
  "$compiler" -std=c++20 -O1 -Wall -Wextra -Wpedantic -Werror -I "$build/explorer" "$program" \
    -o "$build/explorer/program"
  "$build/explorer/program" > "$build/explorer/output"
done
for mistake in 1 2 3 4; do
  if "$compiler" -std=c++20 -fsyntax-only -DMISTAKE=$mistake -I "$build/explorer" \
    examples/compiler_explorer/messages.cpp 2> "$build/explorer/errors"; then
    echo "mistake $mistake of messages.cpp compiles"
    exit 1
  fi
  grep -q 'error: static assertion failed\|error: static_assert failed' "$build/explorer/errors"
done
