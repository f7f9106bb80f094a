"""Waiting for what a page or another process does: its state, never a length of time, says that it is done."""

import time
from collections.abc import Callable
from typing import Any

REACH = 240.0  # seconds in which a busy machine does what takes it a moment


def until(read: Callable[[], Any], expected: Any = True) -> None:
    """Wait until what is read is what is expected."""
    end = time.monotonic() + REACH
    while (found := read()) != expected:
        assert time.monotonic() < end, f"{found!r} is not {expected!r}"
        time.sleep(0.02)
