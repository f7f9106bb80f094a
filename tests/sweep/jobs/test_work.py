"""One job of a sweep, done in this process: what is left of it."""

import gc
import weakref

import pytest
from matplotlib.figure import Figure

from pipeline.sweep.jobs.lifetime import this_process
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

    monkeypatch.setattr(Figure, "__init__", noted)
    gc.disable()
    yield made
    gc.enable()
    gc.unfreeze()


def test_a_job_leaves_no_figure_in_memory(tmp_path, figures):
    progress = tmp_path / "progress"
    progress.mkdir()
    item = WorkItem(0, str(tmp_path / "job"), [], "python -m pipeline", "", str(progress), this_process())
    assert do(item, lambda _: (composed("data=sine", *DRAFT), {})).state == "done"
    assert figures
    assert [figure() for figure in figures if figure() is not None] == []
