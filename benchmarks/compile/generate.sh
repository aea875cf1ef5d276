#!/bin/sh
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# generate.sh <chain|reuse|residual|dense> <n>: a translation unit with the gradient of
#   chain     n layers sigmoid(w_i * h)
#   reuse     n levels h = sigmoid(h) * h
#   residual  n blocks h = h + W_i tanh(V_i h + b_i) of 16 units
#   dense     784-n-10 with tanh and softmax cross-entropy, 32 samples
kind=$1 n=$2
echo '#include <chainrule/chainrule.hpp>'
echo 'using namespace chainrule;'
if [ "$kind" = dense ]; then
  cat << EOF
constexpr variable<"X", 784, 32> X;
constexpr variable<"Y", 10, 32> Y;
constexpr auto model = sequential(dense<"hidden", 784, $n>([](auto z) { return tanh(z); }),
                                  dense<"output", $n, 10>(linear));
constexpr auto loss = mean(softmax_cross_entropy(model(X), Y));
using parameters_type = decltype(parameters<double>(model));
double run(parameters_type &theta, const double (&pixels)[784 * 32], const double (&labels)[10 * 32]);
double run(parameters_type &theta, const double (&pixels)[784 * 32], const double (&labels)[10 * 32]) {
  const auto [value, slope] = compile(loss, gradient(loss, model))(theta, X = pixels, Y = labels);
  theta.descend(slope, 0.1);
  return value;
}
EOF
  exit
fi

if [ "$kind" = residual ]; then
  echo 'constexpr variable<"x", 16> x;'
  echo 'constexpr variable<"y", 16> y;'
  echo 'constexpr auto h0 = x;'
  i=0 weights=""
  while [ "$i" -lt "$n" ]; do
    echo "constexpr variable<\"W$i\", 16, 16> W$i;"
    echo "constexpr variable<\"V$i\", 16, 16> V$i;"
    echo "constexpr variable<\"b$i\", 16> b$i;"
    echo "constexpr auto h$((i + 1)) = h$i + W$i * tanh(V$i * h$i + b$i);"
    weights="$weights${weights:+, }W$i, V$i, b$i"
    i=$((i + 1))
  done
  cat << EOF
constexpr auto loss = half_squared_error(h$n, y);
using parameters_type = decltype(parameters<double>($weights));
double run(parameters_type &theta, const double (&in)[16], const double (&out)[16]);
double run(parameters_type &theta, const double (&in)[16], const double (&out)[16]) {
  const auto [value, slope] =
      compile(loss, gradient(loss, $weights))(theta, x = in, y = out);
  theta.descend(slope, 0.1);
  return value;
}
EOF
  exit
fi

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
