# SPDX-License-Identifier: BSL-1.0
"""Calls that call back, and what C calls.

What leaves a function that ctypes calls is printed, and C is answered 0, which is "delivered" or
"no such row". An exception can come before the first line of such a function: of a signal (Ctrl-C),
whose handler runs on the main thread wherever Python code goes on there, or of a stack at its end.
So C is not called on the main thread, but on a helper: no handler runs there, and its stack is
empty. The callables of the host run on the thread that made the call nevertheless, which waits for
the helper; what is raised there is kept, C is told of a failure, and the call raises it when it has
ended.
Other threads, where no handler runs, call C themselves once their stack is known to have room.
"""
from __future__ import annotations

import _thread
import ctypes as c
import itertools
import json
import os
import threading
import weakref
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from . import _native as native
from ._codes import Words

FAILED = -1
#: What an import or a member is answered with: functions of the library and their arguments.
Replies = list[tuple[Any, ...]]
#: Callables that call what calls them fail at this depth, before the stack ends.
DEEPEST = 8
# Frames that the callbacks below need before their `try`, and some more.
ROOM = 24

_here = threading.local()


class Kept:
    """A callable of the host as C knows it. `what` gives None when it failed; `failed` deals with
    what it raised, which otherwise is the cause of the error of the call."""

    def __init__(self, who: object, what: Callable[..., Any],
                 failed: Callable[..., None] | None = None) -> None:
        self.who, self.what, self.failed = who, what, failed


# By the number that C has as `user`. The office keeps the callable itself, in a keeper of its own,
# and may be collected together with it, also when one refers to the other.
_kept: dict[int, tuple[weakref.ref[Kept], weakref.ref[Keeper]]] = {}
_numbers = itertools.count(1)


class Keeper:
    """The callables of an office, or of one call."""

    def __init__(self) -> None:
        self.all: dict[int, Kept] = {}

    def keep(self, what: Kept) -> int:
        number = next(_numbers)
        self.all[number] = what
        _kept[number] = (weakref.ref(what),
                         weakref.ref(self, lambda _: _kept.pop(number, None) and None))
        return number

    def let_go(self) -> None:
        """Of all of them: C does not know them (any more)."""
        for number in list(self.all):
            forget(number)


def forget(number: int) -> None:
    found = _kept.pop(number, None)
    keeper = found and found[1]()
    if keeper:
        keeper.all.pop(number, None)


class TooDeep(RecursionError):
    pass


def _is_too_deep(raised: BaseException | None) -> bool:
    for _ in range(2 * DEEPEST):
        if raised is None or isinstance(raised, TooDeep):
            break
        raised = raised.__cause__
    return isinstance(raised, TooDeep)


class _Asked:
    """What a helper asks the thread that made the call."""

    def __init__(self, kept: Kept, given: tuple[Any, ...]) -> None:
        self.kept, self.given = kept, given
        self.ran = self.over = False
        self.answer: Any = None
        self.back: SimpleQueue[None] = SimpleQueue()


class Call:
    def __init__(self, function: Any, arguments: tuple[Any, ...], helped: bool) -> None:
        self.function, self.arguments, self.helped = function, arguments, helped
        self.depth: int = getattr(_here, "depth", 0)
        self.process = os.getpid()
        #: what the function gave; None while it has not ended
        self.result: Any = None
        #: what a callable raised, and which
        self.raised: Exception | None = None
        self.who: object = None
        #: what must reach the caller as it is: KeyboardInterrupt and the like
        self.stop: BaseException | None = None
        self.too_deep = False
        self.begun = _thread.allocate_lock()
        self.ended = self.left = False
        self.asked: _Asked | None = None
        self.wake: SimpleQueue[None] = SimpleQueue()

    def carry_out(self) -> None:
        """Calls C on this thread."""
        before = getattr(_here, "call", None)
        _here.call = self
        native._inside.add(self)
        try:
            self.result = self.function(*self.arguments)
        except BaseException as e:  # noqa: BLE001 - an argument that ctypes does not take
            self.stop = e
        finally:
            native._inside.discard(self)
            _here.call = before

    def run(self, kept: Kept, given: tuple[Any, ...]) -> Any:
        """Runs a callable of the host on this thread; None when it failed, or may not begin."""
        if self.stop is not None or self.too_deep:
            return None
        try:
            try:
                if self.depth >= DEEPEST:
                    raise TooDeep(f"callables called the office that calls them, "
                                  f"{DEEPEST} deep: {kept.who!r}")
                _here.depth = self.depth + 1
                return kept.what(*given)
            except Exception as e:  # noqa: BLE001
                if kept.failed is None:
                    self.raised, self.who = e, kept.who
                    # C asks more than once: twice at every depth would be 2**8 times.
                    self.too_deep = _is_too_deep(e)
                else:
                    kept.failed(e, *given)
        except Exception as e:  # noqa: BLE001 - of who was told of a failure
            unraisable(e, kept.who)
        except BaseException as e:  # noqa: BLE001
            self.stop = e
        finally:
            _here.depth = self.depth
        return None

    def ask(self, kept: Kept, given: tuple[Any, ...]) -> Any:
        """On the helper: has the thread of the call run a callable."""
        asked = self.asked = _Asked(kept, given)
        self.wake.put(None)
        if self.left:
            return None
        asked.back.get()
        return asked.answer

    def serve(self) -> None:
        """Until the helper is done. May be raised out of anywhere, and then begun again."""
        while os.getpid() == self.process:
            asked = self.asked
            if asked is not None and not asked.over:
                if not asked.ran:
                    asked.ran = True
                    asked.answer = self.run(asked.kept, asked.given)
                asked.back.put(None)
                asked.over = True
            elif self.ended:
                return
            else:
                self.wake.get()

    def leave(self) -> None:
        self.left = True
        if self.asked is not None:
            self.asked.back.put(None)


_idle: list[SimpleQueue[Call]] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)


def _help(calls: SimpleQueue[Call]) -> None:
    while True:
        call = calls.get()
        if call.begun.acquire(False):
            call.carry_out()
            call.ended = True
            call.wake.put(None)
        del call
        _idle.append(calls)


def _helper() -> SimpleQueue[Call]:
    try:
        return _idle.pop()
    except IndexError:
        calls: SimpleQueue[Call] = SimpleQueue()
        _thread.start_new_thread(_help, (calls,))
        return calls


def _helped(call: Call) -> None:
    try:
        try:
            _helper().put(call)
            call.serve()
        except BaseException as e:  # noqa: BLE001
            if call.begun.acquire(False):
                raise  # C was not called, and will not be
            call.stop = e
            # A child that was forked by a callable has no helper to wait for.
            while not call.ended and os.getpid() == call.process:
                try:
                    call.serve()
                except BaseException as again:  # noqa: BLE001
                    call.stop = again
    finally:
        call.leave()


def _has_room(frames: int) -> int:
    return frames and _has_room(frames - 1)


def made(function: Any, arguments: tuple[Any, ...]) -> Call:
    """A call that may call back, once it has ended."""
    main = _thread.get_ident() == threading.main_thread().ident
    call = Call(function, arguments, main and not native._ending)
    if call.helped:
        _helped(call)
        return call
    if native._ending:
        native._stay_out()
    _has_room(ROOM)
    call.carry_out()
    if native._ending:  # nothing is to be heard of what failed because of that
        native._stay_out()
    return call


class _Told:
    def __init__(self, raised: BaseException, who: object) -> None:
        self.raised, self.who = raised, who

    def __call__(self) -> None:
        raise self.raised

    def __repr__(self) -> str:
        return repr(self.who)


def unraisable(raised: BaseException, who: object) -> None:
    """Hands it to sys.unraisablehook, whose argument Python code cannot make."""
    c.PYFUNCTYPE(None)(_Told(raised, who))()


# -- what C calls; on a helper, or on another thread that is not the main one

def _of_host(user: int, *given: Any) -> Any:
    if native._ending:
        return None
    found = _kept.get(user)
    kept = found and found[0]()
    if not kept:
        return None
    call = getattr(_here, "call", None)
    if call is None:  # set by another thread after the call had begun
        call = Call(None, (), False)
        answer = call.run(kept, given)
        if call.raised is not None:
            unraisable(call.raised, kept.who)
        if call.stop is not None:
            unraisable(call.stop, kept.who)
        return answer
    return call.ask(kept, given) if call.helped else call.run(kept, given)


def _tell(user: int, data: int, size: int) -> int:
    try:
        said = _of_host(user, json.loads(c.string_at(data, size)))
        return FAILED if said is None else int(said)
    except BaseException:  # noqa: BLE001 - nothing may leave a callback
        return FAILED


def _ask(user: int, data: int, size: int, reply: int) -> int:
    try:
        replies = _of_host(user, c.string_at(data, size).decode("utf-8"))
        if replies is None:
            return FAILED
        if replies is False:
            return 1
        for name, *arguments in replies:
            if native._functions[name](native.Handle(reply), *arguments) != 0:
                return FAILED
        return 0
    except BaseException:  # noqa: BLE001
        return FAILED


def _advance(user: int, made: int, found: int) -> int:
    try:
        return FAILED if _of_host(user, made, found) is None else 0
    except BaseException:  # noqa: BLE001
        return FAILED


def _let_go(user: int) -> None:
    try:
        forget(user)
    except BaseException as e:  # noqa: BLE001
        unraisable(e, _let_go)


# A few for the life of the process: nothing can be freed while C still has its address.
TELL, ASK, ADVANCE = native.Notify(_tell), native.Ask(_ask), native.Progress(_advance)
LET_GO = native.Destroy(_let_go)


# -- the callables of the host, as they are kept

def members(of: Callable[[str], Any]) -> Kept:
    def units(person: str) -> Replies:
        out: Replies = []
        for one in of(person):
            unit, head = one if isinstance(one, tuple) else (one, False)
            out.append(("reply_member", *native.text(unit), int(bool(head)), 0))
        return out

    return Kept(of, units)


def imports(text_of: Callable[[str], str | None]) -> Kept:
    def give(name: str) -> Replies | bool:
        found = text_of(name)
        return False if found is None else [("reply_text", *native.text(found))]

    return Kept(text_of, give)


def rows(has: Callable[[list[Any]], object]) -> Kept:
    return Kept(has, lambda row: bool(has(row)))


def progress(watch: Callable[[int, int], object]) -> Kept:
    def advance(made: int, found: int) -> int:
        watch(made, found)
        return 0

    return Kept(watch, advance)


def listener(tell: Callable[[Any], object], notification: Callable[[dict[str, Any]], Any],
             on_failure: Callable[[Any, Exception], object] | None) -> Kept:
    def told(shown: dict[str, Any]) -> int:
        tell(notification(shown))
        return 0

    def failed(raised: Exception, shown: dict[str, Any]) -> None:
        if on_failure is None:
            unraisable(raised, tell)
        else:
            on_failure(notification(shown), raised)

    return Kept(tell, told, failed)


def answer(words: Words, name: str, handle: Any, before: tuple[Any, ...],
           text_of: Callable[[str], str | None] | None, after: tuple[Any, ...] = (),
           watch: Callable[[int, int], object] | None = None, watched: bool = False) -> str:
    """A function that takes imports and perhaps progress, which are called during it alone."""
    keeper = Keeper()
    try:
        asked: tuple[Any, ...] = (native.NO_ASK, None)
        if text_of is not None:
            asked = (ASK, keeper.keep(imports(text_of)))
        watching: tuple[Any, ...] = (native.NO_PROGRESS, None) if watched else ()
        if watch is not None:
            watching = (ADVANCE, keeper.keep(progress(watch)))
        return native.answer(words, name, handle, *before, *asked, *after, *watching, words,
                             named=bool(keeper.all))
    finally:
        keeper.let_go()
