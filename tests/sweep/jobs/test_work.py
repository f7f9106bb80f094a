"""One job of a sweep, done in this process: what is left of it."""

import gc
import weakref
from contextlib import nullcontext

import pytest
from matplotlib.figure import Figure

from pipeline.console import progress
from pipeline.render.drawing.lettering import _measuring
from pipeline.render.drawing.theme import DPI
from pipeline.sweep.jobs.lifetime import this_process
from pipeline.sweep.jobs.progress_files import read_progress
from pipeline.sweep.jobs.work import WorkItem, do
from tests.conftest import DRAFT, composed


@pytest.fixture
def figures(monkeypatch):
    """References to the figures that are made; none is freed but what loses its last reference, or on demand."""
    made = []
    start = Figure.__init__

    def noted(self, *args, **options):
        made.append(weakref.ref(self))
        start(self, *args, **options)

    _measuring(DPI)  # a figure that stays: on it texts are measured
    monkeypatch.setattr(Figure, "__init__", noted)
    thresholds = gc.get_threshold()
    gc.disable()
    yield made
    gc.enable()
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def new_item(folder):
    """The first job of a sweep whose folder is `folder`."""
    (folder / "progress").mkdir()
    place = str(folder / "progress")
    return WorkItem(0, str(folder / "job"), [], "python -m pipeline", "", place, this_process())


def test_a_job_leaves_no_figure_in_memory(tmp_path, figures):
    assert do(new_item(tmp_path), lambda _: (composed("data=sine", *DRAFT), {})).state == "done"
    assert figures
    assert [figure() for figure in figures if figure() is not None] == []


@pytest.mark.parametrize("stage", ["simulate", None])
def test_a_jobs_file_says_at_once_when_loops_are_compiled(tmp_path, stage):
    item, said = new_item(tmp_path), []

    def note():
        (path,) = (tmp_path / "progress").glob("*.running")
        said.append(read_progress(path)["stage"])

    def compose(overrides):
        with progress.track(stage, 5, "t") if stage else nullcontext():
            for begins in (True, False):
                progress.compiling(begins)
                note()
        raise ValueError("composed no config")

    assert do(item, compose).state == "failed"
    assert said == [progress.COMPILING, stage or progress.READY]
