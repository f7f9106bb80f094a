"""Signals that ask a run to end: each becomes a KeyboardInterrupt, and waits where stopping would do harm."""

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

INTERRUPTED = 130  # the code of an interrupted process, as shells say it
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def listen() -> None:
    """End as by Ctrl-C also by SIGTERM and when the terminal closes; what nohup or a shell ignores stays ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    sys.unraisablehook, sys.excepthook = _swallowed, _escaped
    atexit.register(_leave)  # first, so it is called last: after that Python gives signals back the power to kill


def lose_none() -> None:
    """Let no Ctrl-C that meets a worker in a destructor be lost there; what else ends it is left to what started it."""
    in_main = threading.current_thread() is threading.main_thread()  # elsewhere no handler can be set
    if in_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _swallowed


def end_at_once(code: int) -> None:
    """From now on the process's end is decided: a signal that comes amid it ends the process with this code."""
    _decided.append(code)
    for number in SIGNALS:
        if signal.getsignal(number) is _interrupt:
            signal.signal(number, lambda *_: os._exit(code))


def _leave() -> None:
    """End the process where that is decided: Python would first clear a thousand modules, a twentieth of a start."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if _decided:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
                stream.flush()
        os._exit(_decided[-1])


received: list[int] = []  # signals that came: libraries may turn a KeyboardInterrupt into an error of their own
_decided: list[int] = []  # the code that this process ends with


def _interrupt(number: int, _: Any) -> None:
    received.append(number)
    raise KeyboardInterrupt


def _escaped(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """An interrupt that came while another was dealt with; Python would kill the process by the signal instead."""
    if received and issubclass(kind, KeyboardInterrupt):
        os._exit(INTERRUPTED)
    sys.__excepthook__(kind, error, trace)


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
