"""Lines on standard error: what is in them acts on no terminal, and that nobody reads them stops no work."""

import sys
from contextlib import suppress

from pipeline.console.texts import printable


def say(text: str) -> None:
    """Write a line. Nothing happens where the reader of a pipe has gone, as after `2>&1 | head -1`."""
    with suppress(BrokenPipeError):
        print(printable(text), file=sys.stderr, flush=True)
