"""What is made ready beside the solver is what drawing asks for, where one waits for the solver, and says nothing."""

import os
import signal
import sys
from dataclasses import replace

import numpy as np
import pytest

from pipeline.model.sources import load_data
from pipeline.render import cells
from pipeline.render.drawing import raster
from pipeline.render.encoding import yuv
from pipeline.run import ahead
from pipeline.run.drawing import draw
from pipeline.run.forked import beside
from pipeline.run.rehearsal import resting_take
from pipeline.run.track import silent
from pipeline.simulate import sampling, thinning
from tests.conftest import DRAFT, composed

CONFIG = composed(*DRAFT)
DATA = load_data(CONFIG.data)
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux")


def known():
    """The signatures of the loops that follow the solver which are there in this process."""
    loops = [loop for part in (cells, raster, yuv, thinning, sampling) for loop in vars(part).values()]
    return {loop: tuple(loop.signatures) for loop in loops if getattr(loop, "signatures", ())}


def test_drawing_then_compiles_nothing(tmp_path):
    ahead.compile_loops(CONFIG, {"": (CONFIG, DATA)})
    before = known()
    assert {yuv.to_planar, cells.restore, raster.fill_marks, thinning.keep_needed} <= set(before)
    draw(CONFIG, [resting_take("", CONFIG, DATA)], tmp_path / "video.mp4", silent)
    assert known() == before


@FORKS
@pytest.mark.parametrize(
    ("kind", "kept", "done"), [("gradient_flow", False, True), ("adam", False, False), ("gradient_flow", True, False)]
)
def test_only_where_one_waits_for_the_solver(monkeypatch, kind, kept, done):
    monkeypatch.setattr(ahead, "is_kept", lambda loop: kept)
    monkeypatch.setattr(ahead, "granted_cores", lambda: 2)
    begun = []
    monkeypatch.setattr(ahead, "beside", begun.append)
    config = replace(CONFIG, dynamics=replace(CONFIG.dynamics, kind=kind))
    ahead.loops_compiled_beside(config, {"": (config, DATA)})
    assert bool(begun) == done


@FORKS
def test_the_process_says_nothing_and_ends_with_the_block(capfd):
    outlet, inlet = os.pipe()

    def work():
        print("said")
        os.system("echo said")
        os.write(inlet, np.int64(os.getpid()).tobytes())
        signal.pause()

    with beside(work):
        pid = int(np.frombuffer(os.read(outlet, 8), np.int64)[0])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert capfd.readouterr().out == ""
    os.close(outlet)
    os.close(inlet)


@FORKS
def test_where_no_process_can_be_had_the_block_goes_on_without(monkeypatch):
    def refused():
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    reached = []
    with beside(signal.pause):
        reached.append(True)
    assert reached == [True]
