"""The end of workers whose sweep was killed: nobody takes what they make, and nobody else would end them."""

import os
import platform
import threading
import time
from functools import cache

from pipeline.console.interrupts import lose_none

LOOKS = 0.5  # seconds between two looks


def this_process() -> tuple[str, int]:
    """What a sweep's process is known by: the machine's name and the process's number."""
    return platform.node(), os.getpid()


@cache
def end_with(machine: str, process: int) -> None:
    """Let this process, a worker, end when that of its sweep does.

    A killed process can tell no one; so a thread looks for it. On other machines than the sweep's, what started the
    worker ends it, and so it is on Windows. What a worker leaves amid a job is put in order by the next sweep, as
    after any kill. A Ctrl-C, which all of them get, is not lost in it either.
    """
    if os.name == "posix" and machine == platform.node() and process != os.getpid():
        threading.Thread(target=_watch, args=(process, os.getppid()), daemon=True).start()
        lose_none()


def _watch(sweep: int, parent: int) -> None:
    while _is_there(sweep) and os.getppid() == parent:  # a dead parent may be there until its own one looks at it
        time.sleep(LOOKS)
    os._exit(1)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
