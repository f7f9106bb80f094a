"""A sweep in numbers and in plots."""

import csv
import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, strategies as st
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.projection.quantities import compute
from pipeline.projection.spline import project
from pipeline.simulate.trajectory import Trajectory
from pipeline.sweep.compared.entries import language_of_runs, read_sweep
from pipeline.sweep.compared.line_names import pushed_apart
from pipeline.sweep.compared.places import Places, log_spaced
from pipeline.sweep.compared.plan import SHOWN, planned
from pipeline.sweep.compared.plots import COLUMNS, SIZE, draw_plot
from pipeline.sweep.compared.summary import LOSS, MEASURES, Row, _cell, measure_name, read_numbers, write_summary
from pipeline.sweep.compared.values import value_words
from tests.conftest import composed
from tests.sweep.made import entries_of


@pytest.fixture(scope="module")
def rows(finished, tmp_path_factory):
    entries, path = read_sweep(finished), tmp_path_factory.mktemp("summary") / "summary.csv"
    write_summary(entries, finished, path, lambda done: None)
    return read_numbers(path, entries)


def test_every_job_has_its_row_and_numbers_survive_to_the_last_digit(rows, finished):
    assert len(rows) == 6
    for row in rows[:4]:
        trajectory = Trajectory.load(row.entry.folder / "trajectory.npz")
        whole = compute(list(MEASURES), trajectory, project(trajectory))  # of all frames
        assert row.numbers[LOSS] == trajectory.loss[-1] == row.entry.manifest["final_loss"]
        for name in MEASURES:
            assert row.numbers[name] == pytest.approx(whole[name][-1], rel=1e-12), name
    assert rows[4].numbers == rows[5].numbers == {}


def test_the_table_says_what_failed_and_why(rows, finished, tmp_path):
    write_summary([row.entry for row in rows], finished, tmp_path / "s.csv", lambda done: None)
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["state"] for line in lines] == ["done"] * 4 + ["failed"] * 2
    assert lines[0]["folder"] == "init.scale=0.3+init.seed=0"
    assert (lines[0]["init.scale"], lines[0]["init.seed"], lines[0]["seconds"]) == ("0.3", "0", "0.25")
    assert "must be greater than 0" in lines[4]["message"]
    assert not lines[4][LOSS]


def test_what_is_not_finite_is_left_empty(tmp_path, finished, monkeypatch):
    entries = read_sweep(finished)[:1]
    strange = {LOSS: math.inf, "roughness": math.nan}
    monkeypatch.setattr("pipeline.sweep.compared.summary.measured", lambda entry: strange)
    write_summary(entries, finished, tmp_path / "s.csv", lambda done: None)
    assert read_numbers(tmp_path / "s.csv", entries)[0].numbers == {}


def test_axes_are_logarithmic_where_values_follow_by_factors():
    assert log_spaced(np.array([0.1, 1, 10]))
    assert log_spaced(np.array([0.1, 0.3, 1, 3]))
    assert log_spaced(np.array([16, 32, 64, 128]))
    assert not log_spaced(np.array([1, 2, 3, 4, 5]))
    assert not log_spaced(np.array([-1, 1, 10]))
    assert not log_spaced(np.array([0, 1, 10]))
    assert Places.of(["nile", "sine"]).at("sine") == 1
    assert Places.of([0.1, 10]).at(10) == 10


def test_labels_stand_apart_and_in_order():
    placed = pushed_apart(np.array([10.0, 11, 12, 80]), 15, 0, 100)
    assert (np.diff(placed) >= 14.9).all()
    assert placed[-1] == pytest.approx(80, abs=1)
    assert pushed_apart(np.array([98.0]), 15, 0, 90)[0] == 90


def numbered(swept, number):
    return [Row(entry, {LOSS: number(entry.values)}) for entry in entries_of(swept)]


def test_numbers_go_across_and_seeds_are_the_spread():
    swept = {"data": ["nile", "sine"], "init.scale": [0.1, 1, 10], "init.seed": [0, 1, 2]}
    plan = planned(numbered(swept, lambda v: 1.0), SweepConfig())
    assert (plan.x, plan.lines, plan.values) == ("init.scale", "data", ["nile", "sine"])
    assert len(plan.rows) == 18
    plan = planned(numbered(swept, lambda v: 1.0), SweepConfig(rows="seed", columns="scale"))
    assert (plan.x, plan.lines) == ("init.scale", None)
    assert plan.notes == ["nile (one of 2)"]
    assert planned(numbered({"init.scale": [1]}, lambda v: 1.0), SweepConfig()) is None


def test_plots_show_medians_spread_and_every_run(monkeypatch, tmp_path):
    from matplotlib.figure import Figure

    drawn = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, path, **more: drawn.append(figure))
    swept = {"init.scale": [0.1, 1, 10], "init.width": [4, 8], "init.seed": [0, 1, 2]}
    rows = numbered(swept, lambda v: v["init.scale"] * v["init.width"] * (1 + v["init.seed"]))
    draw_plot(planned(rows, SweepConfig()), ThemeConfig(), [tmp_path / "a.png"])
    (axes,) = drawn[0].axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    medians = [line.get_ydata() for line in axes.lines if line.get_linestyle() == "-"]
    np.testing.assert_allclose(medians, [[0.8, 8, 80], [1.6, 16, 160]])
    assert sum(len(line.get_ydata()) for line in axes.lines if line.get_linestyle() == "None") == len(rows)
    assert len(axes.collections) == 2
    drawn_in = [line.get_color() for line in axes.lines if line.get_linestyle() == "-"]
    assert drawn_in == [to_rgb(ThemeConfig.falling), to_rgb(ThemeConfig.rising)]
    labels = {text.get_text(): text.get_window_extent() for text in axes.texts}
    assert set(labels) == {"4", "8"}
    assert not labels["4"].overlaps(labels["8"])
    assert all(box.x0 > axes.transData.transform((10, 1))[0] for box in labels.values())


@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_no_title_of_a_plot_reaches_into_the_next(monkeypatch, tmp_path, code):
    from matplotlib.figure import Figure

    drawn = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, path, **more: drawn.append(figure))
    entries = entries_of({"init.scale": [0.1, 1]}, config={"language": asdict(composed(f"language={code}").language)})
    rows = [Row(entry, dict.fromkeys(SHOWN, 1.0)) for entry in entries]
    draw_plot(planned(rows, SweepConfig()), ThemeConfig(), [tmp_path])
    (figure,) = drawn
    names = [measure_name(name, language_of_runs(entries)) for name in SHOWN]
    texts = {text.get_text(): text for axes in figure.axes for text in axes.get_children() if isinstance(text, Text)}
    titles = [texts[name].get_window_extent() for name in names]
    for one, other in zip(titles, [*titles[1:], None], strict=True):
        assert one.x1 < (other.x0 if other and other.x0 > one.x0 else figure.bbox.x1)


@pytest.mark.parametrize("letters", [1, 6, 12, 28, 60])
def test_panels_keep_their_room_and_names_stay_inside_however_long_they_are(monkeypatch, tmp_path, letters):
    from matplotlib.figure import Figure

    drawn = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, path, **more: drawn.append(figure))
    names = [f"{k}{'m' * letters}"[:letters] for k in range(6)]
    entries = entries_of({"data.path": names, "init.scale": [0.1, 1, 10]})
    rows = [Row(entry, dict.fromkeys(SHOWN, 1.0 + number)) for number, entry in enumerate(entries)]
    draw_plot(planned(rows, SweepConfig()), ThemeConfig(), [tmp_path / "a.png"])
    (figure,) = drawn
    assert len(figure.axes) == len(SHOWN)
    assert all(axes.bbox.width > 0.6 * SIZE[0] / COLUMNS for axes in figure.axes)
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    named = {text.get_text() for text in texts}
    assert {value_words(name) for name in names} <= named
    for text in texts:
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= SIZE[0], text.get_text()
        assert 0 <= box.y0 < box.y1 <= SIZE[1], text.get_text()


@given(st.text())
def test_no_text_in_the_table_is_a_formula(text):
    cell = _cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_numbers_in_the_table_stay_numbers(tmp_path):
    entries = entries_of({"init.scale": [-1.5, 2], "data.title": ["=1+1"]}, lambda values: "failed")
    write_summary(entries, tmp_path, tmp_path / "s.csv", lambda done: None)
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [float(line["init.scale"]) for line in lines] == [-1.5, 2]
    assert {line["data.title"] for line in lines} == {"'=1+1"}
    assert [row.numbers for row in read_numbers(tmp_path / "s.csv", entries)] == [{}, {}]
