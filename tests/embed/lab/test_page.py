"""The laboratory in a browser: samples are dragged, bad input is told, nothing leaves the page."""

import json
import re
import time
from collections.abc import Callable

import pytest

from pipeline.embed.lab.command import command, write
from pipeline.errors import InputError
from pipeline.model.initialization import initialize

REACH = 10.0  # seconds in which a busy machine solves


@pytest.fixture
def lab(page, lab_page):
    """The page, its first solution shown."""
    page.goto(lab_page.as_uri())
    until(lambda: page.evaluate("window.lab ? lab.drawings : 0") > 0)
    return page


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + REACH
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_dragged_sample_is_learnt_anew(lab):
    solves, (x, y) = lab.evaluate("lab.solves"), lab.evaluate("lab.samples")[4]
    lab.mouse.move(x, y)
    lab.mouse.down()
    lab.mouse.move(x + 30, y - 40, steps=5)
    lab.mouse.up()
    until(lambda: lab.evaluate("lab.solves") > solves and lab.evaluate("lab.samples")[4] != [x, y])
    until(lambda: abs(lab.evaluate("lab.samples")[4][0] - x - 30) < 1)


def test_samples_come_and_go(lab):
    count = len(lab.evaluate("lab.samples"))
    (x, y), (next_x, next_y) = lab.evaluate("lab.samples")[3:5]
    lab.mouse.dblclick((x + next_x) / 2, (y + next_y) / 2)
    until(lambda: len(lab.evaluate("lab.samples")) == count + 1)
    lab.mouse.dblclick((x + next_x) / 2, (y + next_y) / 2)
    until(lambda: len(lab.evaluate("lab.samples")) == count)


@pytest.mark.parametrize("width", ["0", "3000", "", "many", "2.5"])
def test_bad_width_is_told_and_the_picture_stays(lab, width):
    before = lab.evaluate("lab.state")
    field = lab.get_by_label("width", exact=True).last
    field.fill(width)
    field.press("Enter")
    assert re.match(r"width( = .*)?: .*", lab.locator(".complaint").inner_text())
    assert lab.evaluate("lab.state") == before


@pytest.mark.parametrize("text", ["1 2\nNaN 3", "1\n2", "", "1 2\n1 3"])
def test_bad_columns_are_told(lab, text):
    before = lab.evaluate("lab.state")
    paste = "new ClipboardEvent('paste', {clipboardData: (() => { const data = new DataTransfer();"
    paste += f"data.setData('text', {json.dumps(text)}); return data; }})()}})"
    lab.evaluate(f"document.dispatchEvent({paste})")
    assert lab.locator(".complaint").inner_text()
    assert lab.evaluate("lab.state") == before


def test_solver_for_scripts_tells_what_it_cannot_solve(lab):
    wish = {"x": [0, 1], "y": [0, 1], "w": [1], "b": [0], "v": [1, 2], "times": [0, 1]}
    told = lab.evaluate("wish => lab.solve(wish).catch((error) => error.message)", wish)
    assert told == "w, b, v differ in length; give one of each per neuron"


def test_address_keeps_the_state(lab, lab_page):
    lab.evaluate("lab.set({scale: 0.5, y: lab.state.y.with(0, 2)})")
    until(lambda: "scale=0.5" in lab.evaluate("location.hash"))
    state, address = lab.evaluate("lab.state"), lab.evaluate("location.href")
    lab.goto("about:blank")
    lab.goto(address)
    until(lambda: lab.evaluate("window.lab ? lab.drawings : 0") > 0)
    kept = lab.evaluate("lab.state")
    assert kept["scale"] == 0.5
    assert kept["y"] == pytest.approx(state["y"], rel=1e-9)


@pytest.mark.parametrize(
    ("seed", "distribution", "width"), [(0, "normal", 300), (7, "uniform", 5), (2**32 - 1, "normal", 20)]
)
def test_a_seed_draws_what_numpy_draws(lab, seed, distribution, width):
    init = {"seed": seed, "distribution": distribution, "width": width, "scaling": "he", "scale": 0.3}
    init |= {"layer_ratio": 2.0, "bias_ratio": 1.0, "balanced": False, "antisymmetric": False}
    found, true = lab.evaluate("init => lab.drawn(init)", init), initialize(**init)
    for name in "wbv":
        assert found[name] == pytest.approx(getattr(true, name), rel=1e-14)


def test_page_is_small_and_lets_nothing_out(lab_page):
    html = lab_page.read_text(encoding="utf-8")
    assert len(html) < 1_000_000
    assert "default-src 'none'" in html


def test_other_dynamics_are_refused(tmp_path):
    asked = ["dynamics=gradient_descent", "dynamics.end_time=1", "init.width=4"]
    with pytest.raises(InputError, match="a laboratory solves gradient_flow only"):
        write(asked, str(tmp_path / "lab.html"))


def test_out_without_a_file_is_told():
    with pytest.raises(InputError, match="--out: names no file"):
        command(["--out"])
