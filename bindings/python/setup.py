# SPDX-License-Identifier: BSL-1.0
"""Builds the native library with CMake and puts it into the package.

QUYTRINH_LIBRARY names one that is built already. Otherwise the checkout around this folder is
compiled, which takes some minutes and what README.md of the project names (Boost and so on);
CMAKE_ARGS adds options of CMake.
"""
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

try:
    from wheel.bdist_wheel import bdist_wheel
except ImportError:  # newer setuptools has its own
    from setuptools.command.bdist_wheel import bdist_wheel

ROOT = Path(__file__).resolve().parents[2]
NAME = "libquytrinh_c.so.1"

# Where setup.cfg has everything built.
(ROOT / "build" / "python-package").mkdir(parents=True, exist_ok=True)


def built_library() -> Path:
    given = os.environ.get("QUYTRINH_LIBRARY")
    if given:
        return Path(given).resolve(strict=True)
    if not (ROOT / "include" / "quytrinh" / "quytrinh.h").exists():
        raise SystemExit("quytrinh: install from a checkout, or set QUYTRINH_LIBRARY")
    off = ("TESTS", "EXAMPLES", "BENCH", "CLI")
    options = [f"-DQUYTRINH_BUILD_{name}=OFF" for name in off]
    folder = ROOT / "build" / "python-native"
    if shutil.which("ninja"):
        options += ["-G", "Ninja"]
    subprocess.run(
        ["cmake", "-S", str(ROOT), "-B", str(folder), "-DCMAKE_BUILD_TYPE=Release",
         "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
         "-DQUYTRINH_INSTALL=OFF", "-DQUYTRINH_UNITY=ON", *options,
         *shlex.split(os.environ.get("CMAKE_ARGS", ""))], check=True)
    subprocess.run(
        ["cmake", "--build", str(folder), "--target", "quytrinh_c", "--parallel", "2"], check=True)
    return folder / "bindings" / "c" / NAME


class with_library(build_py):
    def run(self):
        super().run()
        library = built_library()
        to = Path(self.build_lib) / "quytrinh"
        to.mkdir(parents=True, exist_ok=True)
        shutil.copy(library.resolve(), to / NAME)


class of_this_system(Distribution):
    def has_ext_modules(self):
        return True


class any_python(bdist_wheel):
    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(cmdclass={"build_py": with_library, "bdist_wheel": any_python}, distclass=of_this_system)
