#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# generate.sh <chain|reuse> <n>: a translation unit with the gradient of n layers
# sigmoid(w_i * h), or of n levels h = sigmoid(h) * h.
kind=$1 n=$2
echo '#include <chainrule/chainrule.hpp>'
echo 'using namespace chainrule;'
echo 'constexpr variable<"x"> x;'
echo 'constexpr variable<"y"> y;'
echo 'constexpr auto h0 = x;'
i=0 weights="" arguments=""
while [ "$i" -lt "$n" ]; do
  if [ "$kind" = chain ]; then
    echo "constexpr variable<\"w$i\"> w$i;"
    echo "constexpr auto h$((i + 1)) = sigmoid(w$i * h$i);"
    weights="$weights, w$i"
    arguments="$arguments w$i = in[$i],"
  else
    echo "constexpr auto h$((i + 1)) = sigmoid(h$i) * h$i;"
  fi
  i=$((i + 1))
done
[ "$kind" = chain ] || weights=", x"
echo "constexpr auto loss = squared_error(h$n, y);"
echo "void run(const double *in, double *out);"
echo "void run(const double *in, double *out) {"
echo "  const auto [value, slope] ="
echo "      compile(loss, gradient(loss$weights))($arguments x = 0.7, y = in[$n]);"
echo "  *out++ = value;"
echo "  for (const double each : slope)"
echo "    *out++ = each;"
echo "}"
