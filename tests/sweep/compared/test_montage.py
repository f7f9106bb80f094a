"""The montage: runs on one clock and on shared axes, in a table of swept keys."""

import re

import numpy as np
import pytest

from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.run.drawing import make_films, make_scene
from pipeline.simulate.trajectory import Trajectory
from pipeline.sweep.compared.entries import read_runs, read_sweep
from pipeline.sweep.compared.montage import arrangement, finished_takes, montage_config, plain_table, with_quantities
from pipeline.sweep.compared.montage_story import with_story
from pipeline.sweep.compared.multiples import frames_at
from pipeline.sweep.comparison import compare
from pipeline.sweep.jobs.record import Record, write_record
from tests.render.legible import shown_texts
from tests.sweep.made import make_job

SIZE = SweepConfig(width=960, height=540)


def scene_of(entries, options=SIZE):
    shown = arrangement(entries, options)
    takes = finished_takes(shown)
    config = montage_config(shown, takes, options)
    return make_scene(config, with_quantities(takes, config), plain_table(shown.table)), shown


@pytest.fixture(scope="module")
def scene(finished):
    return scene_of(read_sweep(finished))[0]


def films_of(entries):
    shown = arrangement(entries, SIZE)
    takes = finished_takes(shown)
    return make_films(montage_config(shown, takes, SIZE), takes)


def test_runs_are_shown_at_the_same_times_from_start_to_end(finished):
    entries = arrangement(read_sweep(finished), SIZE).entries
    own = [Trajectory.load(entry.folder / "trajectory.npz") for entry in entries]
    films = films_of(entries)
    for film, trajectory in zip(films, own, strict=True):
        np.testing.assert_array_equal(film.t, films[0].t)
        assert film.t[[0, -1]].tolist() == [0, trajectory.t[-1]]
        np.testing.assert_array_equal(film.mu[[0, -1]], (trajectory.w * trajectory.v)[[0, -1]])


def test_a_run_that_ends_earlier_rests_there(tmp_path):
    for end in (1, 4):
        make_job(tmp_path / str(end), [f"dynamics.end_time={end}"], ())
    short, long = films_of(read_runs([tmp_path / "1", tmp_path / "4"]))
    assert short.t[-1] == long.t[-1] == 4
    ended = long.t > 1
    assert ended.sum() > 1
    np.testing.assert_array_equal(short.mu[ended], np.tile(short.mu[-1], (ended.sum(), 1)))


def test_frames_are_drawn_fast_as_plainly_on_shared_axes(scene):
    for k in (0, 5, 11, 2):
        np.testing.assert_array_equal(scene.frame(k), scene.still(k))
    limits = [panel.axes.axis() for panel in scene.panels]
    np.testing.assert_allclose(limits, limits[:1] * len(limits), rtol=1e-12)


def words_of(scene):
    """Every text in sight and its box."""
    renderer = scene.canvas.agg.get_renderer()
    texts = [text for text in scene.canvas.agg.figure.findobj(lambda a: hasattr(a, "get_text")) if text.get_text()]
    return {(text.get_text(), text.get_window_extent(renderer).bounds) for text in texts if text.get_visible()}


def test_rows_and_columns_bear_their_values_where_they_stand(scene):
    places = dict(words_of(scene))
    boxes = {place: panel.axes.bbox for place, panel in zip(scene.table.places, scene.panels, strict=True)}
    for j, words in enumerate(["initial scale 0.3", "initial scale 3"]):
        x, y, width, _ = places[words]
        assert abs(x - boxes[0, j].x0) < 3
        assert x + width <= boxes[0, j].x1
        assert y > boxes[0, j].y1
    for i, words in enumerate(["0", "1"]):
        x, y, width, height = next(
            box for text, box in words_of(scene) if text == words and box[0] < boxes[0, 0].x0 / 2
        )
        assert x + width < boxes[i, 0].x0
        assert boxes[i, 0].y0 < y + height / 2 < boxes[i, 0].y1


def test_text_is_as_large_as_in_any_video_of_that_size(scene):
    sizes = {text.get_fontsize() for text in scene.canvas.agg.figure.findobj(lambda a: hasattr(a, "get_text"))
             if text.get_text() and text.get_visible()}  # fmt: skip
    assert min(sizes) >= 540 / 40


def test_an_empty_place_says_why(sweep):
    entries = read_sweep(sweep)
    write_record(entries[3].folder, Record("failed", [], 0.0, "no"))
    scene, shown = scene_of(read_sweep(sweep))
    assert shown.table.blanks == {(1, 1): "failed"}
    (box,) = (box for words, box in words_of(scene) if words == "failed")
    right, lower = scene.panels[1].axes.bbox, scene.panels[2].axes.bbox
    assert right.x0 < box[0] < right.x1
    assert lower.y0 < box[1] < lower.y1


def test_other_panels_get_their_quantities_at_the_montage_s_times(finished):
    options = SweepConfig(width=1280, height=720, mosaic=[["kernel_spectrum"]])
    scene, _ = scene_of(read_sweep(finished), options)
    assert scene.films[0].quantity("kernel_eigenvalues").shape[0] == len(scene)


def test_a_user_s_dollar_sign_starts_no_formula(finished):
    entries = read_sweep(finished)[:2]
    for entry, name in zip(entries, ("$a$", "b$"), strict=True):
        entry.values.clear()
        entry.values["data"] = name
    scene, _ = scene_of(entries)
    assert {r"\$a\$", r"b\$"} <= {text.get_text() for text in shown_texts(scene)}


def test_multiples_stand_at_the_times_asked_for(finished, tmp_path):
    t = np.array([0, 0, 0.1, 1, 10, 10])
    assert frames_at(t, [0, 0.2, 9]) == [0, 2, 4]
    assert frames_at(t, None) == [0, 2, 3, 4]
    made = compare(read_sweep(finished), tmp_path, SweepConfig(width=960, height=540, times=[0, 1], montage=False))
    names = {path.name for path in made}
    assert {"multiples.pdf", "multiples_1.png", "multiples_2.png"} <= names
    assert "montage.mp4" not in names
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "multiples.pdf").read_bytes())) == 2


def test_it_says_what_the_sweep_has_it_say():
    told = {"title": "Scales", "beats": [{"at": "start", "say": "at first"}]}
    scene = with_story(SceneConfig(), SweepConfig(scene=told))
    assert (scene.title, scene.beats) == ("Scales", told["beats"])
    assert with_story(scene, SweepConfig()).title == "Scales"
    with pytest.raises(InputError, match=r"sweep\.scene\.titel: no such key, did you mean title"):
        with_story(scene, SweepConfig(scene={"titel": "Scales"}))
