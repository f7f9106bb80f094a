"""The laboratory in a browser: samples are dragged, bad input is told, nothing leaves the page."""

import json
import re
import time

import numpy as np
import pytest

from pipeline.embed.lab.command import command, write
from pipeline.errors import InputError
from pipeline.model.initialization import initialize
from tests.browser import quiet
from tests.embed.lab.waiting import opened, settled
from tests.waiting import until


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


def test_neuron_is_dragged_where_it_begins(lab):
    lab.keyboard.press("Home")
    settled(lab)
    plot = lab.locator(".panel.plane .plot").bounding_box()
    within = {axis: (plot[axis] + 70, plot[axis] + plot[side] - 40) for axis, side in (("x", "width"), ("y", "height"))}
    inside = [
        place
        for place in lab.evaluate("lab.neurons")
        if all(low < at < high for at, (low, high) in zip(place, within.values(), strict=True))
    ]
    x, y = inside[0]
    assert lab.evaluate("lab.state.moved") == []
    lab.mouse.move(x, y)
    lab.mouse.down()
    lab.mouse.move(x - 20, y + 15, steps=3)
    lab.mouse.up()
    settled(lab)
    (moved,) = lab.evaluate("lab.state.moved")
    new_x, new_y = lab.evaluate("n => lab.neurons[n]", moved[0])
    assert abs(new_x - x + 20) < 2
    assert abs(new_y - y - 15) < 2
    lab.keyboard.press("z")
    settled(lab)
    assert lab.evaluate("lab.state.moved") == []


def test_drawn_curve_is_sampled(lab):
    box = lab.locator(".panel.function .plot").bounding_box()
    left, middle, wide = box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2, 0.5 * box["width"]
    lab.keyboard.press("c")
    lab.mouse.move(left, middle - 60)
    lab.mouse.down()
    lab.mouse.move(left + wide, middle + 60, steps=10)
    lab.mouse.up()
    settled(lab)
    state, places = lab.evaluate("lab.state"), np.array(lab.evaluate("lab.samples"))
    assert len(state["x"]) == 9
    assert np.diff(places[:, 0]) == pytest.approx(wide / 8, abs=1e-3)
    assert np.diff(places[:, 1]) == pytest.approx(120 / 8, abs=0.5)


def test_keyboard_moves_adds_and_removes_samples(lab):
    x, y = lab.evaluate("[lab.state.x, lab.state.y]")
    lab.keyboard.press("s")
    lab.keyboard.press("ArrowUp")
    lab.keyboard.press("Shift+ArrowRight")
    now_x, now_y = lab.evaluate("[lab.state.x, lab.state.y]")
    assert now_y[0] > y[0]
    assert now_x[0] > x[0]
    lab.keyboard.press("n")
    assert len(lab.evaluate("lab.state.x")) == 10
    lab.keyboard.press("Delete")
    assert lab.evaluate("lab.state.x") == now_x
    settled(lab)


def touched(cdp, kind: str, places: list[tuple[float, float]], at: float) -> None:
    """A finger on a page, in seconds of its own clock, whatever the machine's load."""
    points = [{"x": left, "y": top} for left, top in places]
    cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": at})


def test_finger_drags_and_double_taps(browser, lab_page, faults):
    with quiet(browser, faults, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        page.goto(lab_page.as_uri())
        opened(page)
        cdp, begun = page.context.new_cdp_session(page), time.time()
        (first_x, _), (x, y) = page.evaluate("[lab.samples[0], lab.samples[4]]")
        plot = page.locator(".panel.function .plot").bounding_box()
        touched(cdp, "touchStart", [(x + 8, y)], begun)
        touched(cdp, "touchMove", [(x + 20, y - 30)], begun + 0.1)
        touched(cdp, "touchMove", [(x + 30, y - 60)], begun + 0.2)
        touched(cdp, "touchEnd", [], begun + 0.3)
        settled(page)
        until(lambda: page.evaluate("lab.samples[4]"), pytest.approx([x + 30, y - 60], abs=2))
        settled(page)
        taps = (first_x, plot["y"] + plot["height"] - 20), None  # where no sample is, then at the one that came
        for later, (place, count) in enumerate(zip(taps, (10, 9), strict=True), start=1):
            finger = [place or page.evaluate("lab.samples.at(-1)")]
            for at in (begun + 5 * later, begun + 5 * later + 0.1):
                touched(cdp, "touchStart", finger, at)
                touched(cdp, "touchEnd", [], at + 0.05)
            until(lambda count=count: len(page.evaluate("lab.state.x")) == count)
            settled(page)
    assert not faults


def test_keyboard_moves_neurons_where_they_begin(lab):
    lab.keyboard.press("w")
    lab.keyboard.press("Shift+ArrowUp")
    lab.keyboard.press("ArrowRight")
    settled(lab)
    ((neuron, beta, jump),) = lab.evaluate("lab.state.moved")
    assert lab.evaluate("lab.time") == 0
    network = {name: values[neuron] for name, values in lab.evaluate("lab.network").items() if name != "c"}
    assert -network["b"] / network["w"] == pytest.approx(beta)
    assert abs(network["w"]) * network["v"] == pytest.approx(jump)
    lab.keyboard.press("w")
    lab.keyboard.press("ArrowDown")
    assert len(lab.evaluate("lab.state.moved")) == 2
    lab.keyboard.press("Escape")
    lab.keyboard.press("ArrowDown")
    assert len(lab.evaluate("lab.state.moved")) == 2


def test_ghost_is_the_run_before(lab):
    pixels = "document.querySelectorAll('.panel.loss canvas')[1].toDataURL()"
    lab.evaluate("lab.set({seed: 5})")
    settled(lab)
    ghosted = lab.evaluate(pixels)
    lab.keyboard.press("g")
    settled(lab)
    assert lab.evaluate(pixels) != ghosted


def test_address_keeps_the_state(lab, page):
    lab.evaluate("lab.set({scale: 0.5, y: lab.state.y.with(0, 2)})")
    until(lambda: "scale=0.5" in lab.evaluate("location.hash"))
    state, address = lab.evaluate("lab.state"), lab.evaluate("location.href")
    page.goto(address)
    opened(page)
    kept = page.evaluate("lab.state")
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


def test_other_dynamics_open_as_gradient_flow(tmp_path, capsys):
    write(["dynamics=gradient_descent", "dynamics.end_time=1", "init.width=4"], str(tmp_path / "lab.html"))
    assert "shows the gradient_flow of the same network" in capsys.readouterr().err


def test_what_no_page_could_solve_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"init\.width = 1001: a laboratory solves up to 1000 neurons"):
        write(["init.width=1001"], str(tmp_path / "lab.html"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out"], r"--out: expected one argument; `python -m pipeline\.embed\.lab --help` lists the options"),
        (["-m", "init.seed=0,1"], "unrecognized arguments: -m; "),
        (["renders/a", "renders/b"], "renders/a renders/b: give one folder of a finished run, or overrides, KEY=VALUE"),
        (["renders/a", "init.width=3"], "renders/a init.width=3: give one folder"),
    ],
)
def test_words_that_are_none_of_its_own_are_told(words, said):
    with pytest.raises(InputError, match=said):
        command(words)


def test_a_plugin_that_is_not_there_is_one_line_and_no_page(tmp_path):
    with pytest.raises(InputError, match=r"none\.py: no such file"):
        write(["plugins=[none.py]"], str(tmp_path / "lab.html"))
    assert not list(tmp_path.iterdir())


def test_help_is_no_folder(capsys):
    with pytest.raises(SystemExit, match="0"):
        command(["--help"])
    assert "[--out FILE]" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--out={}"], ["--out", "{}"]])
def test_the_page_goes_where_it_is_told(tmp_path, words, capsys):
    target = tmp_path / "mine.html"
    assert command(["init.width=4", *(word.format(target) for word in words)]) == 0
    assert str(target) in capsys.readouterr().out
    assert target.stat().st_size > 0
