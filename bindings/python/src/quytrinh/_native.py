# SPDX-License-Identifier: BSL-1.0
"""The C functions by ctypes, which lets go of the GIL while one of them works."""
from __future__ import annotations

import atexit
import ctypes as c
import itertools
import json
import os
import threading
import time
from pathlib import Path
from typing import Any, Callable

from ._codes import ABI_VERSION, Words
from .errors import error_of

Handle = c.c_void_p
Notify = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_size_t)
Ask = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_size_t, c.c_void_p)
Destroy = c.CFUNCTYPE(None, c.c_void_p)
Progress = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_uint64, c.c_uint64)
# Null pointers of these types.
NO_NOTIFY: Any = c.cast(0, Notify)
NO_ASK: Any = c.cast(0, Ask)
NO_DESTROY: Any = c.cast(0, Destroy)
NO_PROGRESS: Any = c.cast(0, Progress)


class OpenOptions(c.Structure):
    _fields_ = [("size", c.c_size_t), ("flags", c.c_uint32), ("lock_wait_ms", c.c_uint32),
                ("statement_ms", c.c_uint32), ("reserved", c.c_uint32), ("clock_us", c.c_int64),
                ("seed", c.c_uint64), ("check_bytes", c.c_uint64), ("tenant", c.c_char_p),
                ("tenant_size", c.c_size_t), ("limits", c.c_char_p), ("limits_size", c.c_size_t),
                ("members", Ask), ("members_user", c.c_void_p), ("members_destroy", Destroy)]


_TEXT = [c.c_char_p, c.c_size_t]
_ERROR, _OUT = [c.POINTER(Handle)], [c.POINTER(Handle)]
_SIGNATURES: dict[str, list[Any]] = {
    "release": [Handle],
    "live_handles": [c.POINTER(c.c_uint64)],
    "text_get": [Handle, c.POINTER(c.c_void_p), c.POINTER(c.c_size_t)],
    "error_message": [Handle, c.c_int32, *_OUT],
    "error_json": [Handle, c.c_int32, *_OUT],
    "open": [*_TEXT, c.POINTER(OpenOptions), *_ERROR, *_OUT],
    "now": [Handle, *_ERROR, c.POINTER(c.c_int64)],
    "set_clock": [Handle, c.c_int64, *_ERROR],
    "backup": [Handle, *_TEXT, *_ERROR],
    "check_store": [Handle, *_ERROR],
    "add": [Handle, *_TEXT, *_TEXT, Ask, c.c_void_p, c.c_int32, *_ERROR, *_OUT],
    "check": [Handle, *_TEXT, *_TEXT, Ask, c.c_void_p, c.c_int32, *_ERROR, *_OUT],
    "draw": [Handle, *_TEXT, c.c_int32, c.c_int32, *_ERROR, *_OUT],
    "rewrite": [Handle, *_TEXT, *_TEXT, Ask, c.c_void_p, *_TEXT, c.c_int32, *_ERROR, *_OUT],
    "test": [Handle, *_TEXT, *_TEXT, Ask, c.c_void_p, *_TEXT, Progress, c.c_void_p, c.c_int32,
             *_ERROR, *_OUT],
    "ask": [Handle, *_TEXT, c.c_int32, *_ERROR, *_OUT],
    "offer_again": [Handle, *_TEXT, *_ERROR, c.POINTER(c.c_uint64)],
    "pass_to": [Handle, c.c_int64, c.c_int32, *_ERROR, *_OUT],
    "add_calendars": [Handle, *_TEXT, *_TEXT, *_ERROR, *_OUT],
    "default_calendar": [Handle, *_TEXT, *_ERROR],
    "switch_calendar": [Handle, *_TEXT, *_TEXT, c.c_int32, *_ERROR],
    "set_table": [Handle, *_TEXT, Notify, c.c_void_p, Destroy, *_ERROR],
    "due": [Handle, *_TEXT, c.c_int32, *_ERROR, *_OUT],
    "execute": [Handle, *_TEXT, *_ERROR, *_OUT],
    "execute_all": [Handle, *_TEXT, c.c_int32, *_ERROR, *_OUT],
    "query": [Handle, *_TEXT, c.c_int32, *_ERROR, *_OUT],
    "verify": [Handle, *_TEXT, *_ERROR],
    "run_due": [Handle, c.c_uint32, c.c_int32, *_ERROR, *_OUT],
    "on_notification": [Handle, Notify, c.c_void_p, Destroy, c.c_int32, *_ERROR],
    "pull": [Handle, c.c_uint32, c.c_int32, *_ERROR, *_OUT],
    "reply_text": [Handle, *_TEXT],
    "reply_member": [Handle, *_TEXT, c.c_int32, c.c_uint64],
}


def _load() -> c.CDLL:
    beside = Path(__file__).with_name("libquytrinh_c.so.1")
    library = c.CDLL(os.environ.get("QUYTRINH_LIBRARY") or str(beside))
    library.quytrinh_abi_version.restype = c.c_uint32
    library.quytrinh_version.restype = c.c_char_p
    found = library.quytrinh_abi_version()
    if found != ABI_VERSION:
        raise ImportError(f"quytrinh: the library has ABI {found}, this package needs {ABI_VERSION}")
    for name, arguments in _SIGNATURES.items():
        function = getattr(library, "quytrinh_" + name)
        function.argtypes = arguments
        function.restype = c.c_int32
        _functions[name] = function
    return library


_functions: dict[str, Any] = {}
library = _load()
_text_get, _release = _functions["text_get"], _functions["release"]
# Made once: json.dumps makes one for every call that asks for anything unusual.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


# Threads that are inside of the library, each call by an object of its own. A daemon thread must
# not be there when the interpreter goes away: a callback would then end the thread in the middle
# of C++, which is the end of the process.
_inside: set[object] = set()
_ending = False


def _stay_out() -> None:
    if threading.current_thread() is not threading.main_thread():
        threading.Event().wait()  # until the process ends, as every daemon thread does


@atexit.register
def _leave() -> None:
    """Lets calls of daemon threads come to their end; callbacks fail at once from now on."""
    global _ending
    _ending = True
    patience = time.monotonic() + 10
    while _inside and time.monotonic() < patience:
        time.sleep(0.001)


def call(name: str, *arguments: Any) -> int:
    if _ending:
        _stay_out()
    me = object()
    _inside.add(me)
    try:
        code: int = _functions[name](*arguments)
        return code
    finally:
        _inside.discard(me)


def text(words: str) -> tuple[bytes, int]:
    data = words.encode("utf-8")
    return data, len(data)


def json_of(what: Any) -> tuple[bytes, int]:
    data = _encode(what).encode("utf-8")
    return data, len(data)


def text_of(handle: Handle) -> str:
    """The words of a text, which is released."""
    data, size = c.c_void_p(), c.c_size_t()
    try:
        if _text_get(handle, c.byref(data), c.byref(size)) != 0 or not data.value:
            return ""
        return c.string_at(data.value, size.value).decode("utf-8")
    finally:
        _release(handle)


def failure(code: int, error: Handle, words: Words) -> Exception:
    details: dict[str, Any] = {}
    if error.value:
        shown = Handle()
        if call("error_json", error, words, c.byref(shown)) == 0:
            details = json.loads(text_of(shown))
        call("release", error)
    elif code == 309:
        details = {"name": "forked", "message": "not usable in a forked child, open it again"}
    return error_of(code, details)


def done(words: Words, name: str, *arguments: Any) -> None:
    """A function whose last parameter is the error."""
    error = Handle()
    code = call(name, *arguments, c.byref(error))
    if code != 0:
        raise failure(code, error, words)


def answer(words: Words, name: str, *arguments: Any) -> str:
    """A function whose last parameters are the error and a text."""
    if _ending:
        _stay_out()
    error, out, me = Handle(), Handle(), object()
    _inside.add(me)
    try:
        code = _functions[name](*arguments, c.byref(error), c.byref(out))
    finally:
        _inside.discard(me)
    if code != 0:
        raise failure(code, error, words)
    return text_of(out)


# What C may still call, by the number that it has as `user`; taken out when it lets go.
_kept: dict[int, Any] = {}
_numbers = itertools.count(1)


def keep(*things: Any) -> int:
    number = next(_numbers)
    _kept[number] = things
    return number


def _let_go(user: int) -> None:
    _kept.pop(user, None)


let_go: Any = Destroy(_let_go)


def live_handles() -> int:
    count = c.c_uint64()
    call("live_handles", c.byref(count))
    return count.value


def telling(what: Callable[[Any], Any]) -> Any:
    """A callable as a callback that is given JSON. What it raises is a failure (-1)."""

    def tell(_user: int, data: int, size: int) -> int:
        if _ending:
            return -1
        try:
            return int(what(json.loads(c.string_at(data, size))) or 0)
        except BaseException:  # noqa: BLE001 - nothing may leave a callback
            return -1

    return Notify(tell)


def watching(what: Callable[[int, int], object], raised: list[BaseException]) -> Any:
    """A callable that is told of progress; what it raised is kept for who asked for the test."""

    def tell(_user: int, made: int, found: int) -> int:
        if _ending:
            return -1
        try:
            what(made, found)
            return 0
        except BaseException as e:  # noqa: BLE001
            raised.append(e)
            return 1

    return Progress(tell)


def asking(what: Callable[[str, Handle], bool]) -> Any:
    def ask(_user: int, data: int, size: int, reply: int) -> int:
        if _ending:
            return -1
        try:
            return 0 if what(c.string_at(data, size).decode("utf-8"), Handle(reply)) else 1
        except BaseException:  # noqa: BLE001
            return -1

    return Ask(ask)
