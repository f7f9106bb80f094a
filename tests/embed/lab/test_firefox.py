"""The laboratory in another browser than Chromium: it solves as Python does, and a sample can be dragged."""

import pytest

from tests.embed.lab.agreement import check_answer
from tests.embed.lab.problems import KINDS, posed
from tests.waiting import until

DRAG = """(() => {
    const plot = document.querySelector(".panel.function .plot"), [[x, y]] = lab.samples.slice(4);
    const fire = (type, across, down) => plot.dispatchEvent(new PointerEvent(type, {
        clientX: across, clientY: down, button: 0, buttons: 1, pointerId: 1, pointerType: "mouse", bubbles: true,
    }));
    plot.setPointerCapture = () => {};  // of a pointer that no hand holds
    fire("pointerdown", x, y);
    fire("pointermove", x + 20, y - 50);
    fire("pointerup", x + 20, y - 50);
    return [x + 20, y - 50];
})()"""


@pytest.fixture(scope="module")
def lab(firefox, lab_page):
    """The page in Firefox, its first solution shown."""
    firefox.goto(lab_page.as_uri())
    until(lambda: firefox.evaluate("Boolean(window.lab) && lab.drawings > 0"))
    return firefox


def test_dragged_sample_is_learnt_anew(lab):
    solves = lab.evaluate("lab.solves")
    place = lab.evaluate(DRAG)
    until(lambda: lab.evaluate("lab.solves") > solves)
    assert lab.evaluate("lab.samples[4]") == pytest.approx(place, abs=1)
    assert lab.evaluate("document.querySelector('.complaint').textContent") == ""


def test_firefox_finds_what_python_finds(lab):
    wishes = [posed(seed) for seed in range(len(KINDS))]
    for seed, answer in enumerate(lab.evaluate("await Promise.all(given.map((wish) => lab.solve(wish)))", wishes)):
        check_answer(seed, answer)
