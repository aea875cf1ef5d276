#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <processor> <compiler> <source> <build> [full]: what is compiled for another processor gives
# the numbers of this one, whose compiler is given.
#   cortex-m                the network of docs/small_processors.md for cortex-m0, m4 and m7, trained on
#                           m4; the firmware of examples/ on m4; what a gradient takes of flash
#   i686, aarch64, s390x    Linux on 32 bits, on 64-bit ARM, big-endian: the same network and some of
#                           the tests; with `full` all in tests/runtime and what is compiled only
# Where a tool is missing, it says so and exits with 77. On Debian 12:
#   apt-get install qemu-system-arm gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib
#   apt-get install qemu-user g++-i686-linux-gnu g++-aarch64-linux-gnu g++-s390x-linux-gnu
set -e
processor=$1 host=$2 source=$3 build=$4 how=${5:-short}
here=$source/tests/processors

case $processor in
cortex-m) cross=arm-none-eabi- emulator=qemu-system-arm ;;
i686) cross=i686-linux-gnu- emulator=qemu-i386 flags='-msse2 -mfpmath=sse' ;;
aarch64) cross=aarch64-linux-gnu- emulator=qemu-aarch64 flags= ;;
s390x) cross=s390x-linux-gnu- emulator=qemu-s390x flags= ;;
*) echo "no such processor: $processor"; exit 1 ;;
esac
for tool in ${cross}g++ $emulator; do
  command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
echo '#include <array>' | ${cross}g++ -std=c++20 -E -x c++ - > /dev/null 2>&1 ||
  { echo "skipped: ${cross}g++ has no C++ library"; exit 77; }
[ -d /usr/include/boost/hana ] || { echo 'skipped: Boost is not in /usr/include'; exit 77; }

work=$(mktemp -d "$build/processor.XXXXXX")
trap 'rm -rf "$work"' EXIT
# Headers of this machine's C library must not be found: a folder that has only what is needed.
mkdir "$work/only"
ln -s /usr/include/boost "$work/only/boost"
awk '/^```cpp/ { code = 1; next }
     code && /^```/ { exit }
     code' "$source/docs/small_processors.md" > "$work/network.inc"

cross() { # without g++'s notes on what its version 10 passed in other registers
  ${cross}g++ -std=c++20 -Wall -Wextra -Wpedantic -Werror -Wno-psabi -I "$source/include" -isystem "$work/only" \
    -I "$source/tests" -I "$here" -I "$work" $flags "$@"
}

# No double in an object, in calls or in registers.
has_no_double() {
  found=$(${cross}objdump -dr "$1" | grep -oE '__aeabi_(d[a-z]|[a-z]*2d)[a-z0-9]*|[a-z0-9.]*\.f64.*|R_ARM_[A-Z0-9_]*\s+(exp|log|log1p|expm1|sqrt|sin|cos|tanh|pow|atan2|hypot|fabs)$' \
    | sort | uniq -c)
  [ -z "$found" ] || { echo "$1: double in a network of float"; echo "$found"; exit 1; }
}

same_numbers() { # source
  "$host" -std=c++20 -O2 -I "$work" -I "$source/include" "$1" -o "$work/host"
  "$work/host" > "$work/expected"
  diff "$work/expected" "$work/found" || { echo "not the numbers of the host"; exit 1; }
}

if [ "$processor" = cortex-m ]; then
  small='-Os -mthumb -fno-exceptions -fno-rtti'
  m4='-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard'
  for core in '-mcpu=cortex-m0' "$m4" '-mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard'; do
    cross $small $core -c -x c++ "$work/network.inc" -o "$work/network.o"
    has_no_double "$work/network.o"
    # No heap, no text, no exceptions: nothing but float arithmetic and memory.
    others=$(${cross}nm -u "$work/network.o" | grep -vE ' (__aeabi_f[a-z0-9]+|expm?1?f|mem(cpy|set))$' || true)
    [ -z "$others" ] || { echo "$core: the network calls"; echo "$others"; exit 1; }
  done
  # What only constant evaluation calls is in double, and stays in the object until it is linked.
  cross $small $m4 -c "$here/activations.cpp" -o "$work/all.o"
  ${cross}ld -r --gc-sections -e numbers -u columns "$work/all.o" -o "$work/activations.o"
  has_no_double "$work/activations.o"
  firmware=$source/examples/firmware
  for program in "$here/training.cpp" "$firmware/firmware.cpp"; do
    cross $small $m4 "$program" "$firmware/reset.cpp" -T "$firmware/mps2.ld" --specs=rdimon.specs \
      -ffunction-sections -fdata-sections -Wl,--gc-sections -o "$work/on_board"
    timeout 60 $emulator -M mps2-an386 -nographic -semihosting-config enable=on,target=native \
      -kernel "$work/on_board" > "$work/found"
    same_numbers "$program"
  done
  # Addresses from 20000000 on are RAM.
  ${cross}nm -C "$work/on_board" | grep -q '^00.* net::in_flash$' &&
    ${cross}nm -C "$work/on_board" | grep -q '^20.* net::in_ram$' ||
    { echo 'examples/firmware: weights are not where they should be'; exit 1; }
  sh "$source/tests/size/check.sh" 250 "$source" "$work" ${cross}g++ -mthumb $m4 -fno-exceptions -fno-rtti \
    -isystem "$work/only"
  exit 0
fi

cross -O1 -static "$here/training.cpp" -o "$work/training"
$emulator "$work/training" > "$work/found"
same_numbers "$here/training.cpp"

compiled='constexpr/math/decimal.cpp constexpr/operation/constant.cpp'
run='runtime/math/decimal.cpp runtime/lanes/pack.cpp'
if [ "$how" = full ]; then
  # A long double of 113 bits is no scalar of the library's functions.
  unfit=CHECK_THAT
  [ $processor = i686 ] || unfit='CHECK_THAT\|long double'
  compiled=$(cd "$source/tests" && grep -rL "$unfit" constexpr laws golden --include '*.cpp' | sort)
  run=$(cd "$source/tests" && grep -rL "$unfit" runtime --include '*.cpp' | sort)
fi
failed=0
for file in $compiled; do
  cross -fsyntax-only "$source/tests/$file" || failed=1
done
for file in $run; do
  { cross -O1 -static -DSTAND_IN_MAIN "$source/tests/$file" -o "$work/test" && $emulator "$work/test"; } ||
    { echo "$file fails"; failed=1; }
done
exit $failed
