# SPDX-License-Identifier: BSL-1.0
"""What can go wrong, one class for each group of numbers."""
from __future__ import annotations

from typing import Any

from ._codes import Code


class QuytrinhError(Exception):
    """A call failed. `str()` is the sentence; `code` is the number, `name` its name."""

    def __init__(self, code: int, details: dict[str, Any]) -> None:
        self.code: int = code
        self.name: str = details.get("name", "unknown")
        self.message: str = details.get("message", self.name)
        self.args_of: list[str] = details.get("args", [])
        #: who could do it instead
        self.who_could: list[str] = details.get("who_could", [])
        #: of a wrong text: everything that is wrong, with file, line, column, message, help
        self.diagnostics: list[dict[str, Any]] = details.get("diagnostics", [])
        super().__init__(self.message)


class RequestError(QuytrinhError):
    """1xx: the request itself is wrong."""


class Refused(QuytrinhError):
    """2xx: the rules of the procedure do not allow it now, or not to this person."""


class StoreError(QuytrinhError):
    """3xx: the store."""


class ForkedError(StoreError):
    """An office of the parent process was used in a forked child: open it anew there."""


class TextError(QuytrinhError):
    """4xx: a text, procedure or calendar."""


class CountingError(QuytrinhError):
    """5xx: a date that cannot be counted."""


class HostCallbackError(QuytrinhError):
    """A callable of yours failed (members, imports, a table): `__cause__` is what it raised."""


class InternalError(QuytrinhError):
    """9xx: the library's own."""


_GROUPS = {1: RequestError, 2: Refused, 3: StoreError, 4: TextError, 5: CountingError}


def error_of(code: int, details: dict[str, Any]) -> QuytrinhError:
    if code == Code.FORKED:
        return ForkedError(code, details)
    if code == Code.HOST_CALLBACK_FAILED:
        return HostCallbackError(code, details)
    return _GROUPS.get(code // 100, InternalError)(code, details)
