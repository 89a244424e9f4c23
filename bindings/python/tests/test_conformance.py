# SPDX-License-Identifier: BSL-1.0
"""The scripts of bindings/conformance: the same results, refusals and bytes as everywhere."""
import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest
import quytrinh
from quytrinh import Drawing
from quytrinh import _native as native

FOLDER = Path(__file__).resolve().parents[2] / "conformance"
SCRIPTS = sorted(FOLDER.glob("*.json"))


TAKEN = {}


def act(office, do, request):
    if do == "execute":
        return office.execute(request)
    if do == "execute_all":
        return office.execute_all(request)
    if do == "query":
        return office.query(**request)
    if do == "add":
        return office.add(request["text"])
    if do == "check":
        return office.check(request["text"])
    if do == "rewrite":
        out = office.rewrite(request["text"], **request["request"])
        return {"text": out["text"], "changed": out["changed"]}
    if do == "test":
        out = office.test(request["text"], **request["request"])
        return {name: out[name] for name in ("ok", "scenarios", "failed")}
    if do == "ask":
        return office.ask(**request)
    if do == "draw":
        return {"drawing": office.draw(request["code"], Drawing[request["kind"].upper()])}
    if do == "verify":
        return office.verify(request["case"]) or {}
    if do == "clock":
        return office.set_clock(datetime.fromisoformat(request["to"])) or {}
    if do == "pass_to":
        return vars(office.pass_to(datetime.fromisoformat(request["to"])))
    if do == "offer_again":
        return {"count": office.offer_again(request["key"])}
    if do == "default_calendar":
        return office.set_default_calendar(request["code"]) or {}
    if do == "switch_calendar":
        return office.switch_calendar(**request) or {}
    if do == "due":
        data = native.text(json.dumps(request))
        return json.loads(native.answer(office._words, "due", office._handle, *data,
                                        office._words))
    if do == "run_due":
        return vars(office.run_due())
    if do == "take":
        TAKEN[office] = office.take(request["limit"])
        return {"notifications": [one.raw for one in TAKEN[office]]}
    if do == "confirm":
        return {"held": office.confirm(*(TAKEN[office][n] for n in request["taken"]))}
    if do == "give_back":
        return {"held": office.give_back(TAKEN[office][request["taken"]], request["why"])}
    if do == "open":
        return quytrinh.Office(request["uri"]).close() or {}
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


def office_of(script, uri):
    units = script.get("members")
    members = None if units is None else lambda person: [
        unit if isinstance(unit, str) else tuple(unit) for unit in units[person]]
    office = quytrinh.Office(uri, clock=datetime.fromisoformat(script["clock"]),
                             seed=script["seed"], members=members, limits=script.get("limits"))
    for code, rows in script.get("tables", {}).items():
        office.set_table(code, lambda row, rows=rows: row in rows)
    return office


def run(script, uri):
    in_memory = uri == "memory:"
    with office_of(script, uri) as office:
        for step in script["steps"]:
            try:
                got = {"expect": act(office, step["do"], step["request"])}
            except quytrinh.QuytrinhError as e:
                got = {"refuse": {"code": e.code, "name": e.name, "message": e.message}}
            want = {key: step[key] for key in ("expect", "refuse") if key in step}
            if in_memory or step.get("only") != "memory":
                assert got == want, step["request"]
        assert exported(office) == script["export"]


def test_there_are_scripts():
    assert len(SCRIPTS) >= 9


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_script(path, tmp_path):
    script = json.loads(path.read_text(encoding="utf-8"))
    run(script, "memory:")
    if script.get("only") != "memory":
        run(script, f"sqlite:{tmp_path / 'a.db'}")
