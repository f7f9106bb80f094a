"""Every kind of panel and every shipped scene: drawn fast as drawn plainly, with legible words."""

import itertools
from functools import cache

import numpy as np
import pytest

from pipeline import Data, Trajectory, project
from pipeline.config.home import CONF
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.errors import InputError
from pipeline.projection.prior import Prior
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from pipeline.render.panels.scalar import told_apart
from pipeline.render.panels.table import PANELS
from pipeline.render.scene.panel_spec import needed_quantities
from tests.conftest import composed
from tests.render.legible import check_paper_behind_words, check_words
from tests.render.runs import FRAMES, awkward_run, scene_of

VARIANTS = [
    ("function", {"predictions": ["linear_spline", "kernel_path", "linearized_flow"], "knots": False}),
    ("function", {"pieces": True}),
    ("function", {"band": True}),
    ("scalar", {"quantities": ["path_norm", "total_variation"], "scale": "log"}),
    ("slopes", {"stems": True}),
    ("residuals", {"pieces": True}),
    ("spectrum", {"of": "spline_hessian"}),
    ("spectrum", {"of": "kernel"}),
    ("histogram", {"of": "delta_slope"}),
    ("plane", {"field": True, "density": True}),
    ("plane", {"field": True, "coordinate": "delta_slope"}),
    ("surface", {"coordinate": "delta_slope"}),
    ("polar", {"zoom": True}),
    ("breakpoint_loss", {"zoom": True}),
    ("function", {"marks": {0.5: "out", 7.0: "here", 9.5: "at an edge"}}),
    ("words", {"text": "Every neuron conserves $v_i^2 - w_i^2 - b_i^2$ as it learns"}),
]
PRIOR = Prior("normal", 1, 1, 1, 14)
SIZES = (640, 360), (360, 640)
SCENES = sorted(path.stem for path in (CONF / "scene").glob("*.yaml"))
THEMES = sorted(path.stem for path in (CONF / "theme").glob("*.yaml"))


def alone(kind: str, options: dict) -> SceneConfig:
    """A scene of one panel."""
    layout = LayoutConfig([[kind]])
    return SceneConfig(wide=layout, narrow=layout, panels={kind: options})


@cache
def quantities(names: tuple[str, ...]) -> dict:
    """Quantities of the awkward run."""
    _, trajectory = awkward_run()
    return compute(names, trajectory, project(trajectory), Settings(neuron=6, prior=PRIOR, weight_decay=0.1))


def staged(scene: SceneConfig, width: int, height: int, theme=None):
    """The awkward run in a scene."""
    made = quantities(tuple(needed_quantities(scene)))
    return scene_of(*awkward_run(), width, height, theme, scene, quantities=made)


def check_drawn(scene, frame: int) -> None:
    """A frame is drawn fast as plainly, with legible words that nothing runs through."""
    np.testing.assert_array_equal(scene.frame(frame), scene.still(frame))
    check_words(scene)
    check_paper_behind_words(scene, frame)


@pytest.mark.parametrize(
    ("kind", "options", "size"),
    [
        *((kind, {}, SIZES[number % 2]) for number, kind in enumerate(PANELS)),
        *((*variant, SIZES[number % 2]) for number, variant in enumerate(VARIANTS)),
    ],
)
def test_every_kind_is_drawn_fast_as_plainly_with_legible_words(kind, options, size):
    scene = staged(alone(kind, options), *size)
    for k in (0, FRAMES - 1, 3):
        np.testing.assert_array_equal(scene.frame(k), scene.still(k), err_msg=f"frame {k}")
        check_words(scene)


@pytest.mark.parametrize("kind", [kind for kind in PANELS if kind != "words"])
def test_every_kind_shows_something_that_changes(kind):
    scene = staged(alone(kind, {}), 480, 270)
    axes = scene.panels[0].axes.get_window_extent()
    rows, columns = slice(270 - int(axes.y1), 270 - int(axes.y0)), slice(int(axes.x0), int(axes.x1))
    first = scene.frame(0)[rows, columns].copy()
    assert (scene.frame(6)[rows, columns] != first).any()


@pytest.mark.parametrize("name", SCENES)
def test_what_leaves_the_limits_runs_through_no_words(name):
    data, trajectory = awkward_run()
    trajectory.v[:3] *= 30  # so short a time sets no limits
    scene = composed(f"scene={name}").scene
    made = compute(
        needed_quantities(scene), trajectory, project(trajectory), Settings(neuron=6, prior=PRIOR, weight_decay=0.1)
    )
    drawn = scene_of(data, trajectory, *SIZES[0], scene=scene, quantities=made)
    check_paper_behind_words(drawn, 0)
    check_drawn(drawn, 5)


@pytest.mark.parametrize(("name", "theme"), [*zip(SCENES, itertools.cycle(THEMES))])
def test_every_shipped_scene_and_theme_is_drawn(name, theme):
    """Every theme in some of the scenes: it changes no layout. The wide layouts are drawn where values leave limits."""
    config = composed(f"scene={name}", f"theme={theme}")
    check_drawn(staged(config.scene, *SIZES[1], config.theme), 5)


@pytest.mark.parametrize(
    ("kind", "options", "complaint"),
    [
        ("function", {"predictions": ["roughness"]}, "roughness is no prediction"),
        ("scalar", {"quantities": ["kernel"]}, "kernel is no scalar"),
        ("scalar", {"quantities": []}, "name one or more"),
        ("scalar", {"quantities": ["roughness", "path_norm"]}, "a panel of their own"),
        ("scalar", {"scale": "cubic"}, "choose of auto, linear, log"),
        ("spectrum", {"of": "sines"}, "choose of hessian"),
    ],
)
def test_options_that_make_no_sense_are_refused(kind, options, complaint):
    with pytest.raises(InputError, match=complaint):
        staged(alone(kind, options), 640, 360)


def test_names_are_told_apart_by_what_differs():
    assert told_apart(["linear spline distance", "cubic spline distance"]) == ("spline distance", ("linear", "cubic"))
    assert told_apart(["held count"]) == ("held count", ())
    assert told_apart(["distance", "spline distance"]) == ("", ("distance", "spline distance"))


def test_the_neuron_that_panels_speak_of_is_ringed_in_all_of_them():
    names = ["function", "breakpoint_loss", "plane", "surface"]
    scene = staged(SceneConfig(wide=LayoutConfig([names[:2], names[2:]])), 640, 360)
    film = scene.film
    function, breakpoint_loss, plane, surface = scene.panels
    value = [film.evaluate(k, film.beta[k, 6:7])[0] for k in range(FRAMES)]
    shown = int(np.flatnonzero(function.window.holds(film.beta[:, 6], np.array(value)))[0])
    scene.still(shown)
    beta, jump = film.beta[shown, 6], film.jump[shown, 6]
    for panel in (function, breakpoint_loss, plane, surface):
        assert panel.ring.line.get_xdata() == pytest.approx([beta])
        assert panel.ring.line in panel.moving
    assert all(f"neuron {film.ordinal}" in words for words in (breakpoint_loss._names[0], surface._tail))
    assert function.ring.line.get_ydata() == pytest.approx(film.evaluate(shown, np.array([beta])))
    assert plane.ring.line.get_ydata() == surface.ring.line.get_ydata() == pytest.approx([jump])
    scene.still(5)  # its breakpoint is out of sight
    assert not any(len(panel.ring.line.get_xdata()) for panel in scene.panels)
    assert not staged(composed("scene=spline").scene, 640, 360).panels[0].ring.artists


@pytest.mark.parametrize("depth", [0.0, 1.0, 1.9, 3.0])
def test_a_knot_is_marked_where_the_curve_is_drawn_also_below_the_samples(depth):
    """Two samples, and a V that goes below them: its knot is marked down to the end of the axis, and not beyond."""
    data = Data([-1.0, 1.0], [2.0, 0.0])
    w, b = np.array([[1.0, -1.0]] * 3), np.zeros((3, 2))
    c = np.full(3, -depth)
    trajectory = Trajectory(np.arange(3.0), w, b, abs(w), c, np.zeros(3), np.full(w.shape, -1), data.x, data.y)
    scene = scene_of(data, trajectory, scene=alone("function", {}))
    scene.still(1)
    panel = scene.panels[0]
    low = panel.window.y[0]
    assert low < 0
    assert panel.marks.x.tolist() == [0.0] * (-depth >= low)
    assert panel.marks.y.tolist() == [-depth] * (-depth >= low)


def test_an_uncut_function_is_whole_however_far_it_goes_from_the_samples():
    data = Data([-1.0, 1.0], [2.0, 0.0])
    w, b, c = np.array([[1.0, -1.0]] * 3), np.zeros((3, 2)), np.full(3, -9.0)
    trajectory = Trajectory(np.arange(3.0), w, b, abs(w), c, np.zeros(3), np.full(w.shape, -1), data.x, data.y)
    low, high = scene_of(data, trajectory, scene=alone("function", {"uncut": True})).panels[0].limits.y
    assert low < -9
    assert high > 2


@pytest.mark.parametrize(("kind", "options"), [("loss", {}), ("scalar", {}), ("kernel_spectrum", {})])
def test_nothing_ahead_of_now_gives_the_end_away(kind, options):
    scene = staged(alone(kind, options), 640, 360)
    frame = scene.still(4)[..., :3]
    panel = scene.panels[0]
    box, now = panel.axes.bbox, panel.axes.transData.transform((panel.place[4], 1))[0]
    labels = [label.x1 for figures in panel.labels.figures for label in figures.boxes()]
    ahead = frame[360 - int(box.y1) + 8 : 360 - int(box.y0) - 8, int(max([now + 8, *labels])) + 2 : int(box.x1)]
    assert ahead.size
    assert (ahead == frame[0, 0]).all()


def test_numbers_that_tremble_are_shown_as_their_mean_in_a_band():
    data, trajectory = awkward_run(frames=60)
    rng = np.random.default_rng(1)
    trajectory.loss[:] = 1 + 0.1 * rng.normal(size=60)
    panel = scene_of(data, trajectory, 640, 360, scene=alone("loss", {})).panels[0]
    assert panel.spread is not None
    assert np.abs(np.diff(panel.values)).sum() < 0.5 * np.abs(np.diff(trajectory.loss)).sum()
    assert staged(alone("loss", {}), 640, 360).panels[0].spread is None


def test_the_landscape_turns_with_the_side_on_which_its_neuron_is_active():
    """So that its mark stands on the same loss in the plane of sμ as in that of μ."""
    levels = []
    for coordinate in ("jump", "delta_slope"):
        panel = staged(alone("surface", {"coordinate": coordinate}), 640, 360).panels[0]
        y, loss = panel.plane.turned(2, panel.y, panel.loss[2])
        height = panel.plane.heights[2, panel.film.chosen]
        levels.append(loss[np.abs(y - height).argmin()])
    np.testing.assert_array_equal(*levels)
