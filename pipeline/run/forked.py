"""Work on idle cores: forked processes make arrays in turn, which come back in order through shared memory.

Forks see all that is there at their start, such as a scene, without its being handed over; that is why there are none
where the system knows no forks or they are unsafe (Windows, macOS).
"""

import mmap
import multiprocessing
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from itertools import cycle
from multiprocessing.connection import Connection

import numpy as np

from pipeline.errors import EncodingError

SLOTS = 2  # for arrays that a process has made and that are still to be taken, or just were
MOST = 6  # processes, of some 26 MB each for frames of 1920x1080, 47 MB for transparent ones
SHORTEST = 12  # arrays a process, below which its start costs more than it saves
SIGNALS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

GONE = EOFError, ConnectionError  # what says that the process at the other end has ended

Make = Callable[[Sequence[int], Iterator[np.ndarray] | None], Iterable[np.ndarray]]


def can_fork() -> bool:
    """Whether this process may have others forked."""
    return sys.platform == "linux" and not multiprocessing.current_process().daemon


def idle_processes(cores: int) -> int:
    """How many processes may draw beside an encoder that also has work for these cores; 1: this one, unforked."""
    return max(min(cores // 2, MOST), 1) if can_fork() else 1


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Within the block a forked process does work, for what it leaves on disk; what it would say nobody hears.

    It ends with the block, and when this process is killed. Where the system has no process to give, none does it.
    """
    process = multiprocessing.get_context("fork").Process(target=_in_silence, args=(work,), daemon=True)
    try:
        with suppress(OSError), _held_signals():
            process.start()
        yield
    finally:
        if process.pid is not None:
            process.kill()
            process.join()


def _in_silence(work: Callable[[], object]) -> None:
    _ignore_signals()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with open(os.devnull, "r+") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        for stream in range(3):
            os.dup2(nowhere.fileno(), stream)
        work()


def _end_with_parent() -> None:
    """End this process with the one that forked it: it would go on for nobody, and hold locks that a rerun needs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def forked(make: Make, numbers: Sequence[int], like: np.ndarray, processes: int) -> Iterator[Iterable[np.ndarray]]:
    """Yields the arrays of `make(numbers, None)`, in order, the kth made by process k modulo `processes`.

    make: called in each with its share and an iterator of slots, of shape and type of the array `like`; must give one
    array for each number, of the same bytes wherever it is made, in the next slot where there are any. To ask for that
    waits until it is free, so all that can be done before should be. The slots are SLOTS arrays in turn: what is there
    already as it should be may be left alone, and nothing is copied. An array is overwritten once the next one is asked
    for.
    What fails in a process fails here, and an EncodingError tells of one that is gone. With the block all of them end,
    however it ends, and when this process is killed they end too.
    """
    processes = min(processes, len(numbers) // SHORTEST)
    if processes < 2:
        yield make(numbers, None)
        return
    crew: list[Fork] = []
    try:
        with _held_signals():
            for start in range(processes):
                crew.append(Fork(make, numbers[start::processes], like, crew))
        yield (crew[k % processes].take() for k in range(len(numbers)))
    finally:
        for fork in crew:
            fork.kill()
        for fork in crew:  # their memory is freed at the same time
            fork.end()


class Fork:
    """A process that makes its share of arrays, and the slots in shared memory where it puts them.

    others: those that were forked before it, from which it is to keep its hands.
    """

    def __init__(self, make: Make, numbers: Sequence[int], like: np.ndarray, others: Sequence["Fork"]) -> None:
        memory = mmap.mmap(-1, SLOTS * like.nbytes)  # without a name: nothing is left behind
        self._slots = [*np.frombuffer(memory, like.dtype).reshape(SLOTS, *like.shape)]
        self._taken = 0
        self._end, far_end = multiprocessing.Pipe()
        near_ends = [self._end, *(fork._end for fork in others)]
        work = make, numbers, self._slots, far_end, near_ends
        self._process = multiprocessing.get_context("fork").Process(target=_work, args=work, daemon=True)
        self._process.start()
        far_end.close()

    def take(self) -> np.ndarray:
        """The next array, once it is there; hands back the slot of the one before."""
        with suppress(ConnectionError):  # it has ended, after its last array
            if self._taken:
                self._end.send(None)
        try:
            fault = self._end.recv()
        except GONE:
            raise self._ending() from None
        if fault is not None:
            raise fault
        self._taken += 1
        return np.asarray(self._slots[(self._taken - 1) % SLOTS])

    def _ending(self) -> EncodingError:
        """Why it is gone, such as killed by a system that is short of memory."""
        self._process.join()
        code = self._process.exitcode
        return EncodingError(
            f"a process that drew frames ended with code {code}; if memory is short: OMP_NUM_THREADS=1"
        )

    def kill(self) -> None:
        """Let it end, whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """Wait until it has been killed; leaves nothing of it."""
        self._process.join()
        self._end.close()


def _work(
    make: Make, numbers: Sequence[int], slots: Sequence[np.ndarray], end: Connection, near_ends: Sequence[Connection]
) -> None:
    """In the forked process: fill the slots in turn."""
    _ignore_signals()
    for near_end in near_ends:
        near_end.close()  # so that it is told when the process that holds them has died
    with suppress(*GONE):  # which it has
        try:
            arrays = iter(make(numbers, _free(slots, end)))
            for k in range(len(numbers)):
                if next(arrays, None) is not slots[k % len(slots)]:
                    raise ValueError(f"array {k} of {len(numbers)} is not in its slot")
                end.send(None)
        except GONE:
            raise
        except BaseException as error:
            end.send(_portable(error))


def _free(slots: Sequence[np.ndarray], end: Connection) -> Iterator[np.ndarray]:
    """The slots in turn, each again once it was handed back."""
    yield from slots
    for slot in cycle(slots):
        end.recv()
        yield slot


def _portable(error: BaseException) -> BaseException:
    """An error that can be sent, with the place where it was raised."""
    told = "".join(traceback.format_exception(error))
    try:
        multiprocessing.reduction.ForkingPickler.dumps(error)
    except Exception:
        return RuntimeError(told)
    error.add_note(f"In a drawing process:\n{told}")
    return error


@contextmanager
def _held_signals() -> Iterator[None]:
    """Signals wait until the block is done, also in what is forked in it, where they would be taken for this one's."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        with warnings.catch_warnings():
            # Python warns of other threads, whose locks a fork finds taken for ever: of them it needs none.
            warnings.filterwarnings("ignore", r".*use of fork\(\) may lead to deadlocks", DeprecationWarning)
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_signals() -> None:
    """A terminal interrupts all processes; this one is ended by the one that forked it."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
