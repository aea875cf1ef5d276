#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <find_package|add_subdirectory|oldest_cmake|fetch_content|pkg_config|meson> <source>
# <build> <compiler>: a project of its own that uses chainrule, installed or as a folder; oldest_cmake
# is that folder taking the ways of CMake 3.16. Status 77: what it needs is not installed.
set -e
way=$1 source=$2 build=$3 compiler=$4
consumer=$build/package_$way
rm -rf "$consumer"
case $way in
  find_package)
    cmake --install "$build" --prefix "$consumer/prefix" > /dev/null
    where=-DCMAKE_PREFIX_PATH=$consumer/prefix ;;
  oldest_cmake) where="-DCHAINRULE_SOURCE=$source -DCHAINRULE_AS_CMAKE=3.16.3 -DCHAINRULE_INSTALL=ON" ;;
  add_subdirectory) where=-DCHAINRULE_SOURCE=$source ;;
  fetch_content) where="-DCHAINRULE_FETCHED=ON -DFETCHCONTENT_SOURCE_DIR_CHAINRULE=$source" ;;
  pkg_config)
    command -v pkg-config > /dev/null || exit 77
    # The prefix that a package is built for is another one than where it is put together.
    sed "s|^prefix=.*|prefix=$consumer/prefix|" "$build/chainrule.pc" > "$build/chainrule_here.pc"
    mkdir -p "$consumer/prefix/include"
    cp -r "$source/include/chainrule" "$consumer/prefix/include"
    # shellcheck disable=SC2046
    "$compiler" -std=c++20 $(PKG_CONFIG_PATH=$build pkg-config --cflags 'chainrule_here >= 0.1') \
                "$source/tests/package/consumer/main.cpp" \
                "$source/tests/package/consumer/functions.cpp" -o "$consumer/consumer"
    "$consumer/consumer"
    exit 0 ;;
  meson)
    command -v meson > /dev/null || exit 77
    mkdir -p "$consumer/subprojects"
    cp "$source"/tests/package/consumer/*.cpp "$source/tests/package/consumer/meson.build" "$consumer"
    ln -s "$source" "$consumer/subprojects/chainrule"
    CXX=$compiler meson setup "$consumer/build" "$consumer" > /dev/null
    meson compile -C "$consumer/build" > /dev/null
    "$consumer/build/consumer"
    exit 0 ;;
esac
# shellcheck disable=SC2086
cmake -S "$source/tests/package/consumer" -B "$consumer/build" -G Ninja \
      -DCMAKE_CXX_COMPILER="$compiler" $where > /dev/null
cmake --build "$consumer/build" > /dev/null
"$consumer/build/consumer"
if [ -f "$consumer/build/consumer_of_eigen" ]; then
  "$consumer/build/consumer_of_eigen"
fi
if [ "$way" = oldest_cmake ]; then # no sets of headers: the folder is installed as it is
  cmake --install "$consumer/build" --prefix "$consumer/prefix" > /dev/null
  cmake -E compare_files "$source/include/chainrule/eigen.hpp" "$consumer/prefix/include/chainrule/eigen.hpp"
  cmake -E compare_files "$source/include/chainrule/chainrule.cppm" "$consumer/prefix/include/chainrule/chainrule.cppm"
fi
