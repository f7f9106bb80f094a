"""The running encoder: a program that takes bytes until it is finished, or that is ended with what it said."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import IO

from pipeline.errors import EncodingError
from pipeline.render.encoding.ffmpeg import in_one_line
from pipeline.render.encoding.watchdog import Watchdog

PIPE = 1 << 20  # bytes, the most that Linux grants everyone


class EncoderProcess:
    """A started program, fed through its standard input.

    arguments: executable and its arguments; name: of the result, which starts every message; timeout: seconds that
    one wait may last without a new value of sign_of_life().
    Every failure is an EncodingError with the reason. The owner calls end() whatever happened.
    """

    def __init__(self, arguments: list[str], name: str, timeout: float, sign_of_life: Callable[[], object]):
        self._name, self._timeout = name, timeout
        try:
            # A nameless file: a pipe would fill up and block, a named file would be left behind by a kill.
            with ExitStack() as undo:
                self._log = undo.enter_context(tempfile.TemporaryFile())
                self._process = start(arguments, self._log)
                undo.pop_all()
        except (OSError, ValueError) as error:
            raise EncodingError(f"{name}: the encoder {arguments[0]} cannot be started: {error}") from None
        assert self._process.stdin is not None  # start() asks for a pipe
        self._input = self._process.stdin
        widen(self._input)
        self._watchdog = Watchdog(timeout, sign_of_life, self._kill)

    def feed(self, data: memoryview) -> None:
        """Hand over all bytes; returns when the encoder has taken them."""
        try:
            with self._watchdog.waiting():
                while data:
                    data = data[self._input.write(data) :]
        except OSError:  # the pipe is broken, and only the encoder knows why
            raise self._failure(self._wait()) from None

    def finish(self) -> None:
        """Tell the encoder that this was all, and wait until it has written its file."""
        code = self._wait()
        if code != 0:
            raise self._failure(code)

    def end(self) -> None:
        """Kill it if it still runs, and leave no zombie, thread or open file; safe to call twice."""
        self._watchdog.stop()
        self._input.close()
        if self._process.poll() is None:
            self._kill()
        self._process.wait()
        self._log.close()

    def _wait(self) -> int:
        with self._watchdog.waiting():
            self._input.close()
            return self._process.wait()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):  # it ended by itself meanwhile
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _failure(self, code: int) -> EncodingError:
        if self._watchdog.bitten:
            reason = (
                f"made no progress for {self._timeout:g} s and was ended; "
                f"if only the machine or disk is slow, allow more: video.timeout={2 * self._timeout:g}"
            )
        else:
            reason = f"{ending(code)}: {last_words(self._log) or 'it gave no reason'}"
        return EncodingError(f"{self._name}: the encoder {reason}")


def start(arguments: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """The program in a session of its own: Ctrl-C reaches only us, and we end it in order."""
    return subprocess.Popen(
        arguments,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=log,
        start_new_session=True,
    )


def widen(pipe: IO[bytes]) -> None:
    """Let the pipe hold more than Linux's 64 KiB, so that a frame takes few changes between the two programs."""
    with suppress(ImportError, AttributeError, OSError):  # other systems; a user over the limit for all pipes
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def ending(code: int) -> str:
    """An exit code of subprocess in words; negative ones are signals."""
    if code < 0:
        return f"was killed by signal {-code}"
    return f"failed with exit code {code}" if code else "stopped reading frames"


def last_words(log: IO[bytes]) -> str:
    """The last lines of an open file as one line."""
    log.seek(max(0, log.seek(0, os.SEEK_END) - 4096))
    return in_one_line(log.read().decode(errors="replace"))
