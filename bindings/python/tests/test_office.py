# SPDX-License-Identifier: BSL-1.0
"""An office as a Python program uses it, well and badly."""
import gc
import os
import subprocess
import sys
import threading
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
import quytrinh
from conftest import HANOI, ME, START
from quytrinh import Actor, Code, Drawing, Office, _native
from quytrinh.values import to_value

OWN = """ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy"
  cách tính giờ hành chính
  các bước theo thứ tự
  không nêu hồ sơ lưu
vai trò MC "Một cửa"
biểu mẫu BM.01 "Phiếu"
  thông tin "Số bản" là số
  thông tin "Ngày hẹn" là ngày
  thông tin "Nhanh" là có hoặc không
bước 1 "Tiếp nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
bước 2 "Trả"
  chủ trì MC
  dùng BM.01
  thời hạn không nêu
"""


def test_a_first_case(office):
    case = office.open("QT.HTKH.03", by=ME)
    done = office.complete(case, "1", by=Actor("ĐVYC", "nv01"), confirmed=True)
    assert done.opened == ("2.1",) and done.case == case and not done.ended
    (task,) = office.tasks(unit="ĐVTH", relation="lead")
    assert (task.due, task.due_kind) == ("2023-12-14", "counted")
    assert task.opened_at == START and task.due_before == datetime(2023, 12, 15, tzinfo=HANOI)
    (row,) = office.cases()
    assert row.case == case and row.opener == Actor("ĐVYC", "nv01") and row.version == 4
    events = list(office.history(case, page=1))
    assert [e.seq for e in events] == [1, 2, 3, 4] and events[0].at == START
    assert events[-1].hash == row.hash
    office.verify(case)
    assert office.now() == START
    assert office.lookup(case, done.id) == done and office.lookup(case, "none") is None


def test_refusals_are_exceptions_by_group(office):
    case = office.open("QT.HTKH.03", by=ME, id="o")
    with pytest.raises(quytrinh.Refused) as e:
        office.complete(case, "1", by="P.KHAC/x", confirmed=True)
    assert e.value.code == Code.NOT_PERMITTED and e.value.name == "not_permitted"
    assert e.value.who_could == ["ĐVYC"] and "ĐVYC" in str(e.value)
    with pytest.raises(quytrinh.RequestError):
        office.execute({"command": "fly"})
    with pytest.raises(quytrinh.TextError) as e:
        office.add("quy trình X\n")
    assert e.value.diagnostics[0]["line"] == 1
    with pytest.raises(quytrinh.StoreError):
        Office("sqlite:/nowhere/at/all.db")
    with pytest.raises(quytrinh.RequestError):
        Office("postgres:x")
    with pytest.raises(quytrinh.CountingError):
        office.due("03 ngày làm việc", date(2050, 1, 1))


def test_values_in_and_out(office):
    office.add(OWN)
    case = office.open("QT.01", by="MC/a")
    given = {"Số bản": Decimal("2.50"), ("BM.01", "Ngày hẹn"): date(2024, 2, 29), "Nhanh": True}
    office.send("record", case, by="MC/a", task="1", fields=given)
    (can,) = [o for o in office.options(case, "MC/a") if o["command"] == "complete"]
    current = {f["name"]: f["current"] for f in can["fields"]}
    assert current == {"Số bản": Decimal("2.5"), "Ngày hẹn": date(2024, 2, 29), "Nhanh": True}
    assert isinstance(current["Số bản"], Decimal) and isinstance(current["Ngày hẹn"], date)
    for bad in (1.5, datetime.now(), object(), Decimal("NaN"), [1], ["a", ["b"]]):
        with pytest.raises(TypeError):
            to_value(bad)
    assert to_value([["a", 1], ["b", None]]) == {
        "rows": [["a", {"decimal": "1"}], ["b", None]]}
    with pytest.raises(TypeError):
        office.set_clock(datetime(2024, 1, 1))


def test_notifications(office):
    told = []
    office.on_notification(told.append)
    office.open("QT.HTKH.03", by=ME)
    assert {n.kind for n in told} == {"task_opened"} and told[0].at == START
    assert all(n.text for n in told)
    office.on_notification(None)
    office.open("QT.HTKH.03", by=ME)
    count = len(told)
    report, pulled = office.pull()
    assert report.delivered == len(pulled) > 0 and len(told) == count


def test_a_callable_that_raises_is_told_again(office):
    attempts = []

    def tell(n):
        attempts.append(n.attempt)
        if len(attempts) == 1:
            raise KeyboardInterrupt  # whatever it is: it does not leave the callback

    office.on_notification(tell)
    office.open("QT.HTKH.03", by=ME)
    office.set_clock(START + timedelta(hours=1))
    office.run_due()
    assert 2 in attempts and office.query("outbox")["pending"] == 0


def test_a_callable_may_call_back_remove_itself_and_close():
    kept = len(_native._kept)
    with Office(clock=START, seed=1) as office:
        def tell(n):
            assert office.case(n.case)
            office.on_notification(None)
            office.close()

        office.on_notification(tell)
        assert len(office.open("QT.HTKH.03", by=ME)) == 26
        with pytest.raises(quytrinh.RequestError):
            office.now()
    assert len(_native._kept) == kept


def test_members_and_imports_and_tables():
    kept = len(_native._kept)
    units = {"nv01": ["ĐVYC"], "gd01": [("LĐTT", True)]}
    with Office(clock=START, members=lambda person: units[person]) as office:
        assert office.open("QT.HTKH.03", by=ME)
        with pytest.raises(quytrinh.Refused):
            office.open("QT.HTKH.03", by="ĐVYC/gd01")
        with pytest.raises(quytrinh.QuytrinhError):  # KeyError in the host's own callable
            office.open("QT.HTKH.03", by="ĐVYC/nobody")
        text = OWN.replace('vai trò MC "Một cửa"\n', "").replace(
            "quy trình QT.01", 'lấy từ tệp "a.quytrinh"\nquy trình QT.01')
        names = []

        def imports(name):
            names.append(name)
            return 'ngôn ngữ quy trình 1, tiếng Việt\nvai trò MC "Một cửa"\n'

        assert office.check(text, imports=imports)["ok"] and names == ["a.quytrinh"]
        assert not office.check(text, imports=lambda name: None)["ok"]
        office.set_table("DM", lambda row: True)
        office.set_table("DM", None)
    assert len(_native._kept) == kept


def test_texts_calendars_and_limits(office):
    assert office.draw("QT.HTKH.03").startswith("<?xml") or "<svg" in office.draw("QT.HTKH.03")
    assert "flowchart" in office.draw("QT.HTKH.03", Drawing.MERMAID)
    due = office.due("chậm nhất 03 ngày làm việc", date(2024, 4, 26))
    assert due.last_day == date(2024, 5, 4) and due.trace and not due.to_the_hour
    assert office.due("không nêu").kind == "not_stated"
    office.switch_calendar("HC.VN", "NGAY.VH", True)
    assert "QT.HTKH.03" in [p["code"] for p in office.procedures()]


def test_a_file(tmp_path):
    uri, copy = f"sqlite:{tmp_path / 'a.db'}", str(tmp_path / "b.db")
    with Office(uri, clock=START, seed=3) as office:
        case = office.open("QT.HTKH.03", by=ME)
        office.backup(copy)
        office.check_store()
    with Office(f"sqlite:{copy}", clock=START, read_only=True) as look:
        look.verify(case)
        with pytest.raises(quytrinh.StoreError):
            look.open("QT.HTKH.03", by=ME)
    with pytest.raises(quytrinh.StoreError) as e:
        Office(uri)
    assert e.value.code == Code.CLOCK_DIFFERS


def test_pages_of_many_tasks(office):
    for n in range(30):
        office.open("QT.HTKH.03", by=ME, id=str(n))
    tasks = [t.case for t in office.tasks(unit="ĐVYC", relation="lead", page=7)]
    assert len(tasks) == len(set(tasks)) == 30


def test_threads(office):
    cases, faults = set(), []

    def work(n):
        try:
            for i in range(20):
                cases.add(office.open("QT.HTKH.03", by=ME, id=f"{n}-{i}"))
        except Exception as e:  # noqa: BLE001
            faults.append(e)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults and len(cases) == 80


def test_closing_twice_and_using_after():
    office = Office()
    office.close()
    office.close()
    with pytest.raises(quytrinh.RequestError):
        office.now()
    Office()  # never closed: goes with its last reference
    gc.collect()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_is_refused_and_may_open_anew(office):
    child = os.fork()
    if child == 0:
        faults = 1
        try:
            office.now()
        except quytrinh.ForkedError:
            with Office(clock=START) as own:
                faults = 0 if own.open("QT.HTKH.03", by=ME) else 2
        finally:
            os._exit(faults)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert office.now() == START


def test_the_interpreter_may_end_with_offices_open():
    code = ("import quytrinh\no = quytrinh.Office()\no.on_notification(print)\n"
            "o.open('QT.HTKH.03', by='ĐVYC/nv01')\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "Notification(" in done.stdout and done.stderr == ""


def test_numbers_are_those_of_the_header():
    script = Path(__file__).resolve().parents[2] / "generate.py"
    subprocess.run([sys.executable, str(script), "--check"], check=True)


def test_the_readme_shows_the_example(tmp_path):
    root = Path(__file__).resolve().parents[3]
    example = root / "examples" / "python" / "first_case.py"
    code = example.read_text(encoding="utf-8").split("\n\n", 1)[1]
    page = (root / "bindings" / "python" / "README.md").read_text(encoding="utf-8")
    assert f"```python\n{code}```" in page and len(code.splitlines()) <= 15
    done = subprocess.run([sys.executable, str(example)], cwd=tmp_path, capture_output=True,
                          text=True, timeout=60)
    assert done.returncode == 0 and "Kiểm tra thông tin" in done.stdout, done.stderr


def test_the_walk_prints_what_it_should(tmp_path):
    folder = Path(__file__).resolve().parents[3] / "examples" / "python"
    done = subprocess.run([sys.executable, str(folder / "walk.py"), str(tmp_path / "w.db")],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (folder / "walk.expected").read_text(encoding="utf-8")
