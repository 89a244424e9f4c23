# SPDX-License-Identifier: BSL-1.0
"""bench.py WALK COUNT: the figures of bindings/README.md for Python."""
import json
import sys
from datetime import datetime, timedelta, timezone
from time import perf_counter_ns
from typing import Any

from quytrinh import Office
from quytrinh._native import json_of

START = datetime(2023, 12, 11, 8, tzinfo=timezone(timedelta(hours=7)))


def walk(office: Office, commands: list[dict[str, Any]], answers: list[str] | None = None) -> None:
    case = ""
    for command in commands:
        answer = office.execute({**command, "case": case} if case else command)
        case = answer["case"]
        if answers is not None:
            answers.append(json.dumps(answer))
    assert answer["ended"]


def only_json(commands: list[dict[str, Any]], answers: list[str]) -> None:
    case = ""
    for command, answer in zip(commands, answers):
        json_of({**command, "case": case} if case else command)
        case = json.loads(answer)["case"]


def main(path: str, count: int) -> None:
    with open(path, encoding="utf-8") as file:
        commands = json.load(file)
    answers: list[str] = []
    with Office(clock=START, seed=7) as office:
        for _ in range(count // 10):
            walk(office, commands)
        walk(office, commands, answers)
    with Office(clock=START, seed=7) as office:
        begun = perf_counter_ns()
        for _ in range(count):
            walk(office, commands)
        spent = perf_counter_ns() - begun
    begun = perf_counter_ns()
    for _ in range(count):
        only_json(commands, answers)
    print(count * len(commands), spent, perf_counter_ns() - begun)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
