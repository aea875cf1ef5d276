// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
//   fuzz formulas|matrices|recurrences|proofs|growth [arguments of the search]

#include "fuzz.hpp"

#include <cstdio>
#include <string_view>

int main(int count, char **arguments) {
  const std::string_view search = count > 1 ? arguments[1] : "";
  if (search == "formulas")
    return fuzz::search_formulas(count - 1, arguments + 1);
  if (search == "matrices")
    return fuzz::search_matrices(count - 1, arguments + 1);
  if (search == "recurrences")
    return fuzz::search_recurrences(count - 1, arguments + 1);
  if (search == "proofs")
    return fuzz::search_proofs(count - 1, arguments + 1);
  if (search == "growth")
    return fuzz::measure_growth(count - 1, arguments + 1);
  std::fputs("fuzz formulas|matrices|recurrences|proofs|growth\n", stderr);
  return 2;
}
