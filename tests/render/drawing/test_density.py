"""Very many neurons are a density: every one counted, once, and drawn fast as plainly."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.density import DENSITY_FROM, FAINTEST, Density
from pipeline.render.drawing.theme import style_for
from tests.conftest import composed
from tests.render.runs import FRAMES, awkward_run, scene_of


@pytest.fixture(scope="module")
def scene():
    return scene_of(*awkward_run(DENSITY_FROM), 640, 360, scene=composed("scene=board").scene)


@pytest.fixture
def density():
    axes = Figure(figsize=(4, 3)).add_axes((0, 0, 1, 1), xlim=(-1, 1), ylim=(0, 5))
    return Density(axes, style_for(ThemeConfig(), 400, 300))


def panel(scene, name):
    return next(panel for panel in scene.panels if type(panel).__name__ == name)


def test_a_crowd_is_drawn_fast_as_plainly(scene):
    for k in (0, 3, FRAMES - 1, 1):
        np.testing.assert_array_equal(scene.frame(k), scene.still(k), err_msg=f"frame {k}")


def test_every_neuron_is_in_a_cell_or_counted_at_an_edge(scene):
    plane = panel(scene, "PlanePanel")
    for k in range(FRAMES):
        scene.still(k)
        outside = plane.counts.beyond[k].sum()
        assert plane.cloud._count(plane.cloud.density, k).sum() + outside == DENSITY_FROM


def test_cells_hold_what_stands_in_them_and_edges_are_inside(density):
    x, y = np.array([-1.0, 1.0, 1.0, 0.0]), np.array([0.0, 5.0, 5.0, 2.5])
    falling, rising = density.count(x, y, np.array([True, False, True, True]))
    assert (falling[-1, -1], rising[-1, -1], rising[0, 0]) == (1, 1, 1)
    assert (falling.sum(), rising.sum()) == (1, 3)


def test_more_neurons_are_stronger_up_to_the_scale_and_none_is_nothing(density):
    counts = np.zeros((2, 1, 5))
    counts[1, 0] = 0, 1, 3, 9, 90
    density.full = 9.0
    density.show(counts)
    opacity = density._cells.view(np.uint8).reshape(5, 4)[:, 3]
    assert opacity.tolist() == [0, round(255 * FAINTEST), round(255 * (1 + FAINTEST) / 2), 255, 255]
