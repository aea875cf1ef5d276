#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <find_package|add_subdirectory> <source> <build> <compiler>: a project of its own that
# uses chainrule, installed or as a folder.
set -e
way=$1 source=$2 build=$3 compiler=$4
consumer=$build/package_$way
rm -rf "$consumer"
if [ "$way" = find_package ]; then
  cmake --install "$build" --prefix "$consumer/prefix" > /dev/null
  where=-DCMAKE_PREFIX_PATH=$consumer/prefix
else
  where=-DCHAINRULE_SOURCE=$source
fi
cmake -S "$source/tests/package/consumer" -B "$consumer/build" -G Ninja \
      -DCMAKE_CXX_COMPILER="$compiler" "$where" > /dev/null
cmake --build "$consumer/build" > /dev/null
"$consumer/build/consumer"
if [ -f "$consumer/build/consumer_of_eigen" ]; then
  "$consumer/build/consumer_of_eigen"
fi
