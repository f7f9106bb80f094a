"""In every shipped experiment, and from tiny weights to huge ones, f and the data are where one can see them."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from pipeline import project
from pipeline.config.schema.scene import LayoutConfig
from pipeline.model.sources import load_data
from pipeline.render.panels.parts.held_labels import APART, MOST
from pipeline.run.drawing import make_film, scene_of
from pipeline.run.simulating import simulate
from pipeline.run.take import Take
from pipeline.run.timeline import timeline_of
from pipeline.run.track import silent
from tests.claims.played import taken
from tests.conftest import composed
from tests.run.untold import untold
from tests.test_experiments import EXPERIMENTS

FILLED, FILLED_BESIDE = 0.7, 0.65  # of the function's height: what the data fill at least, alone and side by side
FILLED_BY_LABELS = 0.19  # of which f goes far beyond
SCALES = 1e-3, 1e-2, 0.1, 1.0, 10.0
ALONE = LayoutConfig([["function"]])


def functions(config, takes):
    """The function panels of runs side by side, settled."""
    config = untold(config)
    config = replace(config, scene=replace(config.scene, wide=ALONE, narrow=ALONE, panels={}))
    timeline = timeline_of(config, takes)
    return scene_of(config, [make_film(config, take, timeline) for take in takes]).panels


def of_experiment(name: str):
    config = composed(f"experiment={name}", "video=draft")
    return functions(config, [taken(name, *more) for more in config.compare.values()] or [taken(name)])


def check_in_sight(panel) -> None:
    """f passes through the panel or is pointed at, at every frame."""
    low, high = panel.film.ranges(panel.window.x)
    seen = (low <= panel.window.y[1]) & (high >= panel.window.y[0])
    assert (seen | panel.pointer.on["top"] | panel.pointer.on["bottom"]).all()


def check_words_at_knots(panel) -> None:
    """At most MOST at once, and none sooner than a second after the one before."""
    labels = panel.labels.labels
    starts = sorted(label.start for label in labels)
    assert all(b - a >= APART * panel.film.fps for a, b in itertools.pairwise(starts))
    assert all(sum(one.start <= start < one.stop for one in labels) <= MOST for start in starts)


def fill(panel, panels) -> float:
    """Which share of the panel's height the data of all panels, which share its scale, take."""
    bottom, top = panel.axes.get_ylim()
    return float(np.ptp(np.concatenate([each.film.y for each in panels])) / (top - bottom))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_f_is_in_sight_the_data_fill_the_panel_and_words_are_calm(experiment):
    panels = of_experiment(experiment)
    least = FILLED if len(panels) == 1 else FILLED_BESIDE
    if any(panel.film.of_labels for panel in panels):
        least = FILLED_BY_LABELS
    for panel in panels:
        check_in_sight(panel)
        check_words_at_knots(panel)
        assert fill(panel, panels) >= least or np.ptp(panel.film.y) == 0


@pytest.mark.parametrize("scale", SCALES)
def test_f_is_in_sight_at_every_scale(scale):
    config = composed(f"init.scale={scale}", "video=draft")
    data = load_data(config.data)
    run = simulate(config, data, silent)
    (panel,) = functions(config, [Take(config, data, run, project(run), {})])
    check_in_sight(panel)
    assert fill(panel, [panel]) >= FILLED
