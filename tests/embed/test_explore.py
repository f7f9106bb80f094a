"""The interactive page shows the run it was made from, exactly, and obeys mouse, keyboard, touch and address."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from pipeline.config.home import shipped_theme
from pipeline.config.language import english, language_of
from pipeline.config.schema.config import Config, config_from
from pipeline.embed.explore.payload import GAP
from pipeline.make import make
from pipeline.render.panels.parts.predictions import spoken
from pipeline.run.finished import read_finished
from tests.browser import drawn, passed, quiet
from tests.conftest import DRAFT, composed
from tests.embed.explored import RESTS, Explored, finished, wandering
from tests.render.runs import awkward_run
from tests.waiting import until

CLOSE = 1e-9
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
EVEN = english()("paces.even")
DARK = "rgb({}, {}, {})".format(*bytes.fromhex(shipped_theme("dark").background[1:]))


@pytest.fixture(scope="module")
def learnt(tmp_path_factory) -> Explored:
    """A run of the pipeline: 12 neurons learn the motorcycle data, in their units."""
    folder = tmp_path_factory.mktemp("learnt")
    make(composed(*DRAFT, "render=false", "timing.seconds=6"), folder, "python -m pipeline video=draft")
    return Explored(folder)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory) -> Explored:
    """Breakpoints at and through infinity, held, coinciding."""
    return Explored(finished(tmp_path_factory.mktemp("awkward") / "run", *awkward_run(40, 30)))


@pytest.fixture(params=["learnt", "awkward"])
def explored(request) -> Explored:
    """Each of them."""
    return request.getfixturevalue(request.param)


def knots(page) -> dict[int, dict]:
    """What is drawn, by neuron."""
    return {knot["neuron"]: knot for knot in page.evaluate("explore.knots")}


def expect_frame(page, explored: Explored, frame: int) -> None:
    """The drawn knots are those of spline.npz at a frame, as far as the page's numbers are quantised."""
    facts, spline, x_axis, y_axis = explored.facts(page), explored.spline, explored.x_axis, explored.y_axis
    steps = {plane["name"]: plane["step"] for plane in facts["planes"]}
    low, high = facts["x"]["limits"]
    bottom, top = facts["y"]["limits"]
    beta = x_axis.to_user(spline.breakpoint[frame])
    drawn = knots(page)
    margin = steps["beta"]
    assert set(np.flatnonzero((beta > low + margin) & (beta < high - margin))) <= set(drawn)
    assert set(drawn) <= set(np.flatnonzero((beta > low - margin) & (beta < high + margin)))
    mu = y_axis.scale / x_axis.scale * spline.delta_slope[frame]
    for i, knot in drawn.items():
        assert abs(knot["beta"] - beta[i]) <= (0.5 + CLOSE) * steps["beta"]
        assert abs(knot["mu"] - mu[i]) <= (0.5 + CLOSE) * steps["mu"]
        assert knot["orientation"] == spline.orientation[frame, i]
        assert knot["held"] == explored.trajectory.held[frame, i]
        x = np.array([(knot["beta"] - x_axis.shift) / x_axis.scale])
        value = y_axis.to_user(spline.evaluate_frame(frame, x))[0]
        assert not bottom <= value <= top or abs(knot["value"] - value) <= 2 * GAP * (top - bottom)


FOLLOW = """address => new Promise((done) => {
    if (location.hash === address) return done();
    addEventListener("hashchange", () => done(), { once: true });
    location.hash = address;
})"""


def follow(page, address: str) -> None:
    """Bring the page that is open to another address, and wait until that is drawn."""
    page.evaluate(FOLLOW, address)
    drawn(page)


def moments(explored: Explored) -> list[int]:
    """The first frames of five training times, the first and the last among them."""
    distinct = np.flatnonzero(np.diff(explored.spline.t, prepend=-1) > 0)
    return distinct[np.linspace(0, len(distinct) - 1, 5).round().astype(int)].tolist()


def test_a_link_to_a_time_shows_the_knots_of_that_time(page, explored):
    for frame in moments(explored):
        explored.open(page, f"#t={explored.times[frame]!r}")
        assert page.evaluate("explore.time") == explored.times[frame]
        expect_frame(page, explored, frame)


def test_between_two_moments_knots_are_on_the_straight_way(page, learnt):
    learnt.open(page)
    times = page.evaluate("explore.times")
    before, after = times[7], times[8]
    seen = []
    for t in (before, (before + after) / 2, after):
        learnt.open(page, f"#t={t!r}")
        seen.append(knots(page))
    everywhere = set.intersection(*map(set, seen))
    assert everywhere
    for i in everywhere:
        for name in ("beta", "mu"):
            first, middle, last = (knot[i][name] for knot in seen)
            assert middle == pytest.approx((first + last) / 2, rel=1e-9, abs=1e-12)


def next_axis(page) -> str:
    """The words of the axis of time after the key that changes it, once they are drawn."""
    axis = page.locator(".axis-kind")
    before = axis.inner_text()
    page.keyboard.press("l")
    until(lambda: page.evaluate("before => document.querySelector('.axis-kind').innerText !== before", before))
    return axis.inner_text()


def test_the_axis_of_time_is_the_clip_s_then_logarithmic_then_linear(page, learnt):
    learnt.open(page)
    assert page.locator(".axis-kind").inner_text() == EVEN
    assert [next_axis(page) for _ in range(3)] == ["log", "linear", EVEN]


def test_a_run_that_starts_late_begins_at_its_start(page, tmp_path):
    data, trajectory = awkward_run(10, 20)
    late = Explored(finished(tmp_path / "run", data, replace(trajectory, t=trajectory.t + 5), "dynamics.end_time=15"))
    start, end = late.times[0], late.times[-1]
    assert start == 5
    late.open(page)
    assert page.evaluate("explore.time") == start
    for key, expected in (("End", end), ("Home", start), ("l", start), ("l", start)):  # on each of the axes
        page.keyboard.press(key)
        assert page.evaluate("explore.time") == expected
    page.goto("about:blank")
    late.open(page, "#time=linear&t=10")
    share = page.evaluate("Number(document.querySelector('.scrub').value)")
    assert share == pytest.approx((10 - start) / (end - start))


def test_scrubbing_with_the_mouse_follows_the_axis(page, learnt):
    learnt.open(page)
    box = page.locator(".scrub").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    assert page.evaluate("explore.time") == learnt.times[-1]
    assert [next_axis(page) for _ in range(2)][-1] == "linear"
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate("explore.time") == pytest.approx(learnt.times[-1] / 2, rel=0.02)


def expect_words(page, words: str) -> None:
    """These and no others are said, once it is drawn."""
    said = "[...document.querySelectorAll('.words .stands')].map(one => one.innerText).join('|')"
    until(lambda: page.evaluate(f"words => {said} === words", words))


def test_arrows_go_from_word_to_word_where_something_is_said(page, tmp_path):
    beats = "scene.beats=[{at: 1, say: One}, {at: 4, say: 'at {t:.1f} <b>two</b>'}]"
    told = Explored(finished(tmp_path / "run", *awkward_run(40, 30), beats, "scene.captions={2: a caption}"))
    told.open(page)
    said = [(1, "One"), (2, "a caption"), (4, "at 4.0 <b>two</b>")]
    expect_words(page, "")
    for t, words in said:
        page.keyboard.press("ArrowRight")
        expect_words(page, words)
        assert page.evaluate("explore.time") == pytest.approx(t, abs=0.1 if words == "a caption" else 1e-12)
    page.locator("button.next").click()
    assert page.evaluate("explore.time") == told.times[-1]
    page.keyboard.press("ArrowLeft")
    expect_words(page, said[-1][1])
    page.keyboard.press(".")
    times = page.evaluate("explore.times")
    assert page.evaluate("explore.time") == times[times.index(4) + 1]
    told.open(page, "#t=1")
    expect_words(page, "One")


def test_keys_step_jump_play_and_pause(page, explored):
    explored.open(page)
    times = page.evaluate("explore.times")
    assert times == sorted(set(explored.times))
    ways = ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", -1), ("ArrowRight", -1), ("Home", 0)
    for key, k in ways:
        page.keyboard.press(key)
        assert page.evaluate("explore.time") == times[k]
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("explore.time") == times[10]
    page.keyboard.press("ArrowRight")
    drawn(page)
    expect_frame(page, explored, int(np.searchsorted(explored.spline.t, times[11])))
    page.keyboard.press("Space")
    until(lambda: page.evaluate(f"explore.time > {times[13]!r}"))
    page.keyboard.press("Space")
    stopped = page.evaluate("explore.time")
    drawn(page)
    assert page.evaluate("explore.time") == stopped


def test_playing_ends_at_the_end_and_begins_again(page, learnt):
    learnt.open(page, f"#t={0.97 * learnt.times[-1]!r}&speed=4&play")
    until(lambda: page.evaluate(f"explore.time === {learnt.times[-1]!r}"))
    learnt.open(page, f"#t={learnt.times[-1]!r}&speed=0.1")  # slow: it does not end again before it is looked at
    page.locator(".play").click()
    until(lambda: page.evaluate(f"explore.time < {0.5 * learnt.times[-1]!r}"))


def test_a_neuron_pointed_at_tells_its_numbers(page, learnt):
    learnt.open(page, f"#t={learnt.times[20]!r}")
    seen = knots(page)
    alone = max(seen.values(), key=lambda knot: min(_distances(knot, seen)))
    page.mouse.move(alone["x"], alone["y"])
    until(lambda: page.evaluate("explore.chosen.length === 1"))
    drawn(page)
    assert page.evaluate("explore.chosen") == [alone["neuron"]]
    told = page.locator(".tooltip").inner_text().replace("−", "-").replace("\u2009", " ")
    numbers = {name: float(number) for name, number in re.findall(r"([βμsδ])\s+([-+]?[\d.]+)", told)}
    t = learnt.trajectory
    w, b, v = (part[20, alone["neuron"]] for part in (t.w, t.b, t.v))
    slope = learnt.y_axis.scale / learnt.x_axis.scale
    expected = {"β": learnt.x_axis.to_user(-b / w), "μ": slope * w * v, "s": np.sign(w), "δ": v**2 - w**2 - b**2}
    assert numbers == pytest.approx(expected, rel=0.02)
    assert "ms" in told
    assert "g/ms" in told
    page.mouse.move(5, 5)
    page.locator(".tooltip").wait_for(state="hidden")
    assert page.evaluate("explore.chosen") == []


def _distances(knot, seen):
    return [np.hypot(knot["x"] - o["x"], knot["y"] - o["y"]) for o in seen.values() if o["neuron"] != knot["neuron"]]


def test_a_chosen_neuron_lights_up_in_every_panel(page, learnt):
    learnt.open(page, "#panels=function,threads,plane,slopes,loss&t=0.1")
    before = [_picture(page, kind) for kind in ("function", "threads", "plane", "slopes")]
    page.keyboard.press("ArrowUp")
    until(lambda: page.evaluate("explore.chosen.length === 1"))
    drawn(page)
    after = [_picture(page, kind) for kind in ("function", "threads", "plane", "slopes")]
    assert all(one != other for one, other in zip(before, after, strict=True))
    page.keyboard.press("Escape")
    until(lambda: page.evaluate("explore.chosen.length === 0"))
    drawn(page)
    assert [_picture(page, kind) for kind in ("function", "threads", "plane", "slopes")] == before


def _picture(page, kind: str) -> str:
    return page.evaluate(f"document.querySelector('.{kind} canvas:last-child').toDataURL()")


def test_a_tooltip_hides_nothing_that_it_speaks_of(page, explored):
    for frame in moments(explored)[1:4]:
        explored.open(page, f"#t={explored.times[frame]!r}")
        seen = knots(page)
        for i in list(seen)[::4]:
            follow(page, f"#t={explored.times[frame]!r}&neuron={i + 1}")
            assert page.evaluate("explore.chosen") == [i]
            box = page.locator(".tooltip").bounding_box()
            for mark in page.evaluate("explore.marks"):
                beside = max(box["x"] - mark["x"], mark["x"] - box["x"] - box["width"])
                over = max(box["y"] - mark["y"], mark["y"] - box["y"] - box["height"])
                assert max(beside, over) > 8, mark


def test_the_function_stands_over_its_threads_on_one_axis_of_inputs(page, learnt):
    learnt.open(page, f"#t={learnt.times[20]!r}&neuron=3")
    places = {mark["panel"]: mark for mark in page.evaluate("explore.marks")}
    assert places["function"]["x"] == pytest.approx(places["threads"]["x"], abs=0.01)
    boxes = [page.locator(f".{kind} .plot").bounding_box() for kind in ("function", "threads")]
    assert boxes[0]["y"] + boxes[0]["height"] == pytest.approx(boxes[1]["y"], abs=1)  # rulings run through
    sizes = page.locator(".plot").evaluate_all("all => all.map(one => one.clientWidth * one.clientHeight)")
    assert sizes[0] == max(sizes) > 1280 * 720 / 4


def test_the_front_falls_at_the_pace_of_the_clip(page, learnt):
    learnt.open(page)
    fronts, shares = [], []
    for frame in moments(learnt):
        learnt.open(page, f"#t={learnt.times[frame]!r}&neuron=3")
        fronts.append(next(mark["y"] for mark in page.evaluate("explore.marks") if mark["panel"] == "threads"))
        shares.append(float(page.locator(".scrub").input_value()))
    fallen = (np.array(fronts) - fronts[0]) / (fronts[-1] - fronts[0])
    np.testing.assert_allclose(fallen, shares, atol=1e-6)
    distinct = np.unique(learnt.times)
    frames = np.searchsorted(distinct, [learnt.times[frame] for frame in moments(learnt)])
    np.testing.assert_allclose(shares, frames / (len(distinct) - 1), atol=0.01)


def test_curves_beside_the_function_are_the_clip_s_at_every_time(page, tmp_path):
    predictions = "{function: {predictions: [linear_spline, kernel_path]}}"
    overrides = *DRAFT, "render=false", "data=sine", f"scene.panels={predictions}"
    make(composed(*overrides), tmp_path / "run", "python -m pipeline")
    told = Explored(tmp_path / "run")
    film = read_finished(told.folder).films[0]
    told.open(page)
    facts = told.facts(page)
    grid, (low, high) = film.quantity("grid")[0], facts["y"]["limits"]
    inside = np.isin(grid, facts["grid"])
    for frame in (film.moments[0], film.moments[len(film.moments) // 2], film.moments[-1]):
        follow(page, f"#t={float(film.t[frame])!r}")
        assert page.evaluate("explore.time") == pytest.approx(film.t[frame], abs=1e-9)
        drawn = {curve["words"]: curve["y"] for curve in page.evaluate("explore.references")}
        assert len(drawn) == 2
        for name in ("linear_spline", "kernel_path"):
            expected = film.quantity(name)[frame][inside]
            np.testing.assert_allclose(drawn[spoken(name, english())], expected, atol=GAP * (high - low))


def test_what_is_out_of_sight_is_pointed_at(page, tmp_path):
    make(composed(*DRAFT, "render=false", "data=sine", "init.scale=10"), tmp_path / "run", "python -m pipeline")
    told = Explored(tmp_path / "run")
    told.open(page, "#t=0")
    film = read_finished(told.folder).films[0]
    low, high = told.facts(page)["y"]["limits"]
    values = film.evaluate(0, film.x)
    edges = {edge: value for edge, value, _ in page.evaluate("explore.beyond")}
    assert ("top" in edges) == bool(values.max() > high + 0.25 * (high - low))
    assert ("bottom" in edges) == bool(values.min() < low - 0.25 * (high - low))
    assert edges


def test_nothing_pale_gives_the_end_away(page, learnt):
    learnt.open(page, "#panels=threads,loss")
    empty = """kind => { const canvas = document.querySelector(`.${kind} canvas:last-child`);
        const { width, height } = canvas;
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        let below = 0; const from = kind === 'threads' ? height / 2 : 0, after = kind === 'loss' ? width / 2 : 0;
        for (let k = 3; k < data.length; k += 4) { const p = (k - 3) / 4, x = p % width, y = (p - x) / width;
        if (y >= from && x >= after && data[k]) below++; } return below }"""
    assert [page.evaluate(empty, kind) for kind in ("threads", "loss")] == [0, 0]
    page.keyboard.press("End")
    drawn(page)
    assert all(page.evaluate(empty, kind) > 0 for kind in ("threads", "loss"))


def test_a_mark_stands_where_its_numbers_say(page, learnt):
    learnt.open(page, f"#t={learnt.times[20]!r}")
    seen = knots(page)
    theme = composed().theme
    samples = page.evaluate("explore.samples")
    free = [one for one in seen.values() if min(np.hypot(one["x"] - x, one["y"] - y) for x, y in samples) > 12]
    alone = [one for one in free if min(_distances(one, seen)) > 20]
    knot = max(alone, key=lambda one: abs(one["mu"]))
    pixel = page.evaluate(
        """({ x, y }) => { const canvas = document.querySelector('.function canvas:last-child');
        const corner = canvas.getBoundingClientRect();
        const at = [x - corner.left, y - corner.top].map((pixels) => Math.round(pixels * devicePixelRatio));
        return [...canvas.getContext('2d').getImageData(...at, 1, 1).data]; }""",
        knot,
    )
    colour = theme.rising if knot["mu"] * knot["orientation"] >= 0 else theme.falling
    assert "#{:02x}{:02x}{:02x}".format(*pixel[:3]) == colour


def test_panels_theme_and_time_are_kept_in_the_address(page, learnt):
    learnt.open(page)
    assert [next_axis(page) for _ in range(2)][-1] == "linear"
    for key in ("4", "5", "d", "End", "ArrowUp"):
        page.keyboard.press(key)
    until(lambda: page.evaluate("location.hash.includes('neuron')"))
    said = page.evaluate("location.hash")
    assert page.locator(".panel").evaluate_all("all => all.map(one => one.className)") == [
        f"panel {kind}" for kind in ("function", "threads", "plane", "slopes")
    ]
    background, chosen = page.evaluate(BACKGROUND), page.evaluate("explore.chosen")
    learnt.open(page, said)
    assert page.locator(".panel.slopes").count() == 1
    assert page.locator(".panel.loss").count() == 0
    assert page.locator(".axis-kind").inner_text() == "linear"
    assert page.evaluate(BACKGROUND) == background == DARK
    assert page.evaluate("explore.chosen") == chosen
    assert page.evaluate("explore.time") == learnt.times[-1]


def test_an_address_that_says_nonsense_is_passed_over(page, learnt):
    learnt.open(page, "#t=soon&panels=none&theme=pink&time=never&neuron=99999&speed=9")
    assert page.evaluate("explore.time") == 0
    assert page.locator(".panel").count() == 4
    page.evaluate("location.hash = 't=1e9'")
    until(lambda: page.evaluate(f"explore.time === {learnt.times[-1]!r}"))


def test_colours_follow_the_system(page, learnt):
    page.emulate_media(color_scheme="dark")
    learnt.open(page)
    until(lambda: page.evaluate(BACKGROUND), DARK)  # a browser may tell a new page after its scripts have run
    page.emulate_media(color_scheme="light")
    until(lambda: page.evaluate(BACKGROUND), "rgb(255, 255, 255)")


def test_touch_chooses_neurons_and_scrubs(browser, faults, learnt):
    with quiet(browser, faults, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as page:
        learnt.open(page, f"#t={learnt.times[20]!r}")
        seen = knots(page)
        alone = max(seen.values(), key=lambda knot: min(_distances(knot, seen)))
        page.touchscreen.tap(alone["x"], alone["y"])
        until(lambda: page.evaluate("explore.chosen.length > 0"))
        assert alone["neuron"] in page.evaluate("explore.chosen")
        box = page.locator(".threads .plot").bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] - 1)
        until(lambda: page.evaluate(f"explore.time === {learnt.times[-1]!r}"))
        assert page.evaluate("document.body.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight")
    assert not faults


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_it_works_in_a_frame_of_a_slide(page, learnt, sandbox):
    slide = learnt.folder / "slide.html"
    text = f'<meta charset="utf-8"><iframe src="explore.html#t=0.5" width="960" height="600" {sandbox}></iframe>'
    slide.write_text(text, encoding="utf-8")
    page.goto(slide.as_uri())
    frame = page.frames[1]
    until(lambda: frame.evaluate("window.explore?.drawings > 0"))
    assert frame.evaluate("explore.time") == 0.5
    frame.locator(".plot").first.click()
    page.keyboard.press("End")
    until(lambda: frame.evaluate(f"explore.time === {learnt.times[-1]!r}"))
    drawn(frame)
    passed(frame, RESTS)  # the address follows


def test_layers_are_as_sharp_as_the_screen_and_follow_its_size(browser, faults, learnt):
    with quiet(browser, faults, viewport={"width": 1000, "height": 600}, device_scale_factor=2) as page:
        learnt.open(page)
        ratio = "(() => { const c = document.querySelector('canvas'); return c.width / c.clientWidth })()"
        assert page.evaluate(ratio) == pytest.approx(2, rel=0.01)
        page.set_viewport_size({"width": 500, "height": 800})
        until(lambda: page.evaluate(f"Math.abs({ratio} - 2) < 0.02"))
    assert not faults


def test_it_is_described_and_says_what_made_it(page, awkward):
    awkward.open(page)
    told = page.locator("meta[name=description]").get_attribute("content")
    assert "40 neurons" in told
    assert page.locator("#description").text_content() == told
    made = json.loads(page.locator("meta[name=provenance]").get_attribute("content"))
    assert made == {key: awkward.manifest[key] for key in ("command", "version", "libraries", "config")}
    page.keyboard.press("?")
    assert "python -m pipeline data=<b>mine</b>" in page.locator("dialog").inner_text()
    assert page.locator("button:not([aria-label])").evaluate_all("all => all.every(one => one.textContent.trim())")
    assert page.locator(".plot").evaluate_all("all => all.every(one => one.getAttribute('aria-label').length > 10)")


SPOKEN_BY_ELEMENTS = """() => [document.body.innerText, ...[...document.querySelectorAll("*")].flatMap((one) =>
    [one.getAttribute("aria-label"), one.title])].filter(Boolean)"""


def test_it_speaks_the_language_of_its_run(page, tmp_path):
    explored = Explored(finished(tmp_path / "run", *awkward_run(), "language=de"))
    explored.open(page, "#neuron=1")
    page.keyboard.press("?")
    said = "\n".join(page.evaluate(SPOKEN_BY_ELEMENTS))
    german = language_of(composed("language=de").language)
    assert page.locator("html").get_attribute("lang") == "de"
    assert all(german(f"page.{name}") in said for name in ("close", "help_does", "space", "threads", "marks"))
    foreign = {
        word for name, word in english().part("page").items() if len(word) > 5 and word != german(f"page.{name}")
    }
    assert not [word for word in foreign if re.search(rf"\b{re.escape(word)}\b", said)]


def test_it_is_one_small_file(tmp_path, page):
    explored = Explored(finished(tmp_path / "run", *wandering(300)))
    size = explored.html.stat().st_size
    assert size < 3_000_000
    assert not re.search(r"(src|href)=\"(?!data:)", explored.html.read_text(encoding="utf-8"))
    explored.open(page, "#t=1.0")
    assert len(knots(page)) > 20


def test_whatever_it_holds_it_can_load_nothing(page, learnt, faults):
    learnt.open(page)
    assert page.evaluate("fetch('data:,x').then(() => 'loaded', () => 'refused')") == "refused"
    passed(page, 0)  # what the console is told comes before that
    assert all("Content Security Policy" in fault for fault in faults)
    assert faults
    faults.clear()


def test_a_crowd_of_neurons_plays(tmp_path, page):
    explored = Explored(finished(tmp_path / "run", *wandering(3000, 12)))
    explored.open(page, "#play&speed=0.5")
    until(lambda: page.evaluate("explore.time > 0 && explore.drawings > 3"))
    assert len(knots(page)) > 1000


def test_config_of_another_version_is_read_as_far_as_it_goes():
    config = config_from({"name": "old", "gone": 1, "init": {"width": 7, "gone": 2}})
    assert (config.name, config.init.width, config.init.scale) == ("old", 7, Config().init.scale)
