# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(CMAKE_VERSION VERSION_LESS 3.23)
  install(DIRECTORY include/chainrule DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
else()
  set(header_sets FILE_SET HEADERS)
  install(FILES include/chainrule/chainrule.cppm DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/chainrule)
endif()
install(TARGETS chainrule EXPORT chainrule ${header_sets})
install(TARGETS chainrule_eigen EXPORT chainrule-eigen ${header_sets})
install(EXPORT chainrule-eigen NAMESPACE chainrule:: FILE chainrule-eigen-targets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/chainrule)
install(EXPORT chainrule NAMESPACE chainrule:: FILE chainrule-targets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/chainrule)
write_basic_package_version_file(chainrule-config-version.cmake
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
configure_file(${CMAKE_CURRENT_LIST_DIR}/chainrule.pc.in chainrule.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/chainrule.pc
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/pkgconfig)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/chainrule-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/chainrule-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/chainrule)
