#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <most percent> <source> <work> <compiler> [flags]: at -Os, network.cpp's gradient takes at
# most so many percent of the bytes that it takes by hand, the function itself and, where the
# compiler is one of other processors, all that is linked for it.
most=$1 source=$2 work=$3 failed=0
shift 3
case $1 in
*-none-eabi-g++) tools=${1%g++} linker='--specs=nosys.specs -Wl,--gc-sections' ;;
*) tools= linker= ;;
esac
compile() {
  "$compiler" -std=c++20 -Os -ffunction-sections -fdata-sections -I "$source/include" "$@" \
    "$source/tests/size/network.cpp"
}
compare() { # what, by chainrule, by hand
  echo "$1: $2 bytes, by hand $3"
  [ "$2" -gt 0 ] && [ "$3" -gt 0 ] && [ $((100 * $2)) -le $((most * $3)) ] ||
    { echo "that is more than $most percent"; failed=1; }
}
compiler=$1
shift
compile "$@" -c -o "$work/network.o" || exit 1
own() {
  echo $((0x$("${tools}nm" -S "$work/network.o" | sed -n "s/^[0-9a-f]* \([0-9a-f]*\) T $1$/\1/p")))
}
compare 'the function' "$(own by_chainrule)" "$(own by_hand)"
[ -n "$linker" ] || exit $failed
for subject in by_chainrule by_hand nothing; do
  compile "$@" -DSUBJECT=$subject $linker -o "$work/$subject" 2> "$work/warnings" ||
    { cat "$work/warnings"; exit 1; }
done
text_of() { "${tools}size" "$work/$1" | awk 'NR == 2 { print $1 }'; }
empty=$(text_of nothing)
compare 'all that is linked' $(($(text_of by_chainrule) - empty)) $(($(text_of by_hand) - empty))
exit $failed
