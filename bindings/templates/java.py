# SPDX-License-Identifier: BSL-1.0
"""The constants of Java, and the C functions as JNA maps them directly: handles, addresses and
pointers to results are `long` (64-bit systems only), texts that go in are `byte[]`."""
import textwrap

HEAD = ("// SPDX-License-Identifier: BSL-1.0\n"
        "// Made by bindings/generate.py of the C headers; do not edit.\n")
FOLDER = "java/src/main/java/quytrinh/"
NUMBERS = {"int32_t": "int", "uint32_t": "int", "int64_t": "long", "uint64_t": "long",
           "size_t": "long", "void": "void"}
UNKNOWN = ('    /** A number of a newer library; see {@link QuytrinhException#number()}. */\n'
           '    UNKNOWN(-1);')


def public_enum(enum):
    members = ",\n".join(f"    {one.name}({one.number})" for one in enum.members)
    code = enum.name == "Code"
    end = f",\n{UNKNOWN}" if code else ";"
    doc = enum.doc.replace("`draw`", "{@link Office#draw}")
    out = [HEAD, "package quytrinh;\n", f"/** {doc} */",
           f"public enum {enum.name} {{", f"{members}{end}\n",
           "    private final int number;\n", f"    {enum.name}(int number) {{",
           "        this.number = number;", "    }\n",
           "    /** As the C header has it. */", "    public int number() {",
           "        return number;", "    }"]
    if code:
        out += ["", "    static Code of(int number) {", "        for (Code one : values())",
                "            if (one.number == number) return one;", "        return UNKNOWN;",
                "    }"]
    return "\n".join(out + ["}"]) + "\n"


def flags(api):
    out = [HEAD, "package quytrinh;\n",
           "/** How a store is opened; the version of the functions. */", "final class OpenFlag {", f"    static final int ABI_VERSION = {api.abi_version};"]
    out += [f"    static final int {one.name} = {one.number};"
            for one in api.enum("OpenFlag").members]
    return "\n".join(out + ["", "    private OpenFlag() {}", "}"]) + "\n"


def kind(c_type):
    if c_type == "const char *":
        return "byte[]"
    return NUMBERS.get(c_type, "long")


def functions(api):
    out = [HEAD, "package quytrinh;\n",
           "/** The functions of the native library; {@link Native} reads them in. */",
           "final class Functions {"]
    for one in api.functions:
        given = ", ".join(f"{kind(p.type)}~{'imports' if p.name == 'import' else p.name}"
                          for p in one.parameters)
        returns = NUMBERS.get(one.returns, "long")
        line = f"static native {returns} {one.name}({given});"
        out += [each.replace("~", " ") for each in textwrap.wrap(
            line, 96, initial_indent="    ", subsequent_indent="            ")] + [""]
    return "\n".join(out + ["    private Functions() {}", "}"]) + "\n"


def options(api):
    """Where the members lie on every 64-bit system: each at a multiple of its size."""
    (one,) = [s for s in api.structs if s.name == "quytrinh_open_options"]
    out = [HEAD, "package quytrinh;\n", "/** Where the options of quytrinh_open have what. */",
           "final class OpenOptions {"]
    at = 0
    for member in one.members:
        size = 4 if "int32_t" in member.type else 8
        at = (at + size - 1) // size * size
        out += [f"    static final int {member.name.upper()} = {at};"]
        at += size
    out += [f"    static final int END = {(at + 7) // 8 * 8};"]
    return "\n".join(out + ["", "    private OpenOptions() {}", "}"]) + "\n"


def files(api):
    found = {f"{FOLDER}{enum.name}.java": public_enum(enum) for enum in api.enums if not enum.flags}
    found[FOLDER + "OpenFlag.java"] = flags(api)
    found[FOLDER + "Functions.java"] = functions(api)
    found[FOLDER + "OpenOptions.java"] = options(api)
    return found
