// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The searches of the program `fuzz`, each in a file of its own, which says what its arguments are.
// They answer 0 if nothing is wrong.

#pragma once

namespace fuzz {

int search_formulas(int count, char **arguments);
int search_matrices(int count, char **arguments);
int search_recurrences(int count, char **arguments);
int search_proofs(int count, char **arguments);
int measure_growth(int count, char **arguments);

} // namespace fuzz
