# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# chainrule_tapes: the tape libraries of others that <chainrule/benchmark.hpp> knows, those that are
# installed, and their names in `tapes_found`.
add_library(chainrule_tapes INTERFACE)
set(tapes_found "")

# Libraries to link, which the header waits to be asked for.
foreach(each "ADOLC;adolc;adolc/adolc.h" "CPPAD;cppad_lib;cppad/cppad.hpp" "ADEPT;adept;adept.h")
  list(GET each 0 name)
  list(GET each 1 library)
  list(GET each 2 header)
  find_library(${name}_library ${library})
  find_path(${name}_headers ${header})
  mark_as_advanced(${name}_library ${name}_headers)
  if(${name}_library AND ${name}_headers)
    target_compile_definitions(chainrule_tapes INTERFACE CHAINRULE_WITH_${name})
    target_include_directories(chainrule_tapes SYSTEM INTERFACE ${${name}_headers})
    target_link_libraries(chainrule_tapes INTERFACE ${${name}_library})
    list(APPEND tapes_found ${name})
  endif()
endforeach()

# Headers alone.
find_path(Sacado_headers Sacado_config.h PATH_SUFFIXES trilinos)
find_path(CoDiPack_headers codi.hpp PATH_SUFFIXES codi)
find_path(autodiff_headers autodiff/reverse/var.hpp)
foreach(name Sacado CoDiPack autodiff)
  mark_as_advanced(${name}_headers)
  if(${name}_headers)
    target_include_directories(chainrule_tapes SYSTEM INTERFACE ${${name}_headers})
    list(APPEND tapes_found ${name})
  endif()
endforeach()
