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
from quytrinh import Actor, Code, Drawing, Office, _calling, _native
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
            raise OSError("no mail today")  # it does not leave the callback

    failed = []
    office.on_notification(tell, on_failure=lambda n, e: failed.append(str(e)))
    office.open("QT.HTKH.03", by=ME)
    assert failed == ["no mail today"]
    office.set_clock(START + timedelta(hours=1))
    office.run_due()
    assert 2 in attempts and office.query("outbox")["pending"] == 0


def test_a_callable_may_call_back_remove_itself_and_close():
    kept = len(_calling._kept)
    with Office(clock=START, seed=1) as office:
        def tell(n):
            assert office.case(n.case)
            office.on_notification(None)
            office.close()

        failed = []  # the second: the office is closed
        office.on_notification(tell, on_failure=lambda n, e: failed.append(type(e)))
        assert len(office.open("QT.HTKH.03", by=ME)) == 26
        assert failed == [quytrinh.RequestError]
        with pytest.raises(quytrinh.RequestError):
            office.now()
    assert len(_calling._kept) == kept


def test_members_and_imports_and_tables():
    kept = len(_calling._kept)
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
    assert len(_calling._kept) == kept


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


def test_another_thread_goes_on_while_the_library_works(office):
    """The GIL is free inside of a call: this thread counts while another one is in the library."""
    inside, done = threading.Event(), threading.Event()

    def work():
        inside.set()
        office.test("", "explore", procedure="QT.HTKH.03", steps=3_000)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    inside.wait(30)
    counted = 0
    while not done.is_set():
        counted += 1
    thread.join()
    assert counted > 1_000


def test_a_callable_that_blocks_holds_up_its_own_thread_only(office):
    told, go_on = threading.Event(), threading.Event()

    def tell(n):
        told.set()
        go_on.wait(30)

    office.on_notification(tell)
    thread = threading.Thread(target=lambda: office.open("QT.HTKH.03", by=ME, id="first"))
    thread.start()
    assert told.wait(30)
    assert len(list(office.cases())) == 1
    office.on_notification(None)
    assert office.open("QT.HTKH.03", by=ME, id="second")
    go_on.set()
    thread.join()


def test_ten_thousand_tasks_in_pages_and_memory_does_not_grow(office):
    def resident_kib():
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        pytest.skip("no /proc here")

    def listed():
        return sum(1 for _ in office.tasks(unit="MC", page=100))

    office.add(OWN)
    for first in range(0, 10_000, 500):
        office.execute_all([{"command": "open", "procedure": "QT.01", "by": "MC/a", "id": f"m{n}"}
                            for n in range(first, first + 500)])
    assert listed() == 10_000
    gc.collect()
    before, handles = resident_kib(), quytrinh.live_handles()
    for _ in range(4):
        assert listed() == 10_000
    gc.collect()
    assert resident_kib() - before < 4 * 1024 and quytrinh.live_handles() == handles


def test_bad_input_is_an_exception_and_leaves_nothing(office):
    handles = quytrinh.live_handles()
    deep: list = []
    for _ in range(50):
        deep = [deep]
    for bad in ({"command": "open", "by": deep}, {}, {"command": None}, {"command": "x" * 9_000_000},
                {"command": "open", "by": "\x00"}):
        with pytest.raises(quytrinh.RequestError):
            office.execute(bad)
    with pytest.raises(UnicodeEncodeError):  # half of a surrogate pair is no UTF-8
        office.execute({"command": "\ud800"})
    for bad in ({"command": object()}, {"command": {1}}, 7.5, {"command": float("nan")}):
        with pytest.raises((TypeError, ValueError, quytrinh.RequestError)):
            office.execute(bad)
    with pytest.raises(quytrinh.RequestError):
        office.query("tasks", limit=-1)
    with pytest.raises(quytrinh.RequestError):
        office.query("case", case="")
    with pytest.raises(TypeError):
        office.open("QT.HTKH.03", by=ME, fields={"Số công văn": 1.5})
    wrong = _native.Handle(7)
    assert _native.call("release", wrong) == Code.INVALID_ARGUMENT
    assert _native.call("text_get", office._handle, _native.c.byref(_native.c.c_void_p()),
                        _native.c.byref(_native.c.c_size_t())) == Code.INVALID_ARGUMENT
    assert quytrinh.live_handles() == handles


def test_a_callable_may_raise_remove_itself_and_close_in_any_place():
    kept = len(_calling._kept)
    for habit in ("raises", "re-enters", "closes"):
        with Office(clock=START, seed=1, members=lambda person: act()) as office:
            def act():
                if habit == "raises":
                    raise LookupError("the host's")
                if habit == "re-enters":
                    assert not list(office.cases())
                else:
                    office.close()
                return ["ĐVYC"]

            if habit == "raises":
                with pytest.raises(quytrinh.QuytrinhError) as e:
                    office.open("QT.HTKH.03", by=ME)
                assert e.value.code == Code.HOST_CALLBACK_FAILED
            else:
                assert office.open("QT.HTKH.03", by=ME)
    with Office(clock=START) as office:
        def stop(done, found):
            raise TimeoutError("enough")

        with pytest.raises(TimeoutError):  # the host's own, as it was
            office.test("", "explore", procedure="QT.HTKH.03", steps=3_000, progress=stop)
    assert len(_calling._kept) == kept


def test_texts_written_anew_tested_and_asked_about(office):
    shabby = "ngôn ngữ quy trình 1, tiếng Việt\nquy   trình QT.F \"Sai\"\n"
    assert "quy trình QT.F" in office.rewrite(shabby, "format")["text"]
    assert office.rewrite(OWN, "translate", to="en")["text"].startswith("procedure language 1")
    made = office.test("", "generate", procedure="QT.HTKH.03", tries=40)
    ran = office.test(made["text"], coverage=True)
    assert ran["ok"] and ran["scenarios"] == len(made["scenarios"])
    assert office.ask("lunar", day="2030-02-02")["day"] == 1
    with pytest.raises(quytrinh.RequestError):
        office.ask("nothing")


def test_time_passes_and_what_was_set_aside_comes_again():
    with Office(clock=START, seed=1, limits={"delivery_attempts": 1}) as office:
        case = office.open("QT.HTKH.03", by=ME)
        office.complete(case, "1", by=ME, confirmed=True)
        assert office.pass_to(START + timedelta(days=30)).timers == 1
        assert [t.overdue for t in office.tasks(unit="ĐVTH", relation="lead")] == [True]
        told = []

        def fail_first(n):
            told.append(n)
            if len(told) <= 5:
                raise OSError("no mail today")

        office.on_notification(fail_first, on_failure=lambda n, e: None)
        office.run_due()
        aside = office.query("set_aside")["rows"]
        assert aside and office.offer_again(aside[0]["key"]) == 1
        with pytest.raises(quytrinh.RequestError):
            office.offer_again("none")


def test_a_context_manager_closes_after_an_exception():
    with pytest.raises(ZeroDivisionError):
        with Office(clock=START) as office:
            1 / 0
    with pytest.raises(quytrinh.RequestError):
        office.now()


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


@pytest.mark.parametrize("work", [
    "o.test('', 'explore', procedure='QT.HTKH.03', steps=2000)",
    "o.test('', 'explore', procedure='QT.HTKH.03', steps=2000, progress=lambda done, found: 0)",
    "o.on_notification(print); [o.open('QT.HTKH.03', by='ĐVYC/nv01') for _ in range(1000)]",
    "p = quytrinh.Office(members=lambda p: ['ĐVYC']); p.open('QT.HTKH.03', by='ĐVYC/nv01')"])
def test_the_interpreter_may_end_while_daemon_threads_are_in_callbacks(work):
    """Once: FATAL: exception not rethrown. A thread that Python ended inside of a callback took
    C++ frames with it, and the process."""
    code = ("import quytrinh, threading, time\no = quytrinh.Office()\n"
            f"def work():\n    while True:\n        {work}\n"
            "for _ in range(3): threading.Thread(target=work, daemon=True).start()\n"
            "time.sleep(0.5)\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


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
