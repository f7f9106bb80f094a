"""Signals: what asks a run to end ends it in one line, what is ignored stays ignored."""

import signal
import sys
import time
import weakref

import pytest

from pipeline.__main__ import INTERRUPTED, main
from pipeline.console import interrupts


@pytest.fixture(autouse=True)
def _handlers_as_before(monkeypatch):
    monkeypatch.setattr(interrupts, "received", [])
    monkeypatch.setattr("sys.unraisablehook", sys.unraisablehook)
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
        time.sleep(5)

    started = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        work()
    assert time.perf_counter() - started < 4
    assert capsys.readouterr().err == ""
