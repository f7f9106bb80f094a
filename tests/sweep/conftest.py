"""One small sweep for all that is made of finished jobs: three scales, one of which fails, and two seeds."""

import shutil

import pytest

from tests.sweep.made import make_sweep

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
