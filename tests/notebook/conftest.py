"""A run of the command line, made once, which tests film from Python."""

import pytest

from pipeline import Trajectory
from pipeline.make import Result, make
from tests.conftest import DRAFT, composed

TOLD = "scene.title='It learns a sine'", "scene.subtitle='{samples} samples'", "data=sine"
# What DRAFT and TOLD say, as keywords.
SMALL = {
    "video": "draft",
    "width": 480,
    "height": 270,
    "fps": 6,
    "seconds": 2,
    "title": "It learns a sine",
    "subtitle": "{samples} samples",
    "data": {"title": "a sine"},
}


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Result:
    """A draft of a run, in a folder of its own."""
    return make(composed(*DRAFT, *TOLD), tmp_path_factory.mktemp("run"))


@pytest.fixture
def run(made):
    """The trajectory of the run."""
    return Trajectory.load(made.folder / "trajectory.npz")
