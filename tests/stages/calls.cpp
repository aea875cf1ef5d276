// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Counts the calls of the other file; compiled without their reports.
extern int depth_of_calls, deepest_call;
extern long calls_in_all;
int depth_of_calls = 0, deepest_call = 0;
long calls_in_all = 0;

extern "C" void __cyg_profile_func_enter(void *, void *);
extern "C" void __cyg_profile_func_enter(void *, void *) {
  ++calls_in_all;
  if (++depth_of_calls > deepest_call)
    deepest_call = depth_of_calls;
}
extern "C" void __cyg_profile_func_exit(void *, void *);
extern "C" void __cyg_profile_func_exit(void *, void *) { --depth_of_calls; }
