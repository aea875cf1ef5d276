// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// import chainrule; is chainrule.hpp with linear_algebra.hpp, sparse.hpp, fast_tanh.hpp and
// samples.hpp, read once for all that import it (docs/cookbook.md, "Compiling it once"). Its
// declarations belong to no module, so that units that include the library link with those that
// import it. What the headers include of others comes first, or it would be exported, too.
module;
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/hana/fwd/any_of.hpp>
#include <boost/hana/fwd/at_key.hpp>
#include <boost/hana/fwd/equal.hpp>
#include <boost/hana/fwd/find_if.hpp>
#include <boost/hana/fwd/hash.hpp>
#include <boost/hana/fwd/integral_constant.hpp>
#include <boost/hana/fwd/keys.hpp>
#include <boost/hana/fwd/length.hpp>
#include <boost/hana/fwd/optional.hpp>
#include <boost/hana/fwd/pair.hpp>
#include <boost/hana/fwd/tuple.hpp>
#include <boost/hana/fwd/type.hpp>
#include <boost/hana/fwd/unpack.hpp>
export module chainrule;

#pragma clang diagnostic ignored "-Winclude-angled-in-module-purview"
export extern "C++" {
#include <chainrule/chainrule.hpp>
#include <chainrule/fast_tanh.hpp>
#include <chainrule/linear_algebra.hpp>
#include <chainrule/samples.hpp>
#include <chainrule/sparse.hpp>
}

// What templates of the library find only where it is visible to who instantiates them; structured
// bindings of a user's, too.
export namespace std {
using std::get;
using std::tuple_element;
using std::tuple_size;
using std::operator==;
} // namespace std
