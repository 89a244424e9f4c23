# SPDX-License-Identifier: BSL-1.0
"""Makes the constants of every binding, and what else follows from them, of the C headers.

    python3 bindings/generate.py           writes the files
    python3 bindings/generate.py --check   fails when one of them is stale

What a language's files look like stands in templates/<language>.py: `files(api)` gives their texts by
their paths under bindings/.
"""
from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADERS = HERE.parent / "include" / "quytrinh"
LANGUAGES = ("python", "node", "java", "php", "dotnet")


@dataclass(frozen=True)
class Member:
    name: str  #: without its prefix: "INVALID_UTF8"
    number: int
    doc: str


@dataclass(frozen=True)
class Enum:
    c_name: str  #: "quytrinh_open_flag"
    name: str  #: "OpenFlag"
    doc: str  #: the same sentence for every language
    flags: bool
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Parameter:
    type: str  #: as C writes it, one space before each star: "const char *", "quytrinh_error * *"
    name: str


@dataclass(frozen=True)
class Function:
    """A function, or the type of a callback."""

    name: str  #: "quytrinh_open", "quytrinh_row_fn"
    returns: str
    parameters: tuple[Parameter, ...]
    doc: str


@dataclass(frozen=True)
class Struct:
    name: str
    members: tuple[Parameter, ...]
    doc: str


@dataclass(frozen=True)
class Api:
    """Everything that the two headers declare, in their order."""

    abi_version: int
    abi_minor: int
    enums: tuple[Enum, ...]
    handles: tuple[str, ...]  #: "quytrinh_office", …
    callbacks: tuple[Function, ...]
    structs: tuple[Struct, ...]
    functions: tuple[Function, ...]

    def enum(self, name: str) -> Enum:
        return next(one for one in self.enums if one.name == name)


# What the types are called outside of C, and the sentence above them.
ENUMS = {
    "quytrinh_code": ("Code", "Every error number."),
    "quytrinh_words": ("Words", "Language of messages."),
    "quytrinh_drawing": ("Drawing", "What `draw` draws."),
    "quytrinh_open_flag": ("OpenFlag", "How a store is opened."),
}


def one_line(comment: str) -> str:
    return " ".join(re.sub(r"^ *\*", "", line).strip() for line in comment.split("\n")).strip()


def spaced(kind: str) -> str:
    return " ".join(kind.replace("*", " * ").split())


def parameters(text: str) -> tuple[Parameter, ...]:
    found = []
    for one in re.split(r"[,;]", text):
        one = spaced(one)
        if one in ("", "void"):
            continue
        kind, name = re.fullmatch(r"(.*?)(\w+)", one).groups()
        found.append(Parameter(kind.strip(), name))
    return tuple(found)


def enums(text: str) -> list[Enum]:
    found = []
    for c_name, body in re.findall(r"typedef enum (\w+) \{(.*?)\} \1;", text, re.S):
        members = tuple(
            Member(name, int(number), one_line(doc or ""))
            for name, number, doc in re.findall(
                r"QUYTRINH_(\w+) = (\d+),?\s*(?:/\*\*<(.*?)\*/)?", body, re.S))
        assert len(members) > 1, c_name
        if c_name not in ENUMS:
            sys.exit(f"{c_name} has no name in ENUMS of {Path(__file__).name}")
        name, doc = ENUMS[c_name]
        found.append(Enum(c_name, name, doc, c_name.endswith("_flag"), members))
    return found


def read() -> Api:
    errors = (HEADERS / "errors.h").read_text(encoding="utf-8")
    header = (HEADERS / "quytrinh.h").read_text(encoding="utf-8")
    doc = r"(?:/\*\*((?:[^*]|\*(?!/))*)\*/\s*)?"
    callbacks = [Function(name, spaced(returns), parameters(given), one_line(said or ""))
                 for said, returns, name, given in re.findall(
                     doc + r"typedef ([\w ]+?)\s*\(\*(\w+)\)\(([^)]*)\);", header)]
    structs = []
    for said, name, body in re.findall(doc + r"typedef struct (\w+) \{(.*?)\} \2;", header, re.S):
        body = re.sub(r"/\*.*?\*/", "", body, flags=re.S)
        structs.append(Struct(name, parameters(body), one_line(said or "")))
    functions = [Function(name, spaced(returns), parameters(given), one_line(said or ""))
                 for said, returns, name, given in re.findall(
                     doc + r"QUYTRINH_API ([\w *]+?)\s*\b(quytrinh_\w+)\(([^)]*)\);", header)]
    assert len(functions) == len(re.findall(r"^QUYTRINH_API ", header, re.M)) > 20
    version, minor = (int(re.search(r"define QUYTRINH_ABI_%s (\d+)" % word, header).group(1))
                      for word in ("VERSION", "MINOR"))
    return Api(version, minor, tuple(enums(errors) + enums(header)),
               tuple(re.findall(r"typedef struct (\w+) \1;", header)),
               tuple(callbacks), tuple(structs), tuple(functions))


def main() -> None:
    sys.dont_write_bytecode = True
    api = read()
    stale = []
    for language in LANGUAGES:
        if not (HERE / "templates" / f"{language}.py").exists():
            continue
        for path, text in importlib.import_module(f"templates.{language}").files(api).items():
            target = HERE / path
            if target.exists() and target.read_bytes() == text.encode("utf-8"):
                continue
            stale.append(path)
            if "--check" not in sys.argv:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode("utf-8"))
    if stale and "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(stale)}: python3 bindings/generate.py")


if __name__ == "__main__":
    main()
