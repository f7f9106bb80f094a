"""Threads: what is past of breakpoints and nothing else, to the pixel; crowds, noise, and infinity."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from pipeline import Data, Trajectory
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.render.panels.parts.rulings import gap_above
from pipeline.render.panels.threads import CROWD_FROM, FOLLOWED
from tests.render.runs import scene_of

WIDTH, HEIGHT = 640, 360
FRAMES = 60
DATA = Data([-1.0, -0.4, 0.2, 1.0], [0.0, 1.0, -1.0, 0.5])
ALONE = SceneConfig(wide=LayoutConfig([["threads"]]), key=False)
BELOW = SceneConfig(wide=LayoutConfig([["function"], ["threads"]], [], [2.0, 1.0]))


def run(beta: np.ndarray, v: np.ndarray | None = None, w: np.ndarray | None = None, held=None, data=DATA) -> Trajectory:
    """A run whose breakpoints are `beta` (F, m), at even steps of time."""
    w = np.ones(beta.shape) if w is None else w
    v = np.ones(beta.shape) if v is None else v
    held = np.full(beta.shape, -1) if held is None else held
    t = np.linspace(0, 1, len(beta))
    return Trajectory(t, w, -w * beta, v, np.zeros(len(t)), np.exp(-t), held, data.x, data.y)


def drifting(neurons: int, seed: int = 0) -> Trajectory:
    """Breakpoints that drift across the samples, of both signs."""
    rng = np.random.default_rng(seed)
    share = np.linspace(0, 1, FRAMES)[:, None]
    beta = rng.uniform(-0.9, 0.9, neurons) + share * rng.uniform(-0.4, 0.4, neurons)
    return run(np.clip(beta, -1, 1), v=share * rng.normal(size=neurons) + 1e-3)


def caught() -> Trajectory:
    """Two breakpoints that fall into the second sample, one bending up, and stay."""
    share = np.linspace(0, 1, FRAMES)[:, None]
    beta = DATA.x[1] + np.maximum(1 - 2 * share, 0) * np.array([0.5, -0.3])
    held = np.where(np.broadcast_to(share >= 0.5, beta.shape), 1, -1)
    return run(beta, held=held)


def trembling_run() -> Trajectory:
    """Breakpoints that jump about their places from frame to frame."""
    rng = np.random.default_rng(1)
    return run(np.linspace(-0.8, 0.8, 5) + 0.1 * rng.normal(size=(FRAMES, 5)))


def staged(trajectory: Trajectory, scene: SceneConfig = ALONE, data: Data = DATA, size=(WIDTH, HEIGHT)):
    """The run in a scene, and its threads panel."""
    made = scene_of(data, trajectory, *size, scene=scene, timing="linear", fps=30)
    return made, next(panel for panel in made.panels if type(panel).__name__ == "ThreadsPanel")


def rows_of(panel, first: float, last: float) -> slice:
    """Rows of the frame between two shares of the axes' height, from above."""
    box, height = panel.axes.bbox, round(panel.axes.figure.bbox.height)
    return slice(height - round(box.y1 - first * box.height), height - round(box.y1 - last * box.height))


def columns_of(panel) -> slice:
    """Columns of the frame within the axes, right of the spine."""
    return slice(round(panel.axes.bbox.x0) + 4, round(panel.axes.bbox.x1) + 1)


def near(frame: np.ndarray, colour: str) -> np.ndarray:
    """Which pixels have a colour."""
    return (np.abs(frame[..., :3] - 255 * np.array(to_rgb(colour))) < 2).all(axis=-1)


@pytest.mark.parametrize("make", [lambda: drifting(12), lambda: drifting(CROWD_FROM + 40), caught, trembling_run])
def test_frames_in_any_order_equal_plain_ones(make):
    scene, _ = staged(make(), BELOW)
    other, _ = staged(make(), BELOW)
    for k in (0, FRAMES // 2, FRAMES - 1, 3, 40, 39, 0):
        np.testing.assert_array_equal(scene.frame(k), other.still(k), err_msg=f"frame {k}")


@pytest.mark.parametrize("make", [lambda: drifting(12), lambda: drifting(CROWD_FROM + 40), caught, trembling_run])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_under_the_front_there_is_what_an_empty_panel_has(make, share):
    scene, panel = staged(make())
    empty, _ = staged(run(np.full((FRAMES, 1), 50.0)))  # out of sight
    k = round(share * (FRAMES - 1))
    head = (panel.area**0.5 + 3) / panel.axes.bbox.height
    future, past = rows_of(panel, panel.place[k] + head, 1.0), rows_of(panel, 0.01, panel.place[k] - head)
    drawn, bare = scene.frame(k), empty.frame(k)
    np.testing.assert_array_equal(drawn[future], bare[future])
    assert (drawn[past] != bare[past]).any()


def test_a_held_stretch_stands_at_the_sample_to_the_pixel():
    scene, panel = staged(caught(), size=(1280, 720))
    frame = scene.frame(FRAMES - 1)
    ink = near(frame[rows_of(panel, 0.6, 0.9)], scene.style.theme.rising)
    columns = np.flatnonzero(ink.all(axis=0))
    place = panel.axes.transData.transform((DATA.x[1], 0))[0]
    assert len(columns) >= 3 * scene.style.stroke - 4
    assert columns.mean() + 0.5 == pytest.approx(place, abs=0.5)
    others = ink.copy()
    others[:, columns[0] - 1 : columns[-1] + 2] = False
    assert not others.any()


def test_a_thread_reaches_its_hold_and_leaves_it_without_a_gap():
    share = np.linspace(0, 1, FRAMES)[:, None]
    middle = (share > 0.4) & (share < 0.6)
    beta = DATA.x[1] + np.where(share <= 0.4, 0.4 - share, 0.0) + np.where(share >= 0.6, share - 0.6, 0.0)
    scene, panel = staged(run(beta, held=np.where(middle, 1, -1)))
    frame = scene.frame(FRAMES - 1)[rows_of(panel, 0.02, 0.97), columns_of(panel)]
    empty, _ = staged(run(np.full((FRAMES, 1), 50.0)))
    bare = empty.frame(FRAMES - 1)[rows_of(panel, 0.02, 0.97), columns_of(panel)]
    assert (frame != bare).any(axis=(1, 2)).all()


def test_what_leaves_at_one_infinity_and_returns_from_the_other_crosses_nothing():
    w = np.linspace(0.5, -0.5, FRAMES)[:, None]
    beta = 0.3 / w
    scene, panel = staged(run(beta, w=w))
    empty, _ = staged(run(np.full((FRAMES, 1), 50.0)))
    crossing = rows_of(panel, 0.3, 0.7)
    np.testing.assert_array_equal(*(s.frame(FRAMES - 1)[crossing, columns_of(panel)] for s in (scene, empty)))
    seen = np.abs(beta) < 1
    assert seen[: FRAMES // 2].any()
    assert seen[FRAMES // 2 :].any()


def test_the_front_has_heads_only_of_what_is_in_sight():
    beta = np.tile([-0.5, 0.1, 3.0, -40.0, np.nan], (FRAMES, 1))
    scene, panel = staged(run(np.nan_to_num(beta, nan=1e9), w=np.where(np.isnan(beta), 0.0, 1.0)))
    scene.frame(10)
    assert sorted(panel.heads.x) == pytest.approx([-0.5, 0.1])
    assert panel.heads.y == pytest.approx(panel.place[10])


@pytest.mark.parametrize("neurons", [CROWD_FROM - 1, CROWD_FROM, 1000])
def test_every_thread_is_a_line_or_counted_and_the_strongest_are_lines(neurons):
    trajectory = drifting(neurons)
    scene, panel = staged(trajectory)
    lines = len(panel.followed)
    assert lines == (neurons if neurons < CROWD_FROM else FOLLOWED)
    if panel.density:
        counts = panel.crowd_counts()
        np.testing.assert_allclose(counts.sum(axis=(0, 2)), neurons - lines)
        strength = np.abs(scene.film.jump).max(axis=0)
        assert np.sort(strength)[-FOLLOWED:] == pytest.approx(np.sort(strength[panel.followed]))


def test_a_crowd_that_stands_still_is_made_of_upright_stripes():
    rng = np.random.default_rng(0)
    beta = np.tile(rng.uniform(-1, 1, 1000), (FRAMES, 1))
    still, panel = staged(run(beta))
    rows = rows_of(panel, 0.1, 0.9)
    frame = still.frame(FRAMES - 1)[rows, columns_of(panel), :3].astype(float)
    assert frame.std(axis=1).mean() > 10  # across there is much to see, and down all is the same
    np.testing.assert_array_equal(frame, np.broadcast_to(frame[:1], frame.shape))


def test_rulings_reach_the_panel_above_and_light_up_over_a_hold():
    scene, panel = staged(caught(), BELOW)
    gap = gap_above(panel.axes)
    assert gap > 0
    top = scene.panels[0].axes.bbox.y0
    assert panel.axes.bbox.y1 + gap == pytest.approx(top)
    between = slice(HEIGHT - round(top) + 3, HEIGHT - round(panel.axes.bbox.y1) - 1)
    column = int(panel.axes.transData.transform((DATA.x[1], 0))[0])
    theme = scene.style.theme
    for k, colour in ((0, theme.rule), (FRAMES - 1, theme.rising)):
        ink = scene.frame(k)[between, column - 1 : column + 2].min(axis=1)  # the middle of the line
        reached = np.abs(ink[:, :3] - 255.0 * np.array(to_rgb(colour))).max(axis=1)
        assert (reached < 0.2 * np.abs(255 - 255 * np.array(to_rgb(colour))).max()).all()


def test_many_samples_are_a_rug_and_only_the_ruling_of_one_that_holds_runs_through():
    data = Data(np.linspace(-1, 1, 81), np.zeros(81))
    share = np.linspace(0, 1, FRAMES)[:, None]
    beta = np.where(share < 0.5, 0.5 - share, 0.0) + data.x[40]
    scene, panel = staged(run(beta, held=np.where(share < 0.5, -1, 40), data=data), BELOW, data)
    assert len(panel.rulings.lines.get_segments()) == 81
    assert all(segment[:, 1].max() <= 0 for segment in panel.rulings.lines.get_segments())  # above the panel
    scene.frame(0)
    lit = panel.rulings.lit
    assert len(lit.x) == 0
    scene.frame(FRAMES - 1)
    assert lit.x == pytest.approx(data.x[[40, 40]])
    assert lit.start == pytest.approx([share[share >= 0.5][0], 0])  # from the hold up, and over the gap
    assert lit.end == pytest.approx([0, -gap_above(panel.axes) / panel.axes.bbox.height])
    assert lit.colours == ["rule", "rising"]


def test_noise_is_a_mean_with_a_band_and_smooth_paths_are_themselves():
    _, noisy = staged(trembling_run())
    _, smooth = staged(drifting(12))
    assert noisy.trembles
    assert not smooth.trembles
    assert np.std(np.diff(noisy.threads.x, axis=0)) < 0.2 * np.std(np.diff(noisy.paths, axis=0))
    np.testing.assert_array_equal(smooth.threads.x, smooth.film.path[smooth.film.moments])
