"""One small sweep for all that is made of finished jobs: three scales, one of which fails, and two seeds."""

import shutil
import sys
from pathlib import Path

import pytest
from hydra.core.global_hydra import GlobalHydra

from pipeline.command import command
from tests.sweep.made import make_sweep
from tests.sweep.multiruns import NUMBERS

SWEPT = {"init.scale": [0.3, 3, -1], "init.seed": [0, 1]}


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A finished sweep's folder, to be read only."""
    return make_sweep(tmp_path_factory.mktemp("small") / "sweep", SWEPT, "scene=minimal")


@pytest.fixture
def sweep(finished, tmp_path):
    """A copy of it."""
    return shutil.copytree(finished, tmp_path / "small" / "sweep")


@pytest.fixture
def unplotted(monkeypatch):
    """Plots take seconds, and are looked at in test_summary.py and on the page."""

    def quick(plan, theme, paths):
        for path in paths:
            path.write_text(str(plan))

    monkeypatch.setattr("pipeline.sweep.compared.plots.draw_plot", quick)


@pytest.fixture
def multirun(monkeypatch, tmp_path, capsys):
    """Run a multirun in this process; gives (exit code, table, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["pipeline"])

    def run(*words: str, common: tuple[str, ...] = NUMBERS) -> tuple[int, dict[str, str], str]:
        GlobalHydra.instance().clear()
        code = command(["-m", *common, *words])
        said = capsys.readouterr()
        rows = [line.split() for line in said.out.splitlines()[1:]]
        return code, {row[0]: row[1] for row in rows}, said.err

    return run


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where a multirun without a name is."""
    return tmp_path / "renders" / "default" / "sweep"
