"""A finished run with its talk, small, that the tests of this folder share."""

import shutil
from pathlib import Path

import pytest

from pipeline.config.schema.config import Config
from pipeline.make import make
from tests.conftest import DRAFT, composed

CUTS = "embed.cuts=[0.01,0.3]"
SMALL = "data=sine", *DRAFT, "name=small"
COMMAND = "python -m pipeline data=sine name=small"
BEATS = {"at": "30 %", "say": "It <b>falls</b> & bends"}, {"at": "80 %", "say": "Loss {loss:.2f}"}
ENDING = {"say": "It fits", "measured": "{loss:.2f}", "predicted": "0", "source": "Williams et al. 2019"}
TITLE = "ReLU & <β> {data}: 100 %_#$\\mu$"  # all that the languages of slides mind


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The folder of a run of 12 frames in three sections, with all that can be asked for; to be read only."""
    folder = tmp_path_factory.mktemp("renders") / "small"
    config = composed(*SMALL, "embed=talk", CUTS, "embed.gif=true", "embed.webm=true", "embed.slides=true")
    config.scene.title = TITLE
    make(config, folder, COMMAND)
    return folder


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Path:
    """The folder of the same run, which tells a story, with a talk of the whole video; to be read only."""
    folder = tmp_path_factory.mktemp("renders") / "small"
    make(telling(), folder, COMMAND)
    return folder


def telling() -> Config:
    """The config of a run that tells a story, with a talk of its whole video."""
    config = composed(*SMALL, "embed=talk", "embed.beats=false")
    config.scene.beats, config.scene.ending = list(BEATS), ENDING
    return config


@pytest.fixture
def copied(made, tmp_path) -> Path:
    """A copy of the run that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "small"))
