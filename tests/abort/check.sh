#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# check.sh <program> <call> <text>: the program must stop with this text; with the call "right" it
# must end with status 7.
program=$1 call=$2 text=$3
"$program" right || [ $? = 7 ] || { echo "the right call stops the program"; exit 1; }
output=$("$program" "$call" 2>&1) && { echo "$call: the program goes on"; exit 1; }
printf '%s\n' "$output" | grep -qF -- "$text" || { echo "$call: it says: $output"; exit 1; }
