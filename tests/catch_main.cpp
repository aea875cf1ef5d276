// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The main of the tests with Catch2; its version 3 would bring its own.
#define CATCH_CONFIG_RUNNER
#include "catch.hpp"

int main(int count, char **arguments) { return Catch::Session().run(count, arguments); }
