"""Signals that ask a run to end: each becomes a KeyboardInterrupt, and waits where stopping would do harm."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def listen() -> None:
    """End as by Ctrl-C also by SIGTERM and when the terminal closes; what nohup or a shell ignores stays ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    sys.unraisablehook = _swallowed


received: list[int] = []  # signals that came: libraries may turn a KeyboardInterrupt into an error of their own


def _interrupt(number: int, _: Any) -> None:
    received.append(number)
    raise KeyboardInterrupt


def _swallowed(lost: "sys.UnraisableHookArgs") -> None:
    """An interrupt that met a destructor or a weak reference's callback, out of which no error comes, comes again."""
    if received and isinstance(lost.exc_value, KeyboardInterrupt):
        again = threading.Timer(0.01, _send, received[-1:])
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)


def _send(number: int) -> None:
    """A signal for the main thread, which it wakes where it waits."""
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, number)
    else:  # Windows
        signal.raise_signal(number)


@contextmanager
def postponed() -> Iterator[None]:
    """Signals wait until the block is done.

    By handlers, not by a signal mask: that would hold for this thread only, and the process has others.
    """
    if threading.current_thread() is not threading.main_thread():  # elsewhere no handler can be set, nor is one called
        yield
        return
    waiting: list[int] = []
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in before:
        signal.signal(number, lambda got, _: waiting.append(got))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in waiting:
        signal.raise_signal(number)
