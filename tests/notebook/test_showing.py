"""What trajectories, films, pages and pictures say of themselves in a notebook, and that it is seen there."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import imageio.v3 as imageio
import matplotlib
import numpy as np
import pytest

from pipeline import InputError, Movie, Trajectory, explore, film, project, still
from pipeline.notebook.stills import with_time
from pipeline.run.drawing import make_scene
from pipeline.run.finished import read_finished
from pipeline.run.timeline import timeline_of
from tests.browser import drawn, passed
from tests.embed.explored import RESTS
from tests.notebook.conftest import SMALL


def shows(page, place, html):
    """Open a notebook's output, in a page as notebooks are."""
    place.write_text(f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">{html}', encoding="utf-8")
    page.goto(place.as_uri())


def plays(page):
    """Whether the video that is shown plays, and as large as it was made."""
    page.wait_for_function("document.querySelector('video').currentTime > 0.2")
    return page.evaluate("document.querySelector('video').videoWidth") == SMALL["width"]


def test_a_film_plays_wherever_the_notebook_goes_and_a_large_one_beside_its_file(run, page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    movie = film(run, "a talk #1.mp4", beats=[{"at": "40 %", "say": "It bends"}], subtitles=False, **SMALL)
    whole = movie._repr_html_()
    monkeypatch.setattr("pipeline.notebook.movie.LARGEST", 100)
    short = movie._repr_html_()
    assert len(short) < 2000 < len(whole)
    shows(page, tmp_path / "cell.html", short)
    assert plays(page)
    movie.path.unlink()
    shows(page, tmp_path / "cell.html", whole)
    assert plays(page)
    assert "12 neurons" in page.locator("video").get_attribute("aria-label")
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length == 1")
    assert page.evaluate("document.querySelector('video').textTracks[0].cues[0].text") == "It bends"
    assert movie.subtitles.endswith("It bends\n")


@pytest.mark.parametrize(("name", "tag"), [("a.gif", "img"), ("a.webm", "video"), ("a.png", "img"), ("a.mov", "a")])
def test_what_browsers_do_not_play_is_a_picture_or_a_link(tmp_path, name, tag):
    (tmp_path / name).write_bytes(b"content")
    html = Movie(tmp_path / name, 30, 15, 64, 36, "title", 'one "quoted" <word>')._repr_html_()
    root = ElementTree.fromstring(re.sub(" (controls|autoplay|loop|muted|playsinline)(?= )", r' \1=""', html))
    assert root.tag == tag


@pytest.mark.parametrize("theme", [None, "dark"])
def test_the_interactive_page_works_inside_a_notebook(run, page, tmp_path, theme):
    shown = explore(run, title="It <learns>", **({"theme": theme} if theme else {}))
    assert shown.title == "It <learns>"
    shows(page, tmp_path / "cell.html", shown._repr_html_())
    inside = page.frame_locator("iframe")
    inside.locator("canvas").first.wait_for()
    assert inside.locator("h1").first.inner_text() == "It <learns>"
    inside.locator(".scrub").press("End")
    frame = page.frames[1]
    drawn(frame)
    assert float(inside.locator(".clock span").inner_text()) == run.t[-1]
    passed(frame, RESTS)  # it then writes its address, which it may not have here
    ground = inside.locator("html").evaluate("element => getComputedStyle(element).colorScheme")
    assert ground == (theme or "light")


def test_a_page_is_saved_over_itself_alone(run, tmp_path):
    shown = explore(run)
    assert shown.save(tmp_path / "page.html") == tmp_path / "page.html"
    explore(run, theme="dark").save(tmp_path / "page.html")
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="no page of this command as it was made"):
        shown.save(tmp_path / "mine.html")
    with pytest.raises(InputError, match="a page shows one run"):
        explore({"one": run, "other": run})


def test_a_picture_is_a_frame_of_the_film_whatever_matplotlib_is_set_to(made, run):
    finished = read_finished(made.folder)
    scene = make_scene(finished.config, finished.takes)
    end = run.t[-1]
    figure = still(run, end, **SMALL)
    figure.canvas.draw()
    np.testing.assert_array_equal(np.asarray(figure.canvas.buffer_rgba()), scene.still(len(scene) - 1))
    middle = still(run, 0.1, **SMALL)
    middle.canvas.draw()
    saved = imageio.imread(middle._repr_png_())  # what is still to come is drawn in no file either
    np.testing.assert_array_equal(saved, np.asarray(middle.canvas.buffer_rgba()))
    before = figure._repr_png_()
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 9}):
        assert figure._repr_png_() == before
    for t, words in ((-1, "`t` = -1: the run goes from 0 to 1"), ("late", "`t` = late: is a str; give a number")):
        with pytest.raises(InputError) as said:
            still(run, t)
        assert words in str(said.value)


@pytest.mark.parametrize("t", [0.0, 1e-4, 0.3, 1.0])
def test_a_picture_shows_the_very_time(made, t):
    finished = read_finished(made.folder)
    timeline = timeline_of(finished.config, finished.takes)
    exact, frame = with_time(timeline, t)
    assert exact.times[frame] == t
    assert abs(timeline.times[frame] - t) == np.abs(timeline.times - t).min()
    assert (np.diff(exact.times) >= 0).all()


def test_runs_say_what_they_are_in_a_line_and_in_a_card(run):
    assert repr(run).startswith(f"Trajectory(12 neurons, 20 samples, {len(run.t)} moments, t = 0 to 1, loss ")
    spline = project(run)
    assert repr(spline) == f"SplineTrajectory(12 neurons, {len(run.t)} moments, t = 0 to 1)"
    for each in (replace(run, outcome="a < b"), spline):
        card = ElementTree.fromstring(each._repr_html_())
        lines = [
            [float(n) for n in point.split(",")] for way in card.iter("polyline") for point in way.get("points").split()
        ]
        x, _ = np.array(lines).T
        assert (x.min(), x.max()) == (0, 300)
    assert len(list(ElementTree.fromstring(run._repr_html_()).iter("circle"))) == 20


def test_a_network_that_is_dead_has_a_card_too():
    still_zero = np.zeros((2, 3))
    dead = Trajectory(np.array([0.0, 1.0]), still_zero, still_zero, still_zero, np.zeros(2), np.zeros(2),
                      np.full((2, 3), -1), np.array([0.0, 1.0]), np.zeros(2))  # fmt: skip
    for each in (dead, project(dead)):
        assert "polyline" in each._repr_html_()
        assert "nan" not in each._repr_html_()
