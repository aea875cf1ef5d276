#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <compiler> <source> <directory>: parts of a data set run on threads without a race, as
# ThreadSanitizer sees it.
program=$3/samples_on_threads
echo 'int main() {}' | "$1" -x c++ - -fsanitize=thread -o "$program" 2> /dev/null ||
  { echo "ThreadSanitizer is not installed"; exit 77; }
"$1" -std=c++20 -O1 -g1 -pthread -fsanitize=thread -I "$2/include" "$2/tests/samples/threads.cpp" -o "$program" ||
  exit 1
# It wants addresses where they are without randomisation.
setarch "$(uname -m)" -R true 2> /dev/null && exec setarch "$(uname -m)" -R "$program"
exec "$program"
