"""A watchdog: ends a program that hangs while we wait for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watchdog:
    """Calls `bite` once if, while we wait, nothing shows a sign of life for `limit` seconds.

    sign_of_life: a function whose value changes as work goes on. It is read from a thread of its own, because a
    blocked write to a pipe can only be ended by the death of its reader.
    """

    def __init__(self, limit: float, sign_of_life: Callable[[], object], bite: Callable[[], None]):
        self.bitten = False
        self._limit, self._sign_of_life, self._bite = limit, sign_of_life, bite
        self._tick = min(limit / 10, 0.5)
        self._turn = 0  # odd while we wait
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="encoder watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Only inside this is the time counted: a slow caller is no hang."""
        self._turn += 1
        try:
            yield
        finally:
            self._turn += 1

    def stop(self) -> None:
        """End the thread; safe to call twice."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        # Ticks are counted, not the clock: after a suspended laptop or a Ctrl-Z the clock would have run out.
        idle = 0
        seen: tuple[int, object] | None = None
        while not self._stopped.wait(self._tick):
            sign = self._turn, self._sign_of_life()
            idle = idle + 1 if sign == seen and self._turn % 2 else 0
            seen = sign
            if idle * self._tick >= self._limit:
                self.bitten = True
                self._bite()
                return
