#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# build.sh [<folder>]: builds the documentation as a site, build/site if no folder is named; open its
# index.html. Warnings are errors. Needs, on Debian: python3-sphinx python3-myst-parser furo; where
# they are missing the status is 77.
set -eu
folder=${1:-build/site}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/../.."
python=$(sed -n '1s/^#! *//p' "$(command -v sphinx-build || echo /dev/null)") # Sphinx's own
${python:-python3} -c 'import furo, myst_parser, sphinx' 2> /dev/null ||
  { echo "the site needs python3-sphinx, python3-myst-parser and furo"; exit 77; }

# The pages stand where they stand in the repository, so that their links lead where they do there.
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
cp docs/site/index.md docs/site/conf.py docs/site/site.css README.md CONTRIBUTING.md CHANGELOG.md LICENSE "$pages"
cp include/chainrule/chainrule.hpp "$pages/chainrule.hpp.txt"
for page in docs/*.md docs/*.svg examples/README.md examples/firmware/README.md tests/README.md packaging/README.md \
    benchmarks/results/*; do
  [ -f "$page" ] || continue
  mkdir -p "$pages/$(dirname "$page")"
  cp "$page" "$pages/$page"
done
PYTHONDONTWRITEBYTECODE=1 $python docs/site/reference.py . "$pages/docs/reference"
sphinx-build -q -W --keep-going -b html -d "$pages/.doctrees" "$pages" "$folder"
echo "file://$folder/index.html"
