# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
"""conan create packaging/conan, in a clone of the repository."""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy


class Chainrule(ConanFile):
    name = "chainrule"
    version = "0.1.0"
    license = "MIT"
    description = "Networks as C++ expressions, gradients as straight-line code"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        copy(self, "LICENSE", root, self.export_sources_folder)
        copy(self, "*.[hc]pp*", os.path.join(root, "include"), os.path.join(self.export_sources_folder, "include"))

    def requirements(self):
        self.requires("boost/[>=1.74]", options={"header_only": True})

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.[hc]pp*", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_target_name", "chainrule::chainrule")
