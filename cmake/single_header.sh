#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# single_header.sh <file> [small]: writes the library as one header, chainrule.hpp with
# linear_algebra.hpp, sparse.hpp, fast_tanh.hpp, samples.hpp and the tape, in the order in which they include each
# other. Boost.Hana is used if it is there and CHAINRULE_WITHOUT_HANA is not defined; benchmark.hpp is
# read if CHAINRULE_BENCHMARK is, eigen.hpp if CHAINRULE_EIGEN is. A small one has no comments and no
# indentation, three quarters of the bytes: for sites that limit what can be pasted.
cd "$(dirname "$0")/../include" || exit 1
case $1 in /*) to=$1 ;; *) to=$OLDPWD/$1 ;; esac
version=$(sed -n 's/^#define CHAINRULE_VERSION_.* //p' chainrule/chainrule.hpp | paste -sd .)
awk -v version="$version" -v small="${2:-}" '
  function add(header,    line, first, parts) {
    if (header in known)
      return
    known[header] = 1
    if (header == "chainrule/hana.hpp")
      print "#if __has_include(<boost/hana/fwd/any_of.hpp>) && !defined(CHAINRULE_WITHOUT_HANA)"
    print "\n// ---- " header
    first = 1 # a header begins with two lines of licence and says what is read after it
    while ((getline line < header) > 0) {
      if (first && line !~ /^\/\//)
        first = 0
      if (small) {
        sub(/^ +/, "", line)
        if (line == "" || line ~ /^\/\//)
          continue
      }
      if (line ~ /^\/\/ SPDX-/ || line ~ /^#pragma once/ || (first && line ~ /^\/\/( Read next:.*)?$/))
        continue
      if (line ~ /^#include <chainrule\//) {
        split(line, parts, /[<>]/)
        add(parts[2])
      } else {
        print line
      }
    }
    close(header)
    if (header == "chainrule/hana.hpp")
      print "#endif"
  }
  BEGIN {
    print "// SPDX-FileCopyrightText: 2026 The chainrule authors"
    print "// SPDX-License-Identifier: MIT"
    print "//"
    print "// chainrule " version ", all of it in one header; made by cmake/single_header.sh, not to be edited."
    print "#pragma once"
    add("chainrule/chainrule.hpp")
    add("chainrule/linear_algebra.hpp")
    add("chainrule/sparse.hpp")
    add("chainrule/fast_tanh.hpp")
    add("chainrule/samples.hpp")
    add("chainrule/benchmark/tape.hpp")
    print "\n#ifdef CHAINRULE_BENCHMARK"
    add("chainrule/benchmark.hpp")
    print "#endif\n\n#ifdef CHAINRULE_EIGEN"
    add("chainrule/eigen.hpp")
    print "#endif"
  }' > "$to"
