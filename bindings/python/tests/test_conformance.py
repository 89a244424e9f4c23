# SPDX-License-Identifier: BSL-1.0
"""The scripts of bindings/conformance: the same results, refusals and bytes as everywhere."""
import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest
import quytrinh
from quytrinh import _native as native

FOLDER = Path(__file__).resolve().parents[2] / "conformance"
SCRIPTS = sorted(FOLDER.glob("*.json"))


def act(office, do, request):
    if do == "execute":
        return office.execute(request)
    if do == "execute_all":
        return office.execute_all(request)
    if do == "query":
        return office.query(**request)
    if do == "add":
        return office.add(request["text"])
    if do == "verify":
        return office.verify(request["case"]) or {}
    if do == "clock":
        return office.set_clock(datetime.fromisoformat(request["to"])) or {}
    if do == "due":
        data = native.text(json.dumps(request))
        return json.loads(native.answer(office._words, "due", office._handle, *data,
                                        office._words))
    if do == "run_due":
        return vars(office.run_due())
    if do == "pull":
        report, told = office.pull()
        return {"report": vars(report), "notifications": [one.raw for one in told]}
    raise AssertionError(do)


def exported(office):
    digest = hashlib.sha256()
    for case in sorted(row.case for row in office.cases(page=2)):
        digest.update(f"case {case}\n".encode())
        for e in office.export(case, page=5):
            line = f"{e['seq']} {e['hash']} {e['salt']} {e['header']} {e['payload']}\n"
            digest.update(line.encode())
    return digest.hexdigest()


def test_there_are_scripts():
    assert len(SCRIPTS) >= 3


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_script(path):
    script = json.loads(path.read_text(encoding="utf-8"))
    clock = datetime.fromisoformat(script["clock"])
    with quytrinh.Office(clock=clock, seed=script["seed"]) as office:
        for step in script["steps"]:
            try:
                got = {"expect": act(office, step["do"], step["request"])}
            except quytrinh.QuytrinhError as e:
                got = {"refuse": {"code": e.code, "name": e.name, "message": e.message}}
            want = {key: step[key] for key in ("expect", "refuse") if key in step}
            assert got == want, step["request"]
        assert exported(office) == script["export"]
