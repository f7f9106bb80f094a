"""The page of a sweep with a slider for every swept key, in a real browser, from a file."""

import numpy as np
import pytest

from pipeline.projection.spline import project
from pipeline.run.finished import read_take
from pipeline.simulate.resample import resampled
from pipeline.sweep.compared.entries import read_sweep
from pipeline.sweep.compared.slider_grid import grid_of
from pipeline.sweep.compared.sliders import SLIDERS, write_sliders
from tests.browser import drawn
from tests.sweep.conftest import SWEPT
from tests.sweep.made import make_sweep
from tests.waiting import until as comes_to

SCALE, SEED = "initial scale", "seed"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The small sweep without its videos, which the page needs not."""
    return make_sweep(tmp_path_factory.mktemp("numbers") / "sweep", SWEPT, "scene=minimal", "render=false")


@pytest.fixture(scope="module")
def made(finished, tmp_path_factory):
    """The page of the small sweep: three scales, one of which fails, and two seeds."""
    target = tmp_path_factory.mktemp("page") / SLIDERS
    write_sliders(grid_of(read_sweep(finished)), "python -m pipeline -m </script> & more", target, lambda done: None)
    return target


@pytest.fixture
def opened(page, made):
    return open_at(page, made)


def open_at(page, made, address=""):
    page.goto("about:blank")
    page.goto(made.as_uri() + address)
    until(page, "window.sweep && explore.drawings > 1")
    return page


def until(page, condition):
    """Wait for it from outside: the page's policy forbids that a text is run inside, as `wait_for_function` does."""
    comes_to(lambda: bool(page.evaluate(condition)))


def choose(page, **values):
    page.evaluate(
        "values => sweep.choose(Object.fromEntries(Object.entries(values).map(([k, v]) => [`init.${k}`, v])))", values
    )
    drawn(page)


def expect_run(page, folder):
    """The knots drawn are those of a finished run at the page's time."""
    take, now = read_take(folder), page.evaluate("explore.time")
    spline = project(resampled(take.trajectory, np.array([now])))
    limits = page.evaluate("JSON.parse(document.getElementById('facts').textContent).x.limits")
    beta = take.data.x_axis.to_user(spline.breakpoint[0])
    drawn = {knot["neuron"]: knot for knot in page.evaluate("explore.knots")}
    close = 1e-4 * (limits[1] - limits[0])
    assert set(np.flatnonzero((beta > limits[0] + close) & (beta < limits[1] - close))) <= set(drawn)
    assert all(abs(knot["beta"] - beta[i]) < close for i, knot in drawn.items())


def test_every_run_is_shown_as_it_is_and_the_time_stays(opened, finished):
    done = [entry for entry in read_sweep(finished) if entry.done]
    runs = {(entry.values["init.scale"], entry.values["init.seed"]): entry for entry in done}
    assert len(runs) == 4
    for t in (opened.evaluate("explore.times.at(-1)"), opened.evaluate("explore.times[explore.times.length >> 1]")):
        opened.evaluate("t => { location.hash = `t=${t}` }", t)
        until(opened, f"Math.abs(explore.time / {t} - 1) < 1e-6")
        for (scale, seed), entry in runs.items():
            choose(opened, scale=scale, seed=seed)
            expect_run(opened, entry.folder)
            assert opened.evaluate("explore.time") == pytest.approx(t, rel=1e-6)
            assert f"seed\u00a0{seed}" in opened.locator(".subtitle").inner_text()


def test_a_failed_run_is_told_and_the_last_picture_is_faint(opened):
    choose(opened, scale=-1)
    said = opened.locator(".complaint").inner_text()
    assert said.startswith("initial scale -1 · seed 0: this run failed: init.scale = -1.0: must be")
    assert float(opened.evaluate("getComputedStyle(document.getElementById('stage')).opacity")) < 0.3
    choose(opened, scale=3)
    assert opened.locator(".complaint").is_hidden()


def test_sliders_obey_the_keyboard_and_are_spoken(opened):
    slider = opened.get_by_role("slider", name=SCALE)
    slider.focus()
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "3"
    assert opened.evaluate("sweep.place")["init.scale"] == "3"
    slider.press("p")
    assert opened.evaluate("sweep.place")["init.scale"] == "0.3"
    slider.press("s")
    opened.keyboard.press("ArrowRight")
    assert opened.evaluate("sweep.place") == {"init.scale": "0.3", "init.seed": "1"}
    shown = opened.evaluate("explore.time")
    opened.keyboard.press("Home")
    assert opened.evaluate("explore.time") == shown  # a key of the slider's own
    opened.keyboard.press(" ")
    until(opened, "document.body.classList.contains('playing')")  # all others are the page's


def test_the_address_holds_the_run(opened, made):
    choose(opened, scale=3, seed=1)
    until(opened, "location.hash.includes('init.scale=3')")
    address = opened.evaluate("location.hash")
    again = open_at(opened, made, address)
    assert again.evaluate("sweep.place") == {"init.scale": "3", "init.seed": "1"}
    assert open_at(opened, made, "#init.scale=77&init.seed=1").evaluate("sweep.place")["init.seed"] == "1"


def test_every_run_is_unpacked_once_and_kept(opened):
    until(opened, "sweep.kept === 4")
    assert "</script>" in opened.locator("meta[name=provenance]").get_attribute("content")
