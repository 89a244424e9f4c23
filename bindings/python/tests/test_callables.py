# SPDX-License-Identifier: BSL-1.0
"""What the host's callables do to the calls that call them: raise, interrupt, go deep, stay."""
import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest
import quytrinh
from conftest import ME, START
from quytrinh import Code, HostCallbackError, Office, _calling

TABLE = json.loads((Path(__file__).resolve().parents[2] / "conformance" / "host.json")
                   .read_text(encoding="utf-8"))["steps"][0]["request"]["text"]
IMPORTING = 'ngôn ngữ quy trình 1, tiếng Việt\nlấy từ tệp "a.quytrinh"\nquy trình QT.01 "Cấp"\n'


@pytest.fixture(autouse=True)
def nothing_kept():
    gc.collect()
    before = len(_calling._kept)
    yield
    gc.collect()
    assert len(_calling._kept) == before


@pytest.fixture
def unraisable(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook",
                        lambda args: seen.append((type(args.exc_value), str(args.exc_value))))
    return seen


class Stop(BaseException):
    pass


class alarms:
    """Signals that raise, again and again, wherever Python code goes on in the main thread."""

    def __init__(self, every):
        self.every, self.on = every, False

    def __enter__(self):
        def handler(*_):
            if self.on:
                raise Stop

        self.before = signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, self.every, self.every)
        return self

    def __exit__(self, *_):
        self.on = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)


def completed(case):
    return {"command": "complete", "case": case, "task": "1", "by": "KT/nv01", "id": "c" + case,
            "fields": [{"form": "", "field": "Loại", "value": "Cư trú"}]}


def test_a_signal_never_makes_a_row_be_missing(office, unraisable):
    """Once: a signal came as the callback was entered, before its `try`. ctypes printed it and
    answered 0, "there is no such row": the case went the wrong way, and Ctrl-C was lost."""
    office.add(TABLE)
    office.set_table("PQ", lambda row: True)
    cases = [office.open("QT.H", by="KT/nv01", id=f"s{n}") for n in range(400)]
    stops = 0
    with alarms(0.0007) as alarm:
        for first in range(0, 400, 20):
            try:
                alarm.on = True
                office.execute_all([completed(case) for case in cases[first:first + 20]])
                alarm.on = False
            except Stop:
                alarm.on = False
                stops += 1
    assert stops > 0
    for case in cases:
        state = office.case(case)["state"]
        assert state["status"] == "open", state
    assert not unraisable


def test_a_signal_never_makes_a_notification_count_as_delivered(unraisable):
    told = set()
    with Office(clock=START, seed=3, limits={"delivery_attempts": 1}) as office:
        office.on_notification(lambda n: told.add(n.key))
        opened = 0
        with alarms(0.0007) as alarm:
            for n in range(60):
                try:
                    alarm.on = True
                    office.execute_all([
                        {"command": "open", "procedure": "QT.HTKH.03", "by": ME, "id": f"{n}-{i}"}
                        for i in range(10)])
                    alarm.on = False
                except Stop:
                    alarm.on = False
        opened = len(list(office.cases()))
        assert opened > 0 and len(told) < 2 * opened  # an opening tells two
        office.offer_again()
        while office.run_due().more:
            pass
        assert len(told) == 2 * opened and office.query("outbox")["pending"] == 0
    assert not unraisable


def test_control_c_while_c_works_reaches_the_caller(office, unraisable):
    """Once: lost, when a progress callback was the first Python code after it."""
    begun, main = threading.Event(), threading.main_thread().ident

    def interrupt():
        begun.wait(30)
        time.sleep(0.02)
        signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    # Where the tests run in the background of a shell, Ctrl-C is ignored: this never ended there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            while True:
                office.test("", "explore", procedure="QT.HTKH.03", steps=300_000,
                            progress=lambda made, found: begun.set())
        thread.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert not unraisable


@pytest.mark.parametrize("what", [KeyboardInterrupt, SystemExit, Stop])
@pytest.mark.parametrize("on_main", [True, False])
def test_what_is_no_mere_exception_reaches_the_caller(what, on_main, unraisable):
    def act(*_):
        raise what

    def work():
        with Office(clock=START, members=act) as office:
            with pytest.raises(what):
                office.open("QT.HTKH.03", by=ME)
            assert not list(office.cases())
        with Office(clock=START) as office:
            office.on_notification(act)
            with pytest.raises(what):
                office.open("QT.HTKH.03", by=ME, id="o")
            assert len(list(office.cases())) == 1 and office.query("outbox")["pending"] == 2
            with pytest.raises(what):
                office.check(IMPORTING, imports=act)

    in_thread(work, on_main)
    assert not unraisable


def in_thread(work, on_main):
    if on_main:
        return work()
    faults = []

    def kept():
        try:
            work()
        except BaseException as e:  # noqa: BLE001
            faults.append(e)

    thread = threading.Thread(target=kept)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]


@pytest.mark.parametrize("on_main", [True, False])
def test_what_was_raised_is_the_cause(on_main, unraisable):
    def work():
        own = LookupError("the host's")

        def act(*_):
            raise own

        with Office(clock=START, members=act) as office:
            with pytest.raises(HostCallbackError) as e:
                office.open("QT.HTKH.03", by=ME)
            assert e.value.__cause__ is own and e.value.code == Code.HOST_CALLBACK_FAILED
            assert not isinstance(e.value, quytrinh.InternalError) and "members" in str(e.value)
        with Office(clock=START) as office:
            office.add(TABLE)
            office.set_table("PQ", act)
            case = office.open("QT.H", by="KT/nv01")
            with pytest.raises(HostCallbackError) as e:
                office.execute(completed(case))
            assert e.value.__cause__ is own and office.case(case)["state"]["status"] == "open"
            with pytest.raises(quytrinh.TextError) as e:
                office.add(IMPORTING, imports=act)
            assert e.value.__cause__ is own
            # A wrong text is no failure of `check`; a failing callable is.
            with pytest.raises(HostCallbackError) as e:
                office.check(IMPORTING, imports=act)
            assert e.value.__cause__ is own
            with pytest.raises(HostCallbackError) as e:
                office.check(IMPORTING, imports=lambda name: 7)
            assert isinstance(e.value.__cause__, AttributeError)
            with pytest.raises(LookupError) as e:
                office.test("", "explore", procedure="QT.HTKH.03", steps=3_000, progress=act)
            assert e.value is own and isinstance(own.__context__, HostCallbackError)

    in_thread(work, on_main)
    assert not unraisable


def test_what_fails_in_a_command_of_many_is_not_lost(office, unraisable):
    office.add(TABLE)
    office.set_table("PQ", lambda row: 1 / 0)
    case = office.open("QT.H", by="KT/nv01")
    (one,) = office.execute_all([completed(case)])
    assert one["error"]["code"] == 903 and unraisable == [(ZeroDivisionError, "division by zero")]


def test_a_listener_that_fails_is_heard_of(unraisable):
    """Once: whatever a listener raised was gone."""
    def tell(n):
        raise OSError("no mail today")

    failed = []
    with Office(clock=START) as office:
        office.on_notification(tell)
        office.open("QT.HTKH.03", by=ME)
        assert unraisable == [(OSError, "no mail today")]
        office.on_notification(tell, on_failure=lambda n, e: failed.append((n.kind, str(e))))
        office.open("QT.HTKH.03", by=ME)
        assert failed == [("task_opened", "no mail today")] and len(unraisable) == 1
        office.on_notification(tell, on_failure=lambda n, e: 1 / 0)
        office.open("QT.HTKH.03", by=ME)
        assert unraisable[1][0] is ZeroDivisionError


@pytest.mark.parametrize("on_main", [True, False])
def test_callables_that_call_what_calls_them_end(on_main):
    """Once: members that sent a command went on until the stack was at its end."""
    calls = []

    def work():
        def members(person):
            calls.append(person)
            office.open("QT.HTKH.03", by=ME)
            return ["ĐVYC"]

        with Office(clock=START, members=members) as office:
            with pytest.raises(HostCallbackError) as e:
                office.open("QT.HTKH.03", by=ME)
            deepest, depth = e.value, 0
            while deepest.__cause__ is not None:
                deepest, depth = deepest.__cause__, depth + 1
            assert isinstance(deepest, RecursionError) and "8 deep" in str(deepest)
            assert depth == 9
            assert not list(office.cases())

    in_thread(work, on_main)
    assert len(calls) == 8


def test_a_stack_at_its_end_fails_the_call_and_answers_nothing():
    """An exception before the first line of a callback would be the answer "no such row"."""
    ways = set()

    def work():
        def at_depth(n, do):
            return do() if n == 0 else at_depth(n - 1, do)

        with Office(clock=START) as office:
            office.add(TABLE)
            office.set_table("PQ", lambda row: True)
            for depth in range(sys.getrecursionlimit() - 60, sys.getrecursionlimit(), 1):
                case = office.open("QT.H", by="KT/nv01")
                try:
                    at_depth(depth, lambda: office.execute(completed(case)))
                    ways.add("done")
                except (RecursionError, HostCallbackError):
                    ways.add("refused")
                assert office.case(case)["state"]["status"] == "open"

    in_thread(work, False)
    assert ways == {"done", "refused"}


def test_callables_run_on_the_thread_of_the_call(tmp_path):
    ran = []
    mine = sqlite3.connect(tmp_path / "mine.db")  # of this thread alone, as sqlite3 has it
    with Office(clock=START, members=lambda p: ran.append(threading.get_ident()) or ["ĐVYC"]) as o:
        o.on_notification(lambda n: mine.execute("SELECT 1") and ran.append(
            threading.get_ident()))
        o.open("QT.HTKH.03", by=ME)
        assert set(ran) == {threading.get_ident()} and len(ran) > 1
    mine.close()


def test_an_office_that_its_callables_refer_to_is_collected():
    """Once: one handle leaked with each, held by what C could still call."""
    handles = quytrinh.live_handles()

    class Host:
        def __init__(self):
            self.office = Office(clock=START, members=self.units)
            self.office.on_notification(self.tell)
            self.office.set_table("DM", self.has)
            self.office.open("QT.HTKH.03", by=ME)

        def units(self, person):
            return ["ĐVYC"] if self.office else []

        def tell(self, n):
            self.office.case(n.case)

        def has(self, row):
            return self.office is not None

    hosts = [weakref.ref(Host()) for _ in range(5)]
    gc.collect()
    assert [host() for host in hosts] == [None] * 5 and quytrinh.live_handles() == handles


def test_what_is_not_opened_keeps_nothing():
    kept = len(_calling._kept)
    for uri, fault in (("postgres:x", quytrinh.RequestError), ("\ud800", UnicodeEncodeError),
                       ("sqlite:/nowhere/at/all.db", quytrinh.StoreError), (7, AttributeError)):
        with pytest.raises(fault):
            Office(uri, members=lambda person: ["ĐVYC"])
    with pytest.raises((TypeError, UnicodeEncodeError)):
        Office(tenant="\ud800", members=lambda person: ["ĐVYC"])
    with Office() as office:
        with pytest.raises(UnicodeEncodeError):
            office.set_table("\ud800", lambda row: True)
    with pytest.raises(quytrinh.RequestError):
        office.on_notification(print)
    assert len(_calling._kept) == kept


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_forked_by_a_callable_does_not_wait_for_what_it_does_not_have():
    code = ("import os, quytrinh\n"
            "o = quytrinh.Office(); children = []\n"
            "o.on_notification(lambda n: children.append(os.fork()))\n"
            "try:\n    o.open('QT.HTKH.03', by='ĐVYC/nv01')\n    forked = False\n"
            "except quytrinh.ForkedError:\n    forked = True\n"
            "if 0 in children: os._exit(7 if forked else 1)\n"
            "print(os.waitstatus_to_exitcode(os.waitpid(children[0], 0)[1]), forked)\n")
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True,
                          text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("7 False\n", "")


def test_numbers_that_c_cannot_hold_are_refused(office):
    """Once they wrapped: run_due(-1) was 4,294,967,295 and a seed of 2**64 + 5 was 5."""
    for bad in (-1, 1 << 32, (1 << 33) + 1):
        for call in (office.run_due, office.pull):
            with pytest.raises(ValueError, match="batch must be from 0 to 4294967295"):
                call(bad)
        for name in ("lock_wait_ms", "statement_ms"):
            with pytest.raises(ValueError, match=name):
                Office(**{name: bad})
    for name in ("seed", "check_bytes"):
        for bad in (-1, 1 << 64, (1 << 64) + 5):
            with pytest.raises(ValueError, match=name):
                Office(clock=START, **{name: bad})
    for bad in (1.0, "1", None):
        with pytest.raises(TypeError):
            office.run_due(bad)
    case = office.open("QT.HTKH.03", by=ME)
    for bad in (7, None, ("ĐVYC", "nv01")):
        with pytest.raises(TypeError):
            office.options(case, bad)
        with pytest.raises(TypeError):
            office.complete(case, "1", by=bad)
        with pytest.raises(TypeError):
            office.open("QT.HTKH.03", by=ME, bind={"ĐVTH": bad})
    assert Office(clock=START, seed=(1 << 64) - 1).now() == START


def test_options_of_files(tmp_path):
    uri = f"sqlite:{tmp_path / 'a.db'}"
    with Office(uri, lock_wait_ms=50, statement_ms=20_000, check_bytes=1 << 20) as office:
        office.open("QT.HTKH.03", by=ME)
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(quytrinh.StoreError) as e:
            office.open("QT.HTKH.03", by=ME)
        assert e.value.code == Code.STORE_BUSY and time.monotonic() - begun < 4
        other.execute("ROLLBACK")
        other.close()
    with Office(uri, weak=True, unchecked=True) as office:
        assert len(list(office.cases())) == 1


def test_the_library_is_found_where_the_system_looks(tmp_path):
    """By QUYTRINH_LIBRARY, else beside the package, else as the system finds libraries."""
    package = Path(quytrinh.__file__).parent
    beside = package / "libquytrinh_c.so.1"
    named = os.environ.get("QUYTRINH_LIBRARY") or str(beside)
    copy = tmp_path / "site" / "quytrinh"
    copy.mkdir(parents=True)
    for file in package.glob("*.py"):
        (copy / file.name).write_bytes(file.read_bytes())
    libraries = tmp_path / "lib"
    libraries.mkdir()
    (libraries / "libquytrinh_c.so.1").symlink_to(Path(named).resolve())
    around = {k: v for k, v in os.environ.items() if k != "QUYTRINH_LIBRARY"}
    around["PYTHONPATH"] = str(copy.parent)
    code = "import quytrinh; print(quytrinh.live_handles())"

    def imported(**more):
        return subprocess.run([sys.executable, "-c", code], env={**around, **more},
                              capture_output=True, text=True, timeout=60)

    assert imported(LD_LIBRARY_PATH=str(libraries)).stdout == "0\n"
    missing = imported(LD_LIBRARY_PATH=str(tmp_path))
    assert missing.returncode != 0 and "libquytrinh_c.so.1" in missing.stderr


class Interrupting:
    """Raises KeyboardInterrupt at the n-th step of the interpreter inside the package."""

    def __init__(self, at):
        self.left = at

    def __call__(self, frame, event, _):
        if not frame.f_code.co_filename.endswith("_native.py"):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


@pytest.mark.parametrize("command", [
    {"command": "open", "procedure": "QT.HTKH.03", "by": "ĐVYC/nv01"},
    {"command": "open", "procedure": "QT.NONE", "by": "ĐVYC/nv01"}])
def test_an_interrupt_at_any_step_of_a_call_leaves_no_handle(command):
    with Office(clock=START, seed=7) as office:
        before = quytrinh.live_handles()
        interrupted = 0
        for at in range(1, 2_000):
            watch, outer = Interrupting(at), sys.gettrace()
            sys.settrace(watch)
            try:
                office.execute(command)
            except KeyboardInterrupt:
                interrupted += 1
            except quytrinh.TextError:
                pass
            finally:
                sys.settrace(outer)
            assert quytrinh.live_handles() == before, at
            if watch.left > 0:  # the call was over before
                break
        assert interrupted > 30
