# SPDX-License-Identifier: BSL-1.0
"""Office procedures as signed text: checked, executed, proved afterwards."""
from ._codes import ABI_VERSION, Code, Drawing, Words
from ._native import library as _library
from ._native import live_handles
from .errors import (CountingError, ForkedError, HostCallbackError, InternalError, QuytrinhError,
                     Refused, RequestError, StoreError, TextError)
from .office import Office
from .values import (Actor, CaseRow, Due, Event, Fields, Notification, Report, Result, Task,
                     Value)

__version__: str = _library.quytrinh_version().decode("ascii")
__all__ = ["ABI_VERSION", "Actor", "CaseRow", "Code", "CountingError", "Drawing", "Due", "Event",
           "Fields", "ForkedError", "HostCallbackError", "InternalError", "Notification", "Office",
           "QuytrinhError", "Refused", "Report", "RequestError", "Result", "StoreError", "Task",
           "TextError", "Value", "Words", "live_handles"]
