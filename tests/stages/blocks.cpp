// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Counts the blocks of code that the other file executes; compiled without their reports.
extern long executed_blocks;
long executed_blocks = 0;

extern "C" void __sanitizer_cov_trace_pc();
extern "C" void __sanitizer_cov_trace_pc() { ++executed_blocks; }
