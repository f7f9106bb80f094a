"""What a run says: a bar a stage on a terminal, plain lines elsewhere. Stages get a function to call, no more.

A job of a sweep says it to the sweep's board instead, see `told_to`.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm

from pipeline.console.say import say

log = logging.getLogger("pipeline")

COMPILING = "compiling inner loops (once)"
READY = "compiled"
PERIOD = 10.0  # seconds between two lines about one stage

Listener = Callable[[str, float, float, str], None]  # takes a stage's name, what is done, the total and the unit

compilers: list[Callable[[bool], None]] = []  # the last one hears when loops begin to be compiled, and when they are
listeners: list[Listener] = []  # the last one hears of every stage; without one it is shown here


class LineHandler(logging.StreamHandler[TextIO]):
    """Log lines on standard error that do not break a bar that stands there."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record above any bar."""
        with tqdm.external_write_mode(file=sys.stderr):
            say(self.format(record))


@contextmanager
def track(name: str, total: float, unit: str) -> Iterator[Callable[[float], None]]:
    """Show the progress of some work; yields a function that takes how much of `total`, in `unit`, is done.

    Where inner loops are compiled first, see `compiling`, that is said, and its time does not count.
    """
    if listeners:
        tell = listeners[-1]
        tell(name, 0, total, unit)
        with _compiling(lambda begins: tell(COMPILING if begins else name, 0, total, unit)):
            yield lambda done: tell(name, done, total, unit)
        return
    watch = Stopwatch()
    if not sys.stderr.isatty():
        with _compiling(lambda begins: _log_compiling(name, begins, watch)):
            yield Lines(name, total, unit, watch).update
        log.info("%s: %.1f s", name, watch())
        return
    with (
        tqdm(total=total, desc=name, unit=unit, leave=False, dynamic_ncols=True, unit_scale=total > 1e4) as bar,
        _compiling(lambda begins: _show_compiling(bar, name, begins, watch)),
    ):

        def show(done: float) -> None:
            bar.n = done if isinstance(done, int) else float(f"{done:.3g}")  # a bar writes all digits there are
            bar.update(0)

        yield show


@contextmanager
def _compiling(tell: Callable[[bool], None]) -> Iterator[None]:
    """Within the block, `tell` is what says that inner loops are compiled."""
    compilers.append(tell)
    try:
        yield
    finally:
        compilers.pop()


def compiling(begins: bool) -> None:
    """Inner loops begin to be compiled, or now they are: the stage that is shown says so."""
    if compilers:
        compilers[-1](begins)
    elif listeners:
        listeners[-1](COMPILING if begins else READY, 0, 0, "")
    elif begins:
        log.info("%s, up to a minute", COMPILING)


class Stopwatch:
    """Seconds since it was made, less those for which it stood still."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self._clock, self._start = clock, clock()
        self._stopped: float | None = None

    def __call__(self) -> float:
        return (self._clock() if self._stopped is None else self._stopped) - self._start

    def stop(self) -> None:
        """Stand still."""
        self._stopped = self._clock()

    def go_on(self) -> float:
        """Run again; for how long it stood still."""
        pause = 0.0 if self._stopped is None else self._clock() - self._stopped
        self._start, self._stopped = self._start + pause, None
        return pause


def _log_compiling(name: str, begins: bool, watch: Stopwatch) -> None:
    """Say in a line that the loops of a stage are compiled; `watch` stands still for so long."""
    if begins:
        watch.stop()
        log.info("%s: %s, up to a minute", name, COMPILING)
    else:
        watch.go_on()


def _show_compiling(bar: Any, name: str, begins: bool, watch: Stopwatch) -> None:
    """Say in a bar that the loops of its stage are compiled; the rate that it shows leaves that time out."""
    if begins:
        watch.stop()
    else:
        pause = watch.go_on()
        bar.start_t, bar.last_print_t = bar.start_t + pause, bar.last_print_t + pause
    bar.set_description(f"{name}: {COMPILING}" if begins else name)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Every stage's progress goes to `listener`, and nothing is shown here."""
    listeners.append(listener)
    try:
        yield
    finally:
        listeners.pop()


class Lines:
    """Progress as log lines, one every PERIOD seconds: nothing where a stage takes no longer.

    clock: gives the present time in seconds.
    """

    def __init__(self, name: str, total: float, unit: str, clock: Callable[[], float] = time.perf_counter):
        self._name, self._total, self._unit, self._clock = name, total, unit, clock
        self._since, self._before = clock(), 0.0

    def update(self, done: float) -> None:
        """Say how far the stage is, if a line is due."""
        seconds = self._clock() - self._since
        if seconds < PERIOD:
            return
        # The rate of late, not of the whole: gradient flow takes ever longer steps.
        rate = (done - self._before) / seconds
        left = f"about {rough((self._total - done) / rate)} left" if rate > 0 else "time left unknown"
        share = f"{done:.4g} of {self._total:.4g} {self._unit} ({done / self._total:.0%})"
        log.info("%s: %s, %.3g %s/s, %s", self._name, share, rate, self._unit, left)
        self._since, self._before = self._clock(), done


def rough(seconds: float) -> str:
    """A time in the unit in which one would say it."""
    for limit, size, unit in ((120, 1, "s"), (7200, 60, "min"), (172_800, 3600, "h")):
        if seconds < limit:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"
