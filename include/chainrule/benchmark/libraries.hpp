// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Other libraries of tapes, those that the compiler finds, each with what it takes to record a
// formula and to read its gradient: make(memory, value) of each variable between begin(n) and
// start(variables, n), then finish(result, variables, slopes, n). ADOL-C, CppAD and Adept are to
// be linked, and so to be asked for. A formula is recorded anew in each call; where a library can
// run a recording again, a second row does, with again(values, slopes). Read next: methods.hpp.
#pragma once

#include <chainrule/benchmark/forward.hpp>
#include <chainrule/operation/rules.hpp>
#include <string>
#include <vector>

#if __has_include(<adolc/adolc.h>) && defined(CHAINRULE_WITH_ADOLC)
#include <adolc/adolc.h>
#endif
#if __has_include(<Sacado_config.h>) && __has_include(<Kokkos_Macros.hpp>)
#include <Sacado_trad.hpp>
#endif
#if __has_include(<codi.hpp>)
#include <codi.hpp>
#endif
#if __has_include(<cppad/cppad.hpp>) && defined(CHAINRULE_WITH_CPPAD)
#include <cppad/cppad.hpp>
#endif
#if __has_include(<adept.h>) && defined(CHAINRULE_WITH_ADEPT)
#include <adept.h>
#endif
#if __has_include(<autodiff/reverse/var.hpp>) && __has_include(<Eigen/Core>)
#include <autodiff/reverse/var.hpp>
#endif
#if __has_include(<unsupported/Eigen/AutoDiff>)
#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>
#elif __has_include(<eigen3/unsupported/Eigen/AutoDiff>)
#include <eigen3/Eigen/Core>
#include <eigen3/unsupported/Eigen/AutoDiff>
#endif

namespace chainrule::detail::CHAINRULE_FLAGS {

struct no_library {};

#if __has_include(<adolc/adolc.h>) && defined(CHAINRULE_WITH_ADOLC)
struct adolc_library {
  static constexpr const char *name = "ADOL-C, recorded anew";
  static constexpr const char *name_again = "ADOL-C, recorded once";
  static constexpr short tape = 1;
  using number = adouble;

  double result = 0;

  static double value(const adouble &x) { return x.value(); }
  static void begin(int) { trace_on(tape, 1); }
  static void make(void *at, double value) { *::new (at) adouble() <<= value; }
  static void start(auto *, int) {}
  void finish(const adouble &y, const auto *, double *slopes, int count) {
    adouble output = y;
    output >>= result;
    trace_off();
    back(slopes, count);
  }
  double again(const double *values, double *slopes, int count) {
    zos_forward(tape, 1, count, 1, values, &result);
    back(slopes, count);
    return result;
  }

private:
  static void back(double *slopes, int count) {
    double weight = 1;
    fos_reverse(tape, 1, count, &weight, slopes);
  }
};
#else
using adolc_library = no_library;
#endif

#if __has_include(<Sacado_config.h>) && __has_include(<Kokkos_Macros.hpp>)
struct sacado_library {
  static constexpr const char *name = "Sacado, Rad";
  using number = Sacado::Rad::ADvar<double>;

  static double value(const number &x) { return x.val(); }
  static void begin(int) {}
  static void make(void *at, double value) { ::new (at) number(value); }
  static void start(auto *, int) {}
  static void finish(const number &y, const auto *variables, double *slopes, int count) {
    number output = y;
    Sacado::Rad::ADcontext<double>::Outvar_Gradcomp(output);
    for (int i = 0; i < count; ++i)
      slopes[i] = variables[i].number.adj();
  }
};
#else
using sacado_library = no_library;
#endif

#if __has_include(<codi.hpp>)
struct codipack_library {
  static constexpr const char *name = "CoDiPack, RealReverse";
  using number = codi::RealReverse;

  static double value(const number &x) { return x.getValue(); }
  static void begin(int) {
    number::getTape().reset();
    number::getTape().setActive();
  }
  static void make(void *at, double value) {
    number::getTape().registerInput(*::new (at) number(value));
  }
  static void start(auto *, int) {}
  static void finish(const number &y, const auto *variables, double *slopes, int count) {
    number output = y;
    number::getTape().registerOutput(output);
    number::getTape().setPassive();
    output.setGradient(1);
    number::getTape().evaluate();
    for (int i = 0; i < count; ++i)
      slopes[i] = variables[i].number.getGradient();
  }
};
#else
using codipack_library = no_library;
#endif

#if __has_include(<cppad/cppad.hpp>) && defined(CHAINRULE_WITH_CPPAD)
struct cppad_library {
  static constexpr const char *name = "CppAD, recorded anew";
  static constexpr const char *name_again = "CppAD, recorded once";
  using number = CppAD::AD<double>;

  std::vector<number> inputs{}, outputs = std::vector<number>(1);
  std::vector<double> point{}, weight = std::vector<double>(1, 1.0);
  CppAD::ADFun<double> function{};

  static double value(const number &x) { return CppAD::Value(CppAD::Var2Par(x)); }
  void begin(int) { point.clear(); }
  void make(void *at, double value) {
    ::new (at) number(value);
    point.push_back(value);
  }
  void start(auto *variables, int count) {
    inputs.resize(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
      inputs[static_cast<std::size_t>(i)] = variables[i].number;
    CppAD::Independent(inputs);
    for (int i = 0; i < count; ++i)
      variables[i].number = inputs[static_cast<std::size_t>(i)];
  }
  void finish(const number &y, const auto *, double *slopes, int) {
    outputs[0] = y;
    function.Dependent(inputs, outputs);
    run(slopes);
  }
  double again(const double *values, double *slopes, int count) {
    point.assign(values, values + count);
    return run(slopes);
  }

private:
  double run(double *slopes) {
    const double value_there = function.Forward(0, point)[0];
    const std::vector<double> all = function.Reverse(1, weight);
    std::copy(all.begin(), all.end(), slopes);
    return value_there;
  }
};
#else
using cppad_library = no_library;
#endif

#if __has_include(<adept.h>) && defined(CHAINRULE_WITH_ADEPT)
struct adept_library {
  static constexpr const char *name = "Adept";
  using number = adept::adouble;

  adept::Stack stack{};

  static double value(const number &x) { return x.value(); }
  static void begin(int) {}
  static void make(void *at, double value) { ::new (at) number(value); }
  void start(auto *, int) { stack.new_recording(); }
  void finish(const number &y, const auto *variables, double *slopes, int count) {
    number output = y;
    output.set_gradient(1.0);
    stack.compute_adjoint();
    for (int i = 0; i < count; ++i)
      variables[i].number.get_gradient(slopes[i]);
  }
};
#else
using adept_library = no_library;
#endif

#if __has_include(<autodiff/reverse/var.hpp>) && __has_include(<Eigen/Core>)
struct autodiff_library {
  static constexpr const char *name = "autodiff, var";
  using number = autodiff::var;

  static double value(const number &x) { return autodiff::val(x); }
  static void begin(int) {}
  static void make(void *at, double value) { ::new (at) number(value); }
  static void start(auto *, int) {}
  static void finish(const number &y, const auto *variables, double *slopes, int count) {
    for (int i = 0; i < count; ++i) {
      slopes[i] = 0;
      variables[i].number.expr->bind_value(slopes + i);
    }
    y.expr->propagate(1.0);
    for (int i = 0; i < count; ++i)
      variables[i].number.expr->bind_value(nullptr);
  }
};
#else
using autodiff_library = no_library;
#endif

#if __has_include(<unsupported/Eigen/AutoDiff>) ||                                                 \
    __has_include(<eigen3/unsupported/Eigen/AutoDiff>)
/// Forward: each number has all slopes, up to 64 of them; more of them nobody would carry along.
template <int Count>
struct eigen_forward {
  static constexpr const char *name = "Eigen's AutoDiff, forward";
  using number = Eigen::AutoDiffScalar<Eigen::Matrix<double, Count, 1>>;

  int made = 0;

  static double value(const number &x) { return x.value(); }
  void begin(int) { made = 0; }
  void make(void *at, double value) { ::new (at) number(value, Count, made++); }
  static void start(auto *, int) {}
  static void finish(const number &y, const auto *, double *slopes, int count) {
    for (int i = 0; i < count; ++i)
      slopes[i] = y.derivatives()[i];
  }
};
template <int Count>
using eigen_library =
    typename choose_type<(Count <= 64)>::template of<eigen_forward<Count <= 64 ? Count : 1>,
                                                     no_library>;
#else
template <int>
using eigen_library = no_library;
#endif

/// Those that are not there, and what it would take.
inline std::vector<std::string> libraries_not_present() {
  return {
#if !__has_include(<adolc/adolc.h>)
    "ADOL-C",
#elif !defined(CHAINRULE_WITH_ADOLC)
    "ADOL-C (-DCHAINRULE_WITH_ADOLC -ladolc)",
#endif
#if __has_include(<trilinos/Sacado_config.h>) && !__has_include(<Sacado_config.h>)
        "Sacado (-isystem /usr/include/trilinos)",
#elif !__has_include(<Sacado_config.h>) || !__has_include(<Kokkos_Macros.hpp>)
        "Sacado and Kokkos",
#endif
#if !__has_include(<codi.hpp>)
        "CoDiPack",
#endif
#if !__has_include(<cppad/cppad.hpp>)
        "CppAD",
#elif !defined(CHAINRULE_WITH_CPPAD)
        "CppAD (-DCHAINRULE_WITH_CPPAD -lcppad_lib)",
#endif
#if !__has_include(<adept.h>)
        "Adept",
#elif !defined(CHAINRULE_WITH_ADEPT)
        "Adept (-DCHAINRULE_WITH_ADEPT -ladept)",
#endif
#if !__has_include(<autodiff/reverse/var.hpp>)
        "autodiff",
#elif !__has_include(<Eigen/Core>)
        "autodiff (-isystem of Eigen)",
#endif
#if !__has_include(<unsupported/Eigen/AutoDiff>) &&                                                \
    !__has_include(<eigen3/unsupported/Eigen/AutoDiff>)
        "Eigen's AutoDiff",
#endif
  };
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
