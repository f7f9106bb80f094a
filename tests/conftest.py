"""What several tests share: composing configs as the command line does, at a size that takes a moment."""

import pytest
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from pipeline.config.compose import compose
from pipeline.config.convert import to_config
from pipeline.config.home import CONF, register
from pipeline.config.schema.config import Config

pytest_plugins = ["tests.browser", "tests.firefox"]

# Made once a process, in seconds: tests that ask for one of them, however indirectly, go to one worker.
COSTLY = "made", "whole", "finished", "observed", "wheel", "lab_page"

# Experiments whose claim is tested in a file of another name.
CLAIMED_IN = {"motorcycle": "smoothing", "nile": "smoothing"}

# The smallest video that shows everything: 12 frames of 480x270.
DRAFT = (
    "name=default",
    "video=draft",
    "video.width=480",
    "video.height=270",
    "video.fps=6",
    "timing.seconds=2",
    "dynamics.end_time=1",
    "init.width=12",
)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together tests of one experiment, whose runs are simulated once, and those that share something costly."""
    for item in items:
        if group := _experiment_of(item) or _costly(item):
            item.add_marker(pytest.mark.xdist_group(group))


def _experiment_of(item: pytest.Item) -> str | None:
    """The experiment whose runs a test looks at, as the file of its claim is called."""
    if item.path.parent.name == "claims":
        return item.path.stem
    chosen = getattr(item, "callspec", None)
    name = chosen.params.get("experiment") if chosen else None
    return f"test_{CLAIMED_IN.get(name, name)}" if name else None


def _costly(item: pytest.Item) -> str | None:
    """Where what a test shares with others is made."""
    shared = any(name in getattr(item, "fixturenames", ()) for name in COSTLY)
    return item.path.parts[-2] if shared else None


def composed(*overrides: str) -> Config:
    """The Config that the command line would make of `overrides`."""
    register()
    GlobalHydra.instance().clear()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return to_config(compose("config", overrides))


@pytest.fixture
def config() -> Config:
    """The default config at draft size."""
    return composed(*DRAFT)
