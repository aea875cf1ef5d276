#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# versions.sh <source>: every recipe of packaging/ is of the version that the header says.
cd "$1" || exit 1
version=$(sed -n 's/^#define CHAINRULE_VERSION_.* //p' include/chainrule/chainrule.hpp | paste -sd .)
failed=0
for file in packaging/vcpkg/vcpkg.json packaging/conan/conanfile.py packaging/bazel/MODULE.bazel; do
  grep -q "version\"*[ :=]*\"$version\"" "$file" || { echo "$file is not of version $version"; failed=1; }
done
exit $failed
