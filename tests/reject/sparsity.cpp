// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: sparsity(m), m = jacobian(f, x) or hessian(f, x): it is asked of one of these
// EXPECT 2: sparse_hessian(f, x): x is a variable, or several of them
// EXPECT 3: f is a matrix (its shape is named in this message)
#include <chainrule/sparse.hpp>

using namespace chainrule;

constexpr variable<"x", 3> x;
constexpr auto h = sin(x);
constexpr auto f = sum(elementwise_product(h, h));

#ifdef ACCEPT
constexpr auto p = sparsity(jacobian(h, x));
constexpr auto q = sparse_hessian(f, x);
#elif MISTAKE == 1
constexpr auto p = sparsity(f * x);
#elif MISTAKE == 2
constexpr auto q = sparse_hessian(f, h);
#else
constexpr auto q = sparse_hessian(h, x);
#endif
