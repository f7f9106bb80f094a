"""Scenes: the fast frame is the plain one, still parts are still, words are legible and apart."""

import itertools
import tracemalloc
import warnings

import numpy as np
import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine

from pipeline.config.schema.scene import SceneConfig
from pipeline.errors import InputError
from pipeline.render.drawing.knot_merging import merge_near
from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.drawing.round_numbers import few_on_log_axis, number_words
from pipeline.render.film.timing import PACES
from pipeline.render.film.words import balanced, fill_in
from tests.conftest import composed
from tests.render.legible import check_words, shown_texts
from tests.render.runs import FRAMES, awkward_run, scene_of, told_scene

SIZES = {"wide": (640, 360), "projector": (1920, 1080), "square": (540, 540), "portrait": (360, 640), "odd": (486, 366)}
THEMES = "light", "dark", "print"


def theme(name: str):
    return composed(f"theme={name}").theme


@pytest.fixture(scope="module")
def run():
    return awkward_run()


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("light", "wide"),
        ("dark", "wide"),
        ("print", "projector"),
        ("light", "square"),
        ("dark", "portrait"),
        ("print", "odd"),
    ],  # a theme changes no layout
)
def test_fast_frames_equal_plain_ones_pixel_for_pixel(run, name, size):
    width, height = SIZES[size]
    scene = scene_of(*run, width, height, theme(name))
    plain = scene_of(*run, width, height, theme(name))
    # Out of order too: the fast path keeps state from frame to frame.
    for k in (0, 1, 3, 5, FRAMES - 1, 2, 4, 0):
        fast = scene.frame(k)
        assert fast.shape == (height, width, 4)
        np.testing.assert_array_equal(fast, plain.still(k), err_msg=f"frame {k}")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_fast_frames_without_a_ground_equal_plain_ones(run, name):
    scene, plain = (told_scene(*run, theme=theme(name), transparent=True) for _ in range(2))
    for k in range(len(scene)):
        np.testing.assert_array_equal(scene.frame(k), plain.still(k), err_msg=f"frame {k}")


@pytest.mark.parametrize("timing", PACES)
def test_every_timing_has_its_axis(run, timing):
    scene = scene_of(*run, timing=timing)
    np.testing.assert_array_equal(scene.frame(4), scene.still(4))


def test_all_frames_come_in_order_and_holds_rest(run):
    scene = scene_of(*run)
    frames = [frame.copy() for frame in scene.frames()]
    assert len(frames) == len(scene) == FRAMES
    np.testing.assert_array_equal(frames[0], frames[1])
    np.testing.assert_array_equal(frames[-1], frames[-2])
    assert all((a != b).any() for a, b in itertools.pairwise(frames[1 : FRAMES - 1]))
    np.testing.assert_array_equal(frames[4], scene.still(4))


def test_what_stands_still_does_not_flicker(run):
    """Outside the panels only clock and edge counts may change from frame to frame."""
    scene = scene_of(*run, 960, 540)
    still = np.ones((540, 960), dtype=bool)
    room = 12  # px: marks at a limit are whole
    changing = [*(panel.axes.get_window_extent() for panel in scene.panels)]
    first = scene.frame(0).copy()
    for k in range(FRAMES):
        scene.frame(k)
        changing += [box for figures in scene.canvas.agg.figure.findobj(OutlinedText) for box in figures.boxes()]
    for box in changing:
        rows = slice(max(0, int(540 - box.y1) - room), int(540 - box.y0) + room)
        still[rows, max(0, int(box.x0) - room) : int(box.x1) + room] = False
    assert still.mean() > 0.1
    for k in range(FRAMES):
        np.testing.assert_array_equal(scene.frame(k)[still], first[still])


@pytest.mark.parametrize("frame", [0, FRAMES - 1])
@pytest.mark.parametrize("size", [(1920, 1080), (640, 360), (1080, 1080), (1080, 1920), (3840, 2160)])
def test_words_are_inside_apart_and_large_enough(run, size, frame):
    width, height = size
    scene = scene_of(*run, width, height)
    scene.still(frame)
    assert len(shown_texts(scene)) > 20
    check_words(scene)


def test_strokes_are_thick_enough_for_a_projector(run):
    scene = scene_of(*run, 1920, 1080)
    assert scene.style.stroke >= 3


def test_memory_does_not_grow_with_length():
    data, trajectory = awkward_run(frames=160)
    scene = scene_of(data, trajectory, 480, 270)
    frames = scene.frames()
    for _ in range(20):
        next(frames)
    tracemalloc.start()
    for _ in range(40):
        next(frames)
    middle = tracemalloc.get_traced_memory()[0]
    for _ in range(90):
        next(frames)
    grown = tracemalloc.get_traced_memory()[0] - middle
    tracemalloc.stop()
    assert grown < 480 * 270 * 4 * 5  # five frames' worth, not ninety


def test_nothing_out_of_view_is_lost(run):
    data, trajectory = run
    scene = scene_of(data, trajectory, scene=composed("scene=board").scene)
    beta = 5 + 2 * (-trajectory.b[0] / np.where(trajectory.w[0] == 0, np.nan, trajectory.w[0]))
    plane = next(panel for panel in scene.panels if type(panel).__name__ == "PlanePanel")
    scene.frame(0)
    low, high = plane.axes.get_xlim()
    left, right, *_ = count = plane.counts.beyond[0]
    assert left == np.sum(beta < low)
    assert right == np.sum(beta > high) + 1  # and the one without a breakpoint, at +∞
    assert len(plane.cloud.marks.x) + count.sum() == 14


def test_a_title_of_ones_own(run):
    scene = scene_of(*run, scene=SceneConfig(title="Run {seed} of {nobody}", subtitle="a · {unknown}", key=False))
    words = [text.get_text() for text in shown_texts(scene)]
    assert "Run 0 of {nobody}" in words
    assert not any("slope rises" in word for word in words)


def test_a_frame_without_room_is_refused(run):
    with pytest.raises(InputError, match="160x90 is too small"):
        scene_of(*run, 160, 90)


@pytest.mark.parametrize("category", [UserWarning, DeprecationWarning])
def test_a_warning_of_others_is_no_lack_of_room(run, monkeypatch, category):
    lay_out = ConstrainedLayoutEngine.execute

    def warn_and_lay_out(engine, figure):
        warnings.warn("a name of another package has moved", category, stacklevel=2)
        lay_out(engine, figure)

    plain = scene_of(*run).still(3)
    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", warn_and_lay_out)
    with pytest.warns(category, match="has moved"):
        warned = scene_of(*run)
    np.testing.assert_array_equal(warned.still(3), plain)


@pytest.mark.parametrize("neurons", [1, 400])
def test_few_and_many_neurons(neurons):
    data, trajectory = awkward_run(max(neurons, 6))
    if neurons == 1:
        one = {key: getattr(trajectory, key)[:, :1] for key in ("w", "b", "v", "held")}
        trajectory = type(trajectory)(**{**vars(trajectory), **one})
    scene = scene_of(data, trajectory)
    np.testing.assert_array_equal(scene.frame(5), scene.still(5))


def test_merging_sums_what_stands_at_one_place():
    x = np.array([2.0, 1.0, 2.0 + 1e-12, 3.0])
    groups = merge_near(x, np.array([1.0, 5, -3, 4]), np.array([True, False, False, False]), 1e-9)
    np.testing.assert_allclose(groups.x, [1, 2, 3], atol=1e-11)
    assert groups.jump.tolist() == [5, -2, 4]
    assert groups.held.tolist() == [False, True, False]


@pytest.mark.parametrize(("low", "high"), [(1e-9, 1.0), (2.1, 2.2), (30.0, 31.0), (0.1, 1e4), (5.0000001, 5.0000002)])
def test_a_logarithmic_axis_always_has_ticks_inside(low, high):
    places = few_on_log_axis(low, high)
    assert 1 <= len(places) <= 6
    assert all(low <= place <= high for place in places)


def test_no_knot_breaks_the_curve_of_many_neurons():
    """A knot's mark either shows its bend or leaves the stroke whole."""
    scene = scene_of(*awkward_run(2000), 1280, 720)
    scene.still(0)
    panel = scene.panels[0]
    assert len(panel.marks.area) < 0.2 * 2000
    assert np.all(panel.marks.area > panel.hidden)


@pytest.mark.parametrize(
    ("numbers", "words", "power"),
    [
        ([0.0, 0.5], ["0", "0.5"], ""),
        ([-2e6, 0.0, 1e6], ["−2", "0", "1"], "10⁶"),
        ([0.0, 5e-7], ["0", "5"], "10⁻⁷"),
        ([1.7e9, 1.7e9 + 20], ["1700000000", "1700000020"], ""),
    ],
)
def test_numbers_have_words_that_differ(numbers, words, power):
    assert number_words(numbers) == (words, power)


def test_lines_are_even():
    assert balanced("a network of many neurons learns it", 30, len) == ["a network of many", "neurons learns it"]


def test_one_neuron_is_no_neurons():
    counts = {"neurons": 1, "samples": 20, "scale": 1.0}
    assert fill_in("{neurons} neurons, {samples} samples at {scale} scale: {other} neurons", counts) == (
        "1 neuron, 20 samples at 1 scale: {other} neurons"
    )


@pytest.mark.parametrize("size", [(640, 360), (540, 540), (360, 640)])
@pytest.mark.parametrize("words", [1, 14])
def test_the_clock_has_one_place_whatever_the_words_are(size, words):
    """At the upper right, under a title of one line, beside one of several."""

    def clock_of(title: str, subtitle: str):
        scene = scene_of(*awkward_run(), *size, scene=SceneConfig(title=title, subtitle=subtitle))
        check_words(scene)
        (clock,) = [text.get_window_extent() for text in shown_texts(scene) if text.get_text() == "$t$ = "]
        return clock

    clock, other = clock_of("title", "words"), clock_of(" ".join(["title"] * words), " ".join(["words"] * words))
    assert clock.bounds == pytest.approx(other.bounds, abs=0.5)
    assert clock.x0 > 0.5 * size[0]
    assert clock.y1 > 0.85 * size[1]
