# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74 CONFIG COMPONENTS headers)
include(${CMAKE_CURRENT_LIST_DIR}/chainrule-targets.cmake)
