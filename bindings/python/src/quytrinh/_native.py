# SPDX-License-Identifier: BSL-1.0
"""The C functions by ctypes, which lets go of the GIL while one of them works."""
from __future__ import annotations

import atexit
import ctypes as c
import json
import os
import threading
import time
import weakref
from pathlib import Path
from typing import Any

from ._codes import ABI_VERSION, Code, Words
from .errors import error_of

Handle = c.c_void_p


class OfficeHandle(Handle):
    #: whether its calls may call back, or let go of what was called back
    calls_back = False


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
    "take": [Handle, c.c_uint32, c.c_uint32, c.c_int32, *_ERROR, *_OUT],
    "settle": [Handle, *_TEXT, *_ERROR, *_OUT],
    "pull": [Handle, c.c_uint32, c.c_int32, *_ERROR, *_OUT],
    "reply_text": [Handle, *_TEXT],
    "reply_member": [Handle, *_TEXT, c.c_int32, c.c_uint64],
}


def _load() -> c.CDLL:
    name = "libquytrinh_c.so.1"
    beside = Path(__file__).with_name(name)
    # A bare name is looked for by the system's loader.
    library = c.CDLL(os.environ.get("QUYTRINH_LIBRARY")
                     or (str(beside) if beside.exists() else name))
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
FORKED, HOST_CALLBACK_FAILED = int(Code.FORKED), int(Code.HOST_CALLBACK_FAILED)
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


def _leave() -> None:
    """Lets calls of daemon threads come to their end; callbacks fail at once from now on."""
    global _ending
    _ending = True
    patience = time.monotonic() + 10
    while _inside and time.monotonic() < patience:
        time.sleep(0.001)


# The first finalizer of a process has them all run at its end. Offices are closed by one, and what
# is registered later runs earlier: daemon threads are held back before their offices go.
weakref.finalize(_leave, int).detach()
atexit.register(_leave)


def _left_behind() -> None:
    _inside.clear()  # threads of the parent, which a forked child does not have


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_left_behind)


def call(name: str, *arguments: Any) -> int:
    """A function that calls nothing back."""
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


def let_go(*handles: Any) -> None:
    """Of what an exception of a signal handler (Ctrl-C) has left behind: one may come between a
    function and the first line after it. A handle that was released before is none any more."""
    for handle in handles:
        if isinstance(handle, Handle) and handle.value:
            _release(handle)


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
        try:
            # Not by `call`: this may be inside of one, which must come to its end.
            if _functions["error_json"](error, words, c.byref(shown)) == 0:
                details = json.loads(text_of(shown))
        except BaseException:
            let_go(shown)
            raise
        _release(error)
    elif code == FORKED:
        details = {"name": "forked", "message": "not usable in a forked child, open it again"}
    elif code == HOST_CALLBACK_FAILED:  # the call itself went on without what failed
        said = ("hàm của ứng dụng báo lỗi" if words == Words.VI
                else "a callback of the host failed")
        details = {"name": "host_callback_failed", "message": said}
    return error_of(code, details)


def _whole(words: Words, name: str, arguments: tuple[Any, ...], out: Any,
           text: bool) -> tuple[Exception | None, str]:
    """A call and what it gave: its failure, its text. Nothing is left to release but an office."""
    error = Handle()
    last = (c.byref(error),) if out is None else (c.byref(error), c.byref(out))
    try:
        code = _functions[name](*arguments, *last)
        if code != 0:
            return failure(code, error, words), ""
        return None, text_of(out) if text else ""
    except BaseException:
        let_go(error, out if text else None)  # an office goes another way
        raise


def outcome(words: Words, name: str, arguments: tuple[Any, ...], out: Any, *,
            asked: bool = False, named: bool = False, text: bool = False) -> str:
    """A function whose last parameters are the error and, unless it is None, `out`, which may be a
    `text`. `asked`: it may call back; `named`: what it calls was given to this very call."""
    if not asked:
        fault, said = _whole(words, name, arguments, out, text)
        if fault is not None:
            if _ending:
                _stay_out()
            raise fault
        return said
    made = calling.made(_whole, (words, name, arguments, out, text))
    raised: BaseException | None = made.stop
    cause = made.raised
    if raised is None:
        fault, said = made.result or (failure(FORKED, Handle(), words), "")
        if fault is None and (cause is None or not named):
            if cause is not None:  # it is done: the call cannot say that it failed
                calling.unraisable(cause, made.who)
            return said
        raised = fault or failure(HOST_CALLBACK_FAILED, Handle(), words)
    try:
        if cause is None or raised is cause or raised.__cause__ is not None:
            raise raised
        raise raised from cause
    finally:  # no circle of an exception and the frame that it came from
        del made, raised, cause


def done(words: Words, name: str, *arguments: Any) -> None:
    """A function of an office whose last parameter is the error."""
    outcome(words, name, arguments, None, asked=arguments[0].calls_back)


def number(words: Words, kind: Any, name: str, *arguments: Any) -> int:
    """A function of an office whose last parameters are the error and a number of this kind."""
    out = kind()
    outcome(words, name, arguments, out, asked=arguments[0].calls_back)
    found: int = out.value
    return found


def answer(words: Words, name: str, *arguments: Any, named: bool = False) -> str:
    """A function of an office whose last parameters are the error and a text."""
    if named or arguments[0].calls_back:
        return outcome(words, name, arguments, Handle(), asked=True, named=named, text=True)
    if _ending:
        _stay_out()
    error, out, me = Handle(), Handle(), object()
    try:
        _inside.add(me)
        try:
            code = _functions[name](*arguments, c.byref(error), c.byref(out))
        finally:
            _inside.discard(me)
        if code == 0:
            return text_of(out)
        if _ending:
            _stay_out()
        raise failure(code, error, words)
    except BaseException:
        let_go(error, out)
        raise


def let_office_go(handle: OfficeHandle) -> None:
    if not handle.calls_back:
        call("release", handle)
        return
    made = calling.made(_release, (handle,))
    if made.stop is not None:
        raise made.stop


def live_handles() -> int:
    count = c.c_uint64()
    call("live_handles", c.byref(count))
    return count.value


from . import _calling as calling  # noqa: E402 - it needs what stands above
