#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <source directory> <directory for objects>: unit.cpp compiled with different
# flags and linked in pairs, in both orders, gives in each pair the results that each object gives
# alone, to the last bit; and two objects have no function of one name that handles numbers.
compiler=$1 source=$2 work=$3/flags failed=0
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1

compile() { # name, flags
  name=$1; shift
  "$compiler" -std=c++20 "$@" -I "$source/include" -c "$source/tests/flags/unit.cpp" -o "$name.o" ||
    exit 1
  for place in first second; do
    objcopy --redefine-sym unit_results=${place}_results "$name.o" "$name.$place.o" || exit 1
  done
  names="$names $name"
}
"$compiler" -c "$source/tests/flags/main.cpp" -o main.o || exit 1
names=""
compile O0 -O0
compile O3 -O3 -DNDEBUG
compile Os -Os
compile O0_fast_math -O0 -ffast-math
compile O2_fast_math -O2 -ffast-math
case $(uname -m) in
  x86_64)
    compile O0_avx -O0 -mavx
    compile O2_fma -O2 -mavx2 -mfma
    grep -q avx512f /proc/cpuinfo && compile O2_avx512 -O2 -mavx512f ||
      echo "the processor has no AVX-512: not tried" ;;
esac

# The results of two objects, each after the line "first" or "second"; -ffast-math is not for the
# linker, which would flush subnormal numbers in all units.
results() { # first, second
  "$compiler" main.o "$1.first.o" "$2.second.o" -o pair && ./pair > results || exit 1
  sed '1d; /^second$/,$d' results > "$1.in_pair"
  sed '1,/^second$/d' results > "$2.in_pair"
}
for name in $names; do # alone: a pair of equal objects
  results $name $name
  mv $name.in_pair $name.alone
  [ "$(wc -l < $name.alone)" -gt 500 ] || { echo "$name: results are missing"; failed=1; }
done
for one in $names; do
  for two in $names; do
    [ $one = $two ] && continue
    results $one $two
    for name in $one $two; do
      cmp -s $name.alone $name.in_pair ||
        { echo "$name, in a program of $one and $two: other results"; failed=1; }
    done
  done
done

# Functions of ours that the linker may choose from any object, if they touch vector registers. What
# takes symbols or a graph runs in constant evaluation only.
for name in $names; do
  nm $name.o | sed -n 's/.* [VW] \(_ZZ*N[KV]*9chainrule.*\)/\1/p' | sort > $name.weak
  objdump -d --no-show-raw-insn $name.o |
    awk '/^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3); next }
         /%[xyz]mm/ && name != last { print name; last = name }' | sort -u |
    comm -12 - $name.weak | c++filt | grep -v 'symbol\|graph' | sort > $name.numbers
done
for one in $names; do
  for two in $names; do
    [ $one = $two ] || comm -12 $one.numbers $two.numbers
  done
done | sort -u > common
[ -s common ] && { echo "in units of different flags under one name:"; cat common; failed=1; }
exit $failed
