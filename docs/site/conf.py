# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# How Sphinx makes the site; docs/site/build.sh gathers the pages and calls it.
import re

with open("chainrule.hpp.txt", encoding="utf-8") as header:
    number = dict(re.findall(r"#define CHAINRULE_VERSION_(\w+) (\d+)", header.read()))

project = "chainrule"
copyright = "2026 The chainrule authors"
release = ".".join(number[part] for part in ("MAJOR", "MINOR", "PATCH"))

extensions = ["myst_parser"]
myst_heading_anchors = 3  # the anchors that GitHub gives headings, for links between pages
html_theme = "furo"
html_title = f"chainrule {release}"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
highlight_language = "none"
smartquotes = False  # quotation marks are code here, more often than not
