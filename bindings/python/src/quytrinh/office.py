# SPDX-License-Identifier: BSL-1.0
"""An office: a store, and the procedures that run on it."""
from __future__ import annotations

import ctypes as c
import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Union

from . import _native as native
from ._codes import Drawing, OpenFlag, Words
from .errors import QuytrinhError
from .values import (Actor, CaseRow, Due, Event, Fields, Notification, Report, Result, Task, actor,
                     at_micros, from_value, micros, moment, picked, to_actor, to_fields)

By = Union[Actor, str]
#: Units of a person: "P.HTKH", or ("LĐTT", True) for its head.
Members = Callable[[str], Iterable[Union[str, tuple[str, bool]]]]
#: The text of an import by its name; None when there is none.
Imports = Callable[[str], Union[str, None]]
#: Told how far a test has come: what was made, what was found or is left.
Progress = Callable[[int, int], object]


def _object(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    return found


def _result(shown: dict[str, Any]) -> Result:
    return picked(Result, shown, opened=tuple(shown["opened"]), children=tuple(shown["children"]))


def _notification(shown: dict[str, Any]) -> Notification:
    return picked(Notification, shown, at=moment(shown["at"]), by=actor(shown["by"]), raw=shown)


def _importing(imports: Imports | None) -> Any:
    if imports is None:
        return native.NO_ASK
    text_of = imports

    def give(name: str, reply: native.Handle) -> bool:
        found = text_of(name)
        return found is not None and native.call("reply_text", reply, *native.text(found)) == 0

    return native.asking(give)


class Office:
    """`with Office("sqlite:cases.db") as office:`; usable from any threads at once.

    `uri` is `memory:` or `sqlite:FILE`. With `clock` the store is a trial whose time is set by
    hand; with `members` that callable says who belongs where, else your own word is trusted.
    After a fork every method raises ForkedError in the child.
    """

    def __init__(self, uri: str = "memory:", *, clock: datetime | None = None,
                 seed: int | None = None, tenant: str = "main", words: Words = Words.VI,
                 existing: bool = False, read_only: bool = False, bundled: bool = True,
                 limits: dict[str, int] | None = None, members: Members | None = None) -> None:
        self._words = Words(words)
        options = native.OpenOptions(size=c.sizeof(native.OpenOptions))
        flags = OpenFlag(0)
        if clock is not None:
            flags |= OpenFlag.MANUAL_CLOCK
            options.clock_us = micros(clock)
        if seed is not None:
            flags |= OpenFlag.SEEDED
            options.seed = seed
        flags |= OpenFlag.EXISTING if existing else OpenFlag(0)
        flags |= OpenFlag.READ_ONLY if read_only else OpenFlag(0)
        flags |= OpenFlag(0) if bundled else OpenFlag.NO_BUNDLED
        options.flags = int(flags)
        options.tenant, options.tenant_size = native.text(tenant)
        if limits:
            options.limits, options.limits_size = native.json_of(limits)
        if members is not None:
            of = members
            ask = native.asking(lambda person, reply: self._tell_units(of(person), reply))
            options.members, options.members_destroy = ask, native.let_go
            options.members_user = native.keep(ask)
        error, handle = native.Handle(), native.Handle()
        code = native.call("open", *native.text(uri), c.byref(options), c.byref(error),
                           c.byref(handle))
        if code != 0:
            raise native.failure(code, error, self._words)
        self._handle = handle
        self._close = weakref.finalize(self, native.call, "release", handle)

    @staticmethod
    def _tell_units(units: Iterable[str | tuple[str, bool]], reply: native.Handle) -> bool:
        for one in units:
            unit, head = one if isinstance(one, tuple) else (one, False)
            if native.call("reply_member", reply, *native.text(unit), int(head), 0) != 0:
                return False
        return True

    def close(self) -> None:
        """Lets the store go; calls in other threads end first. May be called again."""
        self._close()

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, name: str, *arguments: Any) -> str:
        return native.answer(self._words, name, self._handle, *arguments)

    def _do(self, name: str, *arguments: Any) -> None:
        native.done(self._words, name, self._handle, *arguments)

    # -- commands

    def execute(self, command: dict[str, Any]) -> dict[str, Any]:
        """Any command as bindings/c/README.md lists them; the answer as it is."""
        found: dict[str, Any] = json.loads(
            native.answer(self._words, "execute", self._handle, *native.json_of(command)))
        return found

    def execute_all(self, commands: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Several, committed together: each {"result": …} or {"error": …}."""
        return _rows(self._ask("execute_all", *native.json_of(list(commands)), self._words))

    def send(self, command: str, case: str, *, by: By, id: str = "", **members: Any) -> Result:
        """A command by its name: `office.send("claim", case, by=me, task="2")`."""
        if "fields" in members:
            members["fields"] = to_fields(members["fields"])
        return _result(self.execute(
            {"command": command, "id": id, "case": case, "by": to_actor(by), **members}))

    def open(self, procedure: str, *, by: By, bind: dict[str, By] | None = None,
             reference: str = "", fields: Fields | None = None, at_step: str = "",
             id: str = "") -> str:
        """Opens a case and gives its id. The same `id` again is the same case."""
        bound = []
        for role, whom in (bind or {}).items():
            unit, _, person = str(whom).partition("/")
            bound.append({"role": role, "unit": unit, "person": person})
        done = self.execute({"command": "open", "id": id, "procedure": procedure,
                             "by": to_actor(by), "bind": bound, "reference": reference,
                             "fields": to_fields(fields), "at_step": at_step})
        return str(done["case"])

    def complete(self, case: str, task: str, *, by: By, outcome: str = "", reason: str = "",
                 fields: Fields | None = None, confirmed: bool | Sequence[str] = False,
                 expected_version: int | None = None, id: str = "", **members: Any) -> Result:
        """Completes a task. `confirmed=True` confirms every precondition."""
        texts = [] if isinstance(confirmed, bool) else list(confirmed)
        if expected_version is not None:
            members["expected_version"] = expected_version
        return self.send("complete", case, by=by, id=id, task=task, outcome=outcome, reason=reason,
                         fields=fields, confirmed={"all": confirmed is True, "texts": texts},
                         **members)

    def lookup(self, case: str, id: str) -> Result | None:
        """The stored answer of a command id; None when it was never stored."""
        found = self.query("lookup", case=case, id=id)["result"]
        return None if found is None else _result(found)

    # -- queries

    def query(self, query: str, **members: Any) -> dict[str, Any]:
        """Any query as bindings/c/README.md lists them; the answer as it is."""
        return _object(self._ask("query", *native.json_of({"query": query, **members}), self._words))

    def _pages(self, query: str, **members: Any) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self.query(query, cursor=cursor, **members)
            yield from page["rows"]
            cursor = page["next"]
            if not cursor:
                return

    def tasks(self, *, unit: str = "", person: str = "", relation: str = "", procedure: str = "",
              case: str = "", overdue: bool = False, page: int = 0) -> Iterator[Task]:
        """Open tasks by due date; read page by page as they are asked for."""
        for row in self._pages("tasks", unit=unit, person=person, relation=relation,
                               procedure=procedure, case=case, overdue=overdue, limit=page):
            yield picked(Task, row, opened_at=moment(row["opened_at"]),
                         due_before=moment(row["due_before"]))

    def cases(self, *, reference: str = "", procedure: str = "", status: str = "",
              overdue: bool = False, page: int = 0) -> Iterator[CaseRow]:
        """Cases, the newest first; with `overdue` those whose own limit has passed, by due."""
        for row in self._pages("cases", reference=reference, procedure=procedure, status=status,
                               overdue=overdue, limit=page):
            yield picked(CaseRow, row, opener=actor(row["opener"]),
                         opened_at=moment(row["opened_at"]), last_at=moment(row["last_at"]),
                         due_before=moment(row["due_before"]))

    def history(self, case: str, *, page: int = 0) -> Iterator[Event]:
        """The facts of a case in their order."""
        for row in self._pages("history", case=case, limit=page):
            yield picked(Event, row, at=moment(row["at"]), by=actor(row.get("by", {})
                         if len(row.get("by", {})) == 2 else
                         {"unit": "", "person": "", **row.get("by", {})}),
                         body=row.get("body", {}), raw=row)

    def export(self, case: str, *, page: int = 0) -> Iterator[dict[str, Any]]:
        """The facts as the bytes that are kept: seq, hash, salt, header, payload (hex)."""
        return self._pages("export", case=case, limit=page)

    def case(self, case: str) -> dict[str, Any]:
        """Everything of a case: `state`, `procedure`, `quarantine`."""
        return self.query("case", case=case)

    def options(self, case: str, by: By) -> list[dict[str, Any]]:
        """What this person may do now: enough to build a form. Numbers and days of
        `fields[…]["current"]` are Decimal and date."""
        who = by if isinstance(by, Actor) else Actor(*by.split("/", 1))
        rows: list[dict[str, Any]] = self.query("options", case=case, unit=who.unit, person=who.person)["rows"]
        for row in rows:
            for one in row["fields"]:
                one["current"] = from_value(one["current"], one["kind"])
        return rows

    def verify(self, case: str) -> None:
        """Proves the history of a case, or raises StoreError."""
        self._do("verify", *native.text(case))

    # -- due work

    def run_due(self, batch: int = 0) -> Report:
        """Fires timers, carries out links, delivers notifications."""
        return Report(**json.loads(self._ask("run_due", batch, self._words)))

    def on_notification(self, tell: Callable[[Notification], object] | None) -> None:
        """Who is told, on the thread of the command, after its commit. One who raises is told
        again later."""
        if tell is None:
            return self._do("on_notification", native.NO_NOTIFY, None, native.NO_DESTROY,
                            self._words)

        whom = tell

        def one(shown: dict[str, Any]) -> None:
            whom(_notification(shown))

        callback = native.telling(one)
        return self._do("on_notification", callback, native.keep(callback), native.let_go,
                        self._words)

    def pull(self, batch: int = 0) -> tuple[Report, list[Notification]]:
        """As run_due, but hands the notifications over, which count as delivered then: at most
        once (`batch` bounds what is lost when the program ends meanwhile); a callable is told at
        least once."""
        out = json.loads(self._ask("pull", batch, self._words))
        return Report(**out["report"]), [_notification(n) for n in out["notifications"]]

    def offer_again(self, key: str = "") -> int:
        """Takes what was set aside back into the queue: the notification of this key, or all."""
        count, error = c.c_uint64(), native.Handle()
        code = native.call("offer_again", self._handle, *native.text(key), c.byref(error),
                           c.byref(count))
        if code != 0:
            raise native.failure(code, error, self._words)
        return count.value

    def pass_to(self, to: datetime) -> Report:
        """Trial stores only: time passes up to `to`, through everything that falls due."""
        return Report(**json.loads(self._ask("pass_to", micros(to), self._words)))

    # -- procedures, calendars, time

    def add(self, text: str, name: str = "procedure.quytrinh",
            imports: Imports | None = None) -> dict[str, Any]:
        """Adds a procedure; TextError has every diagnostic."""
        return _object(self._ask("add", *native.text(name), *native.text(text),
                                    _importing(imports), None, self._words))

    def check(self, text: str, name: str = "procedure.quytrinh",
              imports: Imports | None = None) -> dict[str, Any]:
        """Everything that is wrong with a text: ok, errors, warnings, hints, diagnostics."""
        return _object(self._ask("check", *native.text(name), *native.text(text),
                                    _importing(imports), None, self._words))

    def procedures(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.query("procedures")["rows"]
        return rows

    def procedure(self, code: str) -> dict[str, Any]:
        return self.query("procedure", code=code)

    def rewrite(self, text: str, do: str, *, to: str = "", name: str = "procedure.quytrinh",
                imports: Imports | None = None) -> dict[str, Any]:
        """A text written anew: `do` is "fix", "format", "translate" (`to` "vi" or "en") or "mend".
        The answer has `text`, `changed`, and what was done."""
        asked = {"do": do, **({"to": to} if to else {})}
        return _object(self._ask("rewrite", *native.text(name), *native.text(text),
                                    _importing(imports), None, *native.json_of(asked), self._words))

    def test(self, text: str, do: str = "run", *, name: str = "procedure.quytrinh",
             imports: Imports | None = None, progress: Progress | None = None,
             **bounds: Any) -> dict[str, Any]:
        """Tests a procedure in offices of its own: `do` is "run" (the scenarios of the text),
        "generate" or "explore" (of the text, or with an empty one `procedure="QT.HTKH.03"`).
        `progress(done, found)` is called now and then; what it raises ends the test."""
        raised: list[BaseException] = []

        watch = native.watching(progress, raised) if progress else native.NO_PROGRESS
        try:
            return _object(self._ask(
                "test", *native.text(name), *native.text(text), _importing(imports), None,
                *native.json_of({"do": do, **bounds}), watch, None, self._words))
        except QuytrinhError:
            if raised:
                raise raised[0] from None
            raise

    def ask(self, ask: str, **members: Any) -> dict[str, Any]:
        """A question about days, texts or proofs, as bindings/c/README.md lists them:
        `office.ask("working_day", day="2024-04-29")`."""
        return _object(self._ask("ask", *native.json_of({"ask": ask, **members}), self._words))

    def draw(self, code: str, kind: Drawing = Drawing.SVG) -> str:
        return self._ask("draw", *native.text(code), Drawing(kind), self._words)

    def set_table(self, code: str, has_row: Callable[[list[Any]], bool] | None) -> None:
        """The rows of a lookup table that you keep."""
        if has_row is None:
            return self._do("set_table", *native.text(code), native.NO_NOTIFY, None,
                            native.NO_DESTROY)
        has = has_row
        callback = native.telling(lambda row: bool(has(row)))
        return self._do("set_table", *native.text(code), callback, native.keep(callback),
                        native.let_go)

    def add_calendars(self, text: str, name: str = "calendar.quytrinh") -> list[str]:
        codes: list[str] = json.loads(
            self._ask("add_calendars", *native.text(name), *native.text(text)))
        return codes

    def set_default_calendar(self, code: str) -> None:
        self._do("default_calendar", *native.text(code))

    def switch_calendar(self, code: str, name: str, on: bool) -> None:
        self._do("switch_calendar", *native.text(code), *native.text(name), int(on))

    def due(self, limit: str, start: datetime | date | None = None, *, rule: str = "",
            calendar: str = "") -> Due:
        """Counts a limit as an officer writes it, and says why."""
        asked = {"limit": limit, "rule": rule, "calendar": calendar}
        if isinstance(start, datetime):
            micros(start)  # its zone must be there
        if start is not None:
            asked["from"] = start.isoformat()
        out = json.loads(self._ask("due", *native.json_of(asked), self._words))
        if "kind" in out:
            return Due(out["kind"])
        return Due("counted", date.fromisoformat(out["last_day"]), moment(out["before"]),
                   out["to_the_hour"], tuple(line["text"] for line in out["trace"]))

    def now(self) -> datetime:
        """The store's clock, in UTC."""
        us, error = c.c_int64(), native.Handle()
        code = native.call("now", self._handle, c.byref(error), c.byref(us))
        if code != 0:
            raise native.failure(code, error, self._words)
        return at_micros(us.value)

    def set_clock(self, to: datetime) -> None:
        """Trial stores only: forward, never back."""
        self._do("set_clock", micros(to))

    def backup(self, path: str) -> None:
        """A consistent copy of a SQLite store in use."""
        self._do("backup", *native.text(path))

    def check_store(self) -> None:
        """Reads a SQLite store through."""
        self._do("check_store")
