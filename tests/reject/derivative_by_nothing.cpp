// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: a variable or part of f at least, by which it is differentiated
// EXPECT 2: a variable or part of f at least, by which it is differentiated
// EXPECT 3: a variable or part of f at least, by which it is differentiated
// EXPECT 4: a variable or part of f at least, by which it is differentiated
// EXPECT 5: f is a matrix (its shape is named in this message)
// EXPECT 6: f is a matrix (its shape is named in this message)
#include <chainrule/chainrule.hpp>
#include <chainrule/sparse.hpp>

using namespace chainrule;

constexpr variable<"u", 3> u;
#ifdef ACCEPT
constexpr auto f = jacobian(exp(u), u) + hessian(squared_norm(u), u);
constexpr auto g = hessian_times(squared_norm(u), u, u);
#elif MISTAKE == 1
constexpr auto f = jacobian(exp(u));
#elif MISTAKE == 2
constexpr auto f = hessian_times(squared_norm(u), u);
#elif MISTAKE == 3
constexpr auto f = sparse_hessian(squared_norm(u));
#elif MISTAKE == 4
constexpr auto f = gradient();
#elif MISTAKE == 5
constexpr auto f = hessian_times(u, transpose(u), u);
#elif MISTAKE == 6
constexpr auto f = hessian(u, u);
#endif
