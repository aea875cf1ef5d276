#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# precompiled.sh <compiler> <include folder> <header>: a header that includes the library's and is
# compiled, beside it, as both compilers look for it.
set -e
mkdir -p "$(dirname "$3")"
echo '#include <chainrule/chainrule.hpp>' > "$3"
"$1" -std=c++20 -I "$2" -x c++-header "$3" -o "$3.gch"
