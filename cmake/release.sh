#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# release.sh <folder>: tags the commit that is checked out as the version that the header says, and
# writes into the folder chainrule-<version>.tar.gz and chainrule_all.hpp.
set -e
mkdir -p "$1"
to=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
version=$(sed -n 's/^#define CHAINRULE_VERSION_.* //p' include/chainrule/chainrule.hpp | paste -sd .)
[ -z "$(git status --porcelain)" ] || { echo "release.sh: there are changes that are not committed"; exit 1; }
grep -q "^## $version\$" CHANGELOG.md ||
  { echo "release.sh: CHANGELOG.md has no heading '## $version'; take away '(not released)'"; exit 1; }
git tag -a "v$version" -m "chainrule $version"
git archive --prefix="chainrule-$version/" -o "$to/chainrule-$version.tar.gz" "v$version"
sh cmake/single_header.sh "$to/chainrule_all.hpp"
ls -l "$to/chainrule-$version.tar.gz" "$to/chainrule_all.hpp"
