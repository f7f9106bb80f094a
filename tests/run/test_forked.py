"""Work on idle cores: the same bytes in the same order, and nothing left however it ends."""

import multiprocessing
import os
import signal
import subprocess
import sys
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import EncodingError
from pipeline.render.encoding.sink import VideoSink, granted_cores
from pipeline.run import forked as module
from pipeline.run.drawing import encode, frames_for
from pipeline.run.forked import forked, idle_processes
from pipeline.run.track import silent
from tests.render.runs import awkward_run, told_scene
from tests.render.scene.test_story import FPS, TIMING, TOLD
from tests.waiting import REACH, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux")
LIKE = np.zeros((3, 5), np.uint8)
NUMBERS = list(range(7, 60))


@pytest.fixture(autouse=True)
def _no_process_left():
    yield
    assert not multiprocessing.active_children()


def arrays(numbers, slots=None):
    """In the slots, or in one of its own."""
    slots = slots or repeat(np.zeros_like(LIKE))
    for number in numbers:
        slot = next(slots)
        slot[:] = number
        yield slot


def test_arrays_come_in_order_by_any_number_of_processes():
    for processes in (1, 2, 3, 4):
        with forked(arrays, NUMBERS, LIKE, processes) as made:
            assert [array.max() for array in made] == NUMBERS


def test_processes_run_ahead_of_what_is_taken_by_their_slots_and_one_to_come_and_no_further(tmp_path):
    def told(numbers, slots):
        for number in numbers:
            (tmp_path / str(number)).touch()
            slot = next(slots)
            slot[:] = number
            yield slot

    with forked(told, NUMBERS, LIKE, 2) as made:
        taken = iter(made)
        for k in range(3):
            assert next(taken).max() == NUMBERS[k]
        made_at_most = 2 * (module.SLOTS + 1) + 1  # the first slot is free again, since the next but one was asked for
        until(lambda: len(list(tmp_path.iterdir())) >= made_at_most)
        assert len(list(tmp_path.iterdir())) == made_at_most


def test_what_fails_in_a_process_fails_here_and_says_where():
    def failing(numbers, slots):
        yield from arrays(numbers[:3], slots)
        raise ZeroDivisionError("of a panel")

    taken = []
    with pytest.raises(ZeroDivisionError, match="of a panel") as caught, forked(failing, NUMBERS, LIKE, 2) as made:
        taken.extend(array.max() for array in made)
    assert taken == NUMBERS[:6]  # all that was made before
    assert "in failing" in caught.value.__notes__[0]


def test_an_error_that_cannot_be_sent_is_told():
    def failing(numbers, slots):
        error = ValueError()
        error.held = lambda: None
        raise error
        yield

    with pytest.raises(RuntimeError, match="ValueError"), forked(failing, NUMBERS, LIKE, 2) as made:
        list(made)


def test_arrays_that_are_not_put_into_their_slots_are_no_zeros():
    def elsewhere(numbers, slots):
        yield from arrays(numbers)

    def too_few(numbers, slots):
        yield from arrays(numbers[:3], slots)

    for make in (elsewhere, too_few):
        with pytest.raises(ValueError, match="not in its slot"), forked(make, NUMBERS, LIKE, 2) as made:
            list(made)


def test_a_process_that_is_killed_is_missed():
    def killed(numbers, slots):
        yield from arrays(numbers[:3], slots)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(EncodingError, match="ended with code -9"), forked(killed, NUMBERS, LIKE, 2) as made:
        list(made)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_whatever_ends_the_block_ends_the_processes(kind):
    def block():
        with forked(arrays, NUMBERS, LIKE, 3) as made:
            next(iter(made))
            raise kind

    with pytest.raises(kind):
        block()


ENDLESS = """
import signal, time
import numpy as np
from pipeline.run.forked import forked

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background starts without one

def slow(numbers, slots):
    for number, slot in zip(numbers, slots):
        time.sleep(0.01)
        yield slot

with forked(slow, range(10**6), np.zeros(3), 3) as made:
    for k, _ in enumerate(made):
        if k == 10:
            import multiprocessing
            print(*(each.pid for each in multiprocessing.active_children()), flush=True)
"""


BESIDE = """
import multiprocessing, signal, time
from pipeline.run.forked import beside

signal.signal(signal.SIGINT, signal.default_int_handler)

with beside(lambda: time.sleep(10**6)):
    print(*(each.pid for each in multiprocessing.active_children()), flush=True)
    time.sleep(10**6)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(("program", "count"), [(ENDLESS, 3), (BESIDE, 1)], ids=["drawing", "beside"])
def test_no_process_outlives_the_one_that_forked_it(program, count, number):
    command = [sys.executable, "-W", "ignore", "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        pids = process.stdout.readline().split()
        assert len(pids) == count
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        _, words = process.communicate(timeout=REACH)
    assert words.decode().count("Traceback") == (number == signal.SIGINT)  # the forks say nothing
    until(lambda: [pid for pid in pids if Path(f"/proc/{pid.decode()}").exists()], [])


@pytest.mark.parametrize(("cores", "processes"), [(1, 1), (2, 1), (3, 1), (4, 2), (8, 4), (64, module.MOST)])
def test_half_the_cores_draw(cores, processes):
    assert idle_processes(cores) == processes


def test_a_process_draws_alone_where_it_was_given_one_core_of_many_or_must_not_fork(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)))
    assert idle_processes(granted_cores()) == module.MOST
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert idle_processes(granted_cores()) == 1
    monkeypatch.setattr(sys, "platform", "darwin")
    assert idle_processes(64) == 1


@pytest.fixture(scope="module")
def told():
    """A small clip that tells all that can be told."""
    return told_scene(*awkward_run(frames=40), 640, 360, scene=TOLD, timing=TIMING, fps=FPS)


def settings(**changes):
    return VideoConfig(**{"width": 640, "height": 360, "fps": FPS} | changes)


def test_frames_are_byte_for_byte_the_same_by_any_number_of_processes(told, tmp_path):
    sink = VideoSink(tmp_path / "a.mp4", settings())
    numbers = range(len(told))
    with frames_for(sink, told, numbers, 1) as frames:
        alone = [frame.copy() for frame in frames]
    for processes in (2, 3):
        with frames_for(sink, told, numbers, processes) as frames:
            assert all(np.array_equal(one, other) for one, other in zip(alone, frames, strict=True))


@pytest.mark.parametrize("form", ["mp4", "webp"])
def test_a_video_is_the_same_file(told, tmp_path, monkeypatch, form):
    numbers, files = range(0, len(told), len(told) // 26), []
    for processes in (1, 2):
        monkeypatch.setattr("pipeline.run.drawing.idle_processes", lambda _, n=processes: n)
        folder = tmp_path / str(processes)
        folder.mkdir()
        encode(told, numbers, folder / "video", settings(format=form), silent, "said", ("first.png", "last.png"))
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]
    assert len(files[0]) == 3
