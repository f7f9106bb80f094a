"""A command's first and last moments, the same for all four. What happens between them is in command.py of each."""

import errno
import gc
import os
import sys
import time
from importlib import import_module

STARTED = time.perf_counter()  # before the imports, which the user waits for too
PIPE_CLOSED = 141  # as shells say it of a command whose reader has gone
TOO_MANY_FILES = "too many open files at once; raise the limit of this shell, ulimit -n 1024"
OUT_OF_MEMORY = "out of memory; give fewer neurons, init.width, fewer frames or a smaller video"


def main(module: str = "pipeline.command") -> None:
    """Run a module's command; exit 0 when all is made, 1 or 2 when one line says why not, 130 when interrupted.

    module: by its dotted name, one with `command(words, started) -> exit code`, which may raise PipelineError.
    """
    open_streams()
    from pipeline.console import interrupts

    interrupts.listen()
    from pipeline.console.say import say

    collect_seldom()
    os.environ["MPLBACKEND"] = "agg"  # Matplotlib refuses to be imported under a name that it does not know
    try:
        code = outcome(module, sys.argv[1:])
    except BaseException:
        if not interrupts.received:
            raise
        code = interrupts.INTERRUPTED
    if code and interrupts.received:
        code = interrupts.INTERRUPTED
    interrupts.end_at_once(code)
    if code == interrupts.INTERRUPTED:
        say("interrupted: earlier results stand as they were")
    sys.exit(code)


def open_streams() -> None:
    """Let what is said go nowhere where a stream is closed, as by `>&-`: Python then has None in its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115  # open as long as the process is there


def collect_seldom() -> None:
    """Look for unused cycles of objects when there are a million, which no start makes, and then for every 50 000 more.

    At every 700, Python's default, that takes a tenth of a start, and with nothing found: what is imported stays.
    """
    gc.set_threshold(1_000_000)
    gc.callbacks.append(lambda phase, info: gc.set_threshold(50_000))


def outcome(module: str, words: list[str]) -> int:
    """The exit code of a module's command, for these words; what goes wrong is said. Bugs keep their traceback."""
    from pipeline.errors import InputError, PipelineError

    try:
        code: int = import_module(module).command(words, STARTED)
        sys.stdout.flush()
        return code
    except PipelineError as error:
        return _failed(str(error), 2 if isinstance(error, InputError) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what Python still holds back goes nowhere
        return PIPE_CLOSED
    except MemoryError:
        return _failed(OUT_OF_MEMORY, 1)
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        return _failed(TOO_MANY_FILES, 1)


def _failed(message: str, code: int) -> int:
    from pipeline.console.say import say

    say(f"error: {message}")
    return code


if __name__ == "__main__":
    main()
