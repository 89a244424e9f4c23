# SPDX-License-Identifier: BSL-1.0
"""What goes in and comes out, as Python has it."""
from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any, TypeVar, Union

Row = TypeVar("Row")

#: What a field of a form can hold. A `str` is read as the field's declared type.
Value = Union[None, str, bool, int, Decimal, date, Sequence[str], Sequence[Sequence[Any]]]
#: {"field": value}, or {("form", "field"): value} where several forms have it.
Fields = Mapping[Union[str, tuple[str, str]], Value]


@dataclass(frozen=True)
class Actor:
    """A person acting for a unit; "ĐVTH/nv07" is the same in one string."""

    unit: str
    person: str = ""

    def __str__(self) -> str:
        return f"{self.unit}/{self.person}" if self.person else self.unit


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    case: str
    version: int
    opened: tuple[str, ...]
    children: tuple[str, ...]
    ended: bool
    end_kind: str
    id: str


@dataclass(frozen=True)
class Task:
    """A task as a list shows it. `due` is its last day, with the hour where hours count."""

    case: str
    task: str
    relation: str
    role: str
    unit: str
    person: str
    title: str
    procedure: str
    procedure_title: str
    reference: str
    opened_at: datetime
    due: str
    due_kind: str
    due_before: datetime | None
    overdue: bool
    consultation: bool
    quarantine: str


@dataclass(frozen=True)
class CaseRow:
    """A case as a list shows it."""

    case: str
    procedure: str
    version: int
    hash: str
    status: str
    end_kind: str
    reference: str
    opener: Actor
    opened_at: datetime
    last_at: datetime
    due_before: datetime | None


@dataclass(frozen=True)
class Event:
    """A fact of a case and its place in the chain."""

    seq: int
    at: datetime
    event: str
    by: Actor
    body: dict[str, Any]
    hash: str
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Notification:
    """What somebody is told; at least once, `key` is the same every time."""

    key: str
    attempt: int
    kind: str
    to: dict[str, Any]
    relation: str
    case: str
    procedure: str
    reference: str
    task: str
    task_title: str
    at: datetime
    due: str
    by: Actor
    text: str
    raw: dict[str, Any] = field(repr=False)
    #: of what was taken: `confirm` and `give_back` need it
    receipt: str = field(default="", repr=False)


@dataclass(frozen=True)
class Report:
    """What `run_due` did; `more` asks to call again."""

    timers: int
    links: int
    delivered: int
    failed: int
    set_aside: int
    more: bool
    problems: list[dict[str, Any]]


@dataclass(frozen=True)
class Due:
    """A limit that has been counted, and why. `kind` says when there was nothing to count."""

    kind: str
    last_day: date | None = None
    before: datetime | None = None
    to_the_hour: bool = False
    trace: tuple[str, ...] = ()


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def micros(at: datetime) -> int:
    if at.tzinfo is None:
        raise TypeError("a datetime needs its zone: datetime(…, tzinfo=…)")
    since = at - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def at_micros(us: int) -> datetime:
    from datetime import timedelta

    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=us)


def to_value(value: Any) -> Any:
    """A value of a field as the library's JSON writes it."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return {"decimal": str(value)}
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError("a field holds finite numbers only")
        return {"decimal": format(value, "f")}
    if isinstance(value, datetime):
        raise TypeError("a field holds a day: pass a date")
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, float):
        raise TypeError("a float is not exact: pass a Decimal or a string")
    if isinstance(value, Sequence):
        rows = [item for item in value if isinstance(item, Sequence) and not isinstance(item, str)]
        if rows and len(rows) != len(value):
            raise TypeError("either strings or rows")
        if rows:
            return {"rows": [[to_value(cell) for cell in row] for row in rows]}
        if not all(isinstance(item, str) for item in value):
            raise TypeError("a list of choices holds strings")
        return list(value)
    raise TypeError(f"no field holds a {type(value).__name__}")


def to_fields(fields: Fields | None) -> list[dict[str, Any]]:
    out = []
    for name, value in (fields or {}).items():
        form, of = name if isinstance(name, tuple) else ("", name)
        out.append({"form": form, "field": of, "value": to_value(value)})
    return out


def from_value(value: Any, kind: str) -> Any:
    """A value that was shown, as the type that its field was declared with."""
    if not isinstance(value, str):
        return value
    if kind == "number":
        return Decimal(value)
    if kind == "day":
        return date.fromisoformat(value)
    return value


def unsigned(number: int, what: str, bits: int = 32) -> int:
    """A whole number that C can hold: ctypes would take any, and let it wrap."""
    found = operator.index(number)
    if not 0 <= found < 1 << bits:
        raise ValueError(f"{what} must be from 0 to {(1 << bits) - 1}, not {found}")
    return found


def to_actor(by: Actor | str) -> Any:
    if not isinstance(by, (Actor, str)):
        raise TypeError(f"a person is an Actor or a str, not {type(by).__name__}")
    return {"unit": by.unit, "person": by.person} if isinstance(by, Actor) else by


def actor(shown: dict[str, str]) -> Actor:
    return Actor(shown["unit"], shown["person"])


_names: dict[Any, frozenset[str]] = {}


def picked(kind: Callable[..., Row], shown: dict[str, Any], **changed: Any) -> Row:
    """A dataclass of the members that it knows."""
    names = _names.get(kind)
    if names is None:
        names = _names[kind] = frozenset(one.name for one in fields_of(kind))
    return kind(**{**{k: v for k, v in shown.items() if k in names}, **changed})
