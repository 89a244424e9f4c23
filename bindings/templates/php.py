# SPDX-License-Identifier: BSL-1.0
"""The constants of PHP, and the declarations that FFI reads."""
import textwrap

HEAD = """<?php
// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

declare(strict_types=1);

namespace Quytrinh;

"""


def words_of(name):
    """NOT_PERMITTED as PHP names cases: NotPermitted."""
    return "".join(part.capitalize() for part in name.split("_"))


def enumeration(enum):
    out = [f"/** {enum.doc} */", f"enum {enum.name}: int", "{"]
    out += [f"    case {words_of(one.name)} = {one.number};" for one in enum.members]
    return HEAD + "\n".join(out + ["}"]) + "\n"


def flags(api):
    out = ["/**", " * How a store is opened; the version of the functions.", " *", " * @internal",
           " */", "final class OpenFlag", "{", f"    public const ABI_VERSION = {api.abi_version};"]
    out += [f"    public const {one.name} = {one.number};" for one in api.enum("OpenFlag").members]
    return HEAD + "\n".join(out + ["}"]) + "\n"


def kind(api, c_type):
    """Handles, and what is handed to callbacks, are numbers: nobody looks behind them."""
    base = c_type.replace("*", "").strip()
    if base == "void" and "*" in c_type:
        return "uintptr_t"
    if base in api.handles:
        return "uintptr_t" if c_type.count("*") == 1 else "uintptr_t*"
    # What C hands over is read by its length: PHP would read `const char*` up to a zero.
    if c_type.count("*") == 2:
        c_type = c_type.replace("const ", "")
    return c_type.replace(" *", "*")


def given(api, parameters):
    return ", ".join(f"{kind(api, p.type)} {p.name}".replace(" ", "~")
                     for p in parameters) or "void"


def wrapped(text):
    return [line.replace("~", " ") for line in textwrap.wrap(text, 100, subsequent_indent="    ")]


def declarations(api):
    out = ['#define FFI_SCOPE "quytrinh"',
           '#define FFI_LIB "libquytrinh_c.so.1"',
           "/* SPDX-License-Identifier: BSL-1.0 */",
           "// quytrinh.ffi: quytrinh/quytrinh.h as FFI of PHP reads it, with numbers for handles.",
           "// Made by bindings/generate.py; do not edit."]
    for one in api.callbacks:
        given_to = given(api, one.parameters).replace("const~", "")
        out += wrapped(f"typedef {one.returns} (*{one.name})({given_to});")
    for one in api.structs:
        out += [f"typedef struct {one.name} {{"]
        out += [f"    {kind(api, p.type)} {p.name};" for p in one.members] + [f"}} {one.name};"]
    for one in api.functions:
        returns = one.returns.replace(" *", "*")
        out += wrapped(f"{returns} {one.name}({given(api, one.parameters)});")
    return "\n".join(out) + "\n"


def files(api):
    found = {f"php/src/{enum.name}.php": enumeration(enum) for enum in api.enums if not enum.flags}
    found["php/src/OpenFlag.php"] = flags(api)
    found["php/src/quytrinh.ffi"] = declarations(api)
    return found
