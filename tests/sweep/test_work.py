"""One job of a sweep, done in this process: what is left of it."""

import gc

import pytest
from matplotlib.figure import Figure

from pipeline.sweep.work import Order, do
from tests.conftest import DRAFT, composed


@pytest.fixture
def uncollected():
    """Nothing is freed but what loses its last reference, and what is asked for; gives the figures that stand."""
    gc.collect()
    gc.disable()
    yield figures()
    gc.enable()
    gc.unfreeze()


def figures() -> set[int]:
    """The identities of all Matplotlib figures in memory."""
    return {id(each) for each in gc.get_objects() if type(each) is Figure}  # isinstance would follow dead proxies


def test_a_job_leaves_no_figure_in_memory(tmp_path, uncollected):
    board = tmp_path / "board"
    board.mkdir()
    order = Order(0, str(tmp_path / "job"), [], "python -m pipeline", "", str(board))
    assert do(order, lambda _: (composed("data=sine", *DRAFT), {})).state == "done"
    gc.unfreeze()
    assert figures() <= uncollected
