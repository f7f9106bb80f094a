"""Signals: what asks a run to end ends it in one line, what is ignored stays ignored."""

import os
import shlex
import signal
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.console import interrupts
from pipeline.console.interrupts import INTERRUPTED
from tests.waiting import REACH


@pytest.fixture(autouse=True)
def _handlers_as_before(monkeypatch):
    monkeypatch.setattr(interrupts, "received", [])
    monkeypatch.setattr(interrupts, "_decided", [])  # or the process of these tests would end as one of them does
    monkeypatch.setattr("sys.unraisablehook", sys.unraisablehook)
    monkeypatch.setattr("sys.excepthook", sys.excepthook)
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_an_interrupt_that_a_library_turns_into_its_own_error_is_one(monkeypatch, capsys, number):
    def turned(*_):
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            raise AttributeError("half built") from None

    monkeypatch.setattr("pipeline.command.command", turned)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == INTERRUPTED
    assert capsys.readouterr().err == "interrupted: earlier results stand as they were\n"


def test_what_nohup_ignores_stays_ignored():
    number = interrupts.SIGNALS[-1]
    signal.signal(number, signal.SIG_IGN)
    interrupts.listen()
    signal.raise_signal(number)
    with interrupts.postponed():
        signal.raise_signal(number)
    assert interrupts.received == []


def test_a_postponed_signal_comes_when_the_block_is_done():
    interrupts.listen()
    steps = []

    def work():
        with interrupts.postponed():
            signal.raise_signal(signal.SIGTERM)
            steps.append("done")
        steps.append("never")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["done"]


class Watched:
    """What is given up while signals come."""


def by_destructor(act):
    class Ending:
        def __del__(self):
            act()

    Ending()


def by_weak_reference(act):
    thing = Watched()
    reference = weakref.ref(thing, lambda _: act())
    del thing
    assert reference() is None


@pytest.mark.parametrize("swallow", [by_destructor, by_weak_reference])
@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_an_interrupt_is_not_swallowed_where_python_lets_no_error_out(capsys, swallow, number):
    interrupts.listen()

    def work():
        swallow(lambda: signal.raise_signal(number))
        time.sleep(REACH)
        woken.append("late")

    woken = []
    with pytest.raises(KeyboardInterrupt):
        work()
    assert woken == []
    assert capsys.readouterr().err == ""


WORKER = """
import signal, time
from pipeline.console.interrupts import lose_none

class Ending:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

lose_none()
try:
    Ending()
    time.sleep(60)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_a_worker_loses_no_interrupt_in_a_destructor():
    ran = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("interrupted\n", "")


BUSY = """
import time

def command(words, started):
    print("ready", flush=True)
    for _ in range(600):
        time.sleep(0.05)
    return 0
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of a shell")
@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.parametrize("pause", [0.0, 0.001])
def test_however_many_signals_come_a_process_ends_as_interrupted(tmp_path, number, pause):
    """Also where they come amid its last words, or while Python closes: never by the signal itself."""
    (tmp_path / "busy.py").write_text(BUSY)
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), str(tmp_path)])}
    words = [sys.executable, "-c", "from pipeline.__main__ import main; main('busy')"]
    for _ in range(3):
        process = subprocess.Popen(words, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout.readline() == "ready\n"
        for _ in range(40):
            with suppress(ProcessLookupError):
                process.send_signal(number)
            time.sleep(pause)
        said = process.communicate(timeout=REACH)[1]
        assert process.returncode == INTERRUPTED, said
        assert "Traceback" not in said


ENDING = """
import atexit, sys

class Kept:
    def __del__(self):
        print("cleared")

kept = Kept()

def command(words, started):
    atexit.register(print, "at exit")
    print("made", end=", ")
    return 2
"""


@pytest.mark.parametrize(
    ("closed", "said"),
    [("", ("made, at exit\n", "")), (" >&-", ("", "")), (" 2>&-", ("made, at exit\n", "")), (" >&- 2>&-", ("", ""))],
)
def test_a_command_that_has_ended_clears_nothing_and_loses_nothing(tmp_path, closed, said):
    """What was to be done at the exit is done, and all that was said is out, where a stream is open."""
    (tmp_path / "ending.py").write_text(ENDING)
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), str(tmp_path)])}
    words = shlex.join([sys.executable, "-c", "from pipeline.__main__ import main; main('ending')"])
    done = subprocess.run(words + closed, shell=True, env=env, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (2, *said)
