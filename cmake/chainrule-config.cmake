# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74 CONFIG COMPONENTS headers)
include(${CMAKE_CURRENT_LIST_DIR}/chainrule-targets.cmake)
# chainrule::eigen is there if Eigen is.
find_package(Eigen3 3.3 QUIET NO_MODULE)
if(Eigen3_FOUND)
  include(${CMAKE_CURRENT_LIST_DIR}/chainrule-eigen-targets.cmake)
endif()
