# SPDX-License-Identifier: BSL-1.0
"""An office: a store, and the procedures that run on it."""
from __future__ import annotations

import ctypes as c
import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Union

from . import _calling as calling
from . import _native as native
from ._codes import Drawing, OpenFlag, Words
from .errors import HostCallbackError
from .values import (Actor, CaseRow, Due, Event, Fields, Notification, Report, Result, Task, actor,
                     at_micros, from_value, micros, moment, picked, to_actor, to_fields, unsigned)

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


class Office:
    """`with Office("sqlite:cases.db") as office:`; usable from any threads at once.

    `uri` is `memory:` or `sqlite:FILE`. With `clock` the store is a trial whose time is set by
    hand; with `members` that callable says who belongs where, else your own word is trusted.
    Of SQLite files: `lock_wait_ms` (5,000 unless said), `statement_ms` (30,000) for one statement,
    `check_bytes` (32 MiB) up to which a file is read through when it is opened, `unchecked` for not
    at all, `weak` to take settings that do not guarantee durability.
    After a fork every method raises ForkedError in the child.
    """

    def __init__(self, uri: str = "memory:", *, clock: datetime | None = None,
                 seed: int | None = None, tenant: str = "main", words: Words = Words.VI,
                 existing: bool = False, read_only: bool = False, bundled: bool = True,
                 weak: bool = False, unchecked: bool = False, lock_wait_ms: int = 0,
                 statement_ms: int = 0, check_bytes: int = 0,
                 limits: dict[str, int] | None = None, members: Members | None = None) -> None:
        self._words = Words(words)
        self._keeper = calling.Keeper()
        options = native.OpenOptions(size=c.sizeof(native.OpenOptions))
        flags = OpenFlag(0)
        if clock is not None:
            flags |= OpenFlag.MANUAL_CLOCK
            options.clock_us = micros(clock)
        if seed is not None:
            flags |= OpenFlag.SEEDED
            options.seed = unsigned(seed, "seed", 64)
        flags |= OpenFlag.EXISTING if existing else OpenFlag(0)
        flags |= OpenFlag.READ_ONLY if read_only else OpenFlag(0)
        flags |= OpenFlag(0) if bundled else OpenFlag.NO_BUNDLED
        flags |= OpenFlag.WEAK if weak else OpenFlag(0)
        flags |= OpenFlag.UNCHECKED if unchecked else OpenFlag(0)
        options.lock_wait_ms = unsigned(lock_wait_ms, "lock_wait_ms")
        options.statement_ms = unsigned(statement_ms, "statement_ms")
        options.check_bytes = unsigned(check_bytes, "check_bytes", 64)
        options.flags = int(flags)
        options.tenant, options.tenant_size = native.text(tenant)
        if limits:
            options.limits, options.limits_size = native.json_of(limits)
        address = native.text(uri)
        handle = native.OfficeHandle()
        try:
            if members is not None:
                handle.calls_back = True
                options.members, options.members_destroy = calling.ASK, calling.LET_GO
                options.members_user = self._keeper.keep(calling.members(members))
            native.outcome(self._words, "open", (*address, c.byref(options)), handle,
                           asked=handle.calls_back)
        except BaseException:
            if handle.value:  # interrupted after it was opened
                native.let_office_go(handle)
            self._keeper.let_go()
            raise
        self._handle = handle
        self._close = weakref.finalize(self, native.let_office_go, handle)

    def close(self) -> None:
        """Lets the store go; calls in other threads end first. May be called again."""
        self._close()

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, name: str, *arguments: Any) -> str:
        return native.answer(self._words, name, self._handle, *arguments)

    def _read(self, call: str, text: str, name: str, imports: Imports | None,
              *after: Any, **watched: Any) -> dict[str, Any]:
        return _object(calling.answer(
            self._words, call, self._handle, (*native.text(name), *native.text(text)), imports,
            after, **watched))

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
            if not isinstance(whom, (Actor, str)):
                raise TypeError(f"bind takes Actor or str, not {type(whom).__name__}")
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
        if not isinstance(by, (Actor, str)):
            raise TypeError(f"a person is an Actor or a str, not {type(by).__name__}")
        who = by if isinstance(by, Actor) else Actor(*by.split("/", 1))
        rows: list[dict[str, Any]] = self.query(
            "options", case=case, unit=who.unit, person=who.person)["rows"]
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
        return Report(**json.loads(self._ask("run_due", unsigned(batch, "batch"), self._words)))

    def on_notification(self, tell: Callable[[Notification], object] | None, *,
                        on_failure: Callable[[Notification, Exception], object] | None = None
                        ) -> None:
        """Who is told, on the thread of the command, after its commit. One who raises is told
        again later; what was raised goes to `on_failure`, or else to sys.unraisablehook."""
        if tell is None:
            return self._do("on_notification", native.NO_NOTIFY, None, native.NO_DESTROY,
                            self._words)
        self._call_back("on_notification", calling.listener(tell, _notification, on_failure),
                        (), (self._words,))

    def _call_back(self, name: str, what: calling.Kept, before: tuple[Any, ...],
                   after: tuple[Any, ...] = ()) -> None:
        self._handle.calls_back = True
        number = self._keeper.keep(what)
        try:
            self._do(name, *before, calling.TELL, number, calling.LET_GO, *after)
        except Exception:
            calling.forget(number)  # C does so itself, if it was reached
            raise

    def take(self, limit: int = 0, *, lease: timedelta = timedelta(minutes=1)
             ) -> list[Notification]:
        """Up to `limit` notifications (0: 100) that nobody else is given for as long as `lease`, in
        whatever process. What is not confirmed by then is given to the next who asks: each is told
        at least once."""
        held = unsigned(lease // timedelta(milliseconds=1), "lease")
        if held == 0:
            raise ValueError("a lease is a millisecond at least")
        out = json.loads(self._ask("take", unsigned(limit, "limit"), held, self._words))
        return [_notification(n) for n in out["notifications"]]

    def confirm(self, *taken: Notification) -> bool:
        """They have been dealt with. False when one of them was no longer held, because its lease
        was over, or by who has given back one of its case: it is told again."""
        return self._settle({"confirm": [one.receipt for one in taken]})

    def give_back(self, taken: Notification, why: str = "") -> bool:
        """It could not be dealt with, and is offered again later, as are all others of its case
        that are held; set aside after too many attempts. False when it was no longer held."""
        return self._settle({"give_back": [{"receipt": taken.receipt, "why": why}]})

    def _settle(self, request: dict[str, Any]) -> bool:
        return not json.loads(self._ask("settle", *native.json_of(request)))["lapsed"]

    def pull(self, batch: int = 0) -> tuple[Report, list[Notification]]:
        """run_due, take and confirm in one: told at most once, for `batch` of them are lost when
        the program ends before it has dealt with them."""
        out = json.loads(self._ask("pull", unsigned(batch, "batch"), self._words))
        return Report(**out["report"]), [_notification(n) for n in out["notifications"]]

    def offer_again(self, key: str = "") -> int:
        """Takes what was set aside back into the queue: the notification of this key, or all."""
        return native.number(self._words, c.c_uint64, "offer_again", self._handle,
                             *native.text(key))

    def pass_to(self, to: datetime) -> Report:
        """Trial stores only: time passes up to `to`, through everything that falls due."""
        return Report(**json.loads(self._ask("pass_to", micros(to), self._words)))

    # -- procedures, calendars, time

    def add(self, text: str, name: str = "procedure.quytrinh",
            imports: Imports | None = None) -> dict[str, Any]:
        """Adds a procedure; TextError has every diagnostic."""
        return self._read("add", text, name, imports)

    def check(self, text: str, name: str = "procedure.quytrinh",
              imports: Imports | None = None) -> dict[str, Any]:
        """Everything that is wrong with a text: ok, errors, warnings, hints, diagnostics."""
        return self._read("check", text, name, imports)

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
        return self._read("rewrite", text, name, imports, *native.json_of(asked))

    def test(self, text: str, do: str = "run", *, name: str = "procedure.quytrinh",
             imports: Imports | None = None, progress: Progress | None = None,
             **bounds: Any) -> dict[str, Any]:
        """Tests a procedure in offices of its own: `do` is "run" (the scenarios of the text),
        "generate" or "explore" (of the text, or with an empty one `procedure="QT.HTKH.03"`).
        `progress(done, found)` is called now and then; what it raises ends the test."""
        raised: list[Exception] = []

        def watch(made: int, found: int) -> None:
            try:
                progress and progress(made, found)
            except Exception as e:
                raised.append(e)
                raise

        try:
            return self._read("test", text, name, imports, *native.json_of({"do": do, **bounds}),
                              watch=watch if progress else None, watched=True)
        except HostCallbackError:
            if raised:
                raise raised.pop()
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
        self._call_back("set_table", calling.rows(has_row), native.text(code))

    def add_calendars(self, text: str, name: str = "calendar.quytrinh") -> list[str]:
        codes: list[str] = json.loads(
            self._ask("add_calendars", *native.text(name), *native.text(text)))
        return codes

    def set_default_calendar(self, code: str) -> None:
        self._do("default_calendar", *native.text(code))

    def switch_calendar(self, code: str, name: str, on: bool) -> None:
        self._do("switch_calendar", *native.text(code), *native.text(name), int(bool(on)))

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
        return at_micros(native.number(self._words, c.c_int64, "now", self._handle))

    def set_clock(self, to: datetime) -> None:
        """Trial stores only: forward, never back."""
        self._do("set_clock", micros(to))

    def backup(self, path: str) -> None:
        """A consistent copy of a SQLite store in use."""
        self._do("backup", *native.text(path))

    def check_store(self) -> None:
        """Reads a SQLite store through."""
        self._do("check_store")
