#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh: every public name has its entry in the reference, with all its parts; one that loses its
# comment is missed. Needs python3; without it the status is 77.
cd "$(dirname "$0")/../.." || exit 1
command -v python3 > /dev/null || { echo "python3 is not installed"; exit 77; }
export PYTHONDONTWRITEBYTECODE=1
python3 docs/site/reference.py . || exit 1

# The check can fail: without its comment a function has no formula, no domain.
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
cp -r include docs "$broken"
sed -i '/^\/\/\/ x^2/d' "$broken/include/chainrule/operation/power.hpp"
python3 docs/site/reference.py "$broken" | grep -q '^square .*: domain$' ||
  { echo "square without a comment is not missed"; exit 1; }
