"""What the worksheet has a class expect is what Python's solver finds in the state that its link sets up."""

import re

import numpy as np
import pytest

from pipeline.embed.lab.worksheet import EXPERIMENTS
from pipeline.model.data import Data
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.spline import project
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.trajectory import Trajectory
from tests.embed.lab.waiting import settled
from tests.waiting import until

RTOL = 1e-4


def solved(name: str, **changes) -> Trajectory:
    """The run of an experiment's state after changes."""
    state = EXPERIMENTS[name].state | changes
    drawn = {key: state[key] for key in ("width", "scale", "layer_ratio", "seed", "scaling")}
    ways = {way: way in state["start"].split("_") for way in ("balanced", "antisymmetric")}
    network = initialize(distribution="normal", bias_ratio=1.0, **drawn, **ways)
    times = np.union1d([0.0], np.geomspace(0.01, state["end_time"], 60))
    data = Data(np.array(state["x"], float), np.array(state["y"], float))
    return gradient_flow(network, data, times, weight_decay=state["weight_decay"], train=state["train"], rtol=RTOL)


def at_end(run: Trajectory, *names: str) -> list[float]:
    """Quantities at a run's end."""
    found = compute(names, run, project(run))
    return [float(found[name][-1]) for name in names]


def test_scale_sets_the_regime():
    values, asked = (
        EXPERIMENTS["regimes"].values,
        ("linear_spline_distance", "natural_cubic_spline_distance", "kernel_drift"),
    )
    linear, cubic, drift = at_end(solved("regimes", scale=values["large"]), *asked)
    assert cubic < 0.6 * linear
    assert drift < 0.01
    linear, cubic, drift = at_end(solved("regimes", scale=values["small"]), *asked)
    assert linear < 0.01 < 0.1 < cubic
    assert drift > 5


def test_dead_neuron_wakes_up_once_a_sample_is_on_its_active_side():
    values, x = EXPERIMENTS["dead"].values, EXPERIMENTS["dead"].state["x"]
    neuron = values["neuron"] - 1
    run = solved("dead")
    assert all(np.ptp(getattr(run, name)[:, neuron]) == 0 for name in "wbv")
    assert x[-1] < -run.b[0, neuron] / run.w[0, neuron] < values["far"]
    woken = solved("dead", x=(*x[:-1], values["far"]))
    assert np.ptp(woken.w[:, neuron]) > 0.01


def test_every_sample_catches_a_knot():
    run = solved("catch")
    assert set(run.held.ravel()) >= set(range(len(run.x)))
    assert not (run.held[0] >= 0).any()
    assert at_end(run, "linear_spline_distance")[0] < 0.01


def test_neurons_turn_before_they_grow():
    values, run = EXPERIMENTS["align"].values, solved("align")
    early = np.searchsorted(run.t, values["time"])
    alignment = compute(["alignment"], run, project(run))["alignment"]
    assert alignment[0] < 0.5
    assert alignment[early] > 0.99
    assert run.loss[early] > 0.98 * run.loss[0]
    assert run.loss[-1] == pytest.approx(values["loss"], abs=0.005)
    assert at_end(run, "least_squares_line_distance")[0] < 0.01


def test_knots_of_a_symmetric_pair_are_far_from_both():
    values, run = EXPERIMENTS["pair"].values, solved("pair")
    assert at_end(run, "knot_spread")[0] == pytest.approx(values["knot"], rel=0.05)
    assert run.network(-1).evaluate(np.linspace(-10, 10, 2001)).min() == pytest.approx(values["low"], abs=0.005)
    assert run.loss[-1] < 1e-9


def test_weight_decay_is_paid_for_bending():
    free, priced = solved("decay"), solved("decay", weight_decay=EXPERIMENTS["decay"].values["decay"])
    ratio = at_end(priced, "path_norm")[0] / at_end(free, "path_norm")[0]
    assert ratio == pytest.approx(2 / 3, abs=0.07)
    assert free.loss[-1] < 1e-5
    assert priced.loss[-1] > 0.02


@pytest.fixture
def sheet(page, lab_page):
    """The page with its help open, and the worksheet in it."""
    page.goto(lab_page.as_uri())
    settled(page)
    page.keyboard.press("?")
    page.locator(".worksheet summary").press("Enter")
    return page


def test_links_set_up_their_experiments(sheet):
    for place, experiment in enumerate(EXPERIMENTS.values()):
        if place:
            sheet.keyboard.press("?")
        solves = sheet.evaluate("lab.solves")
        sheet.locator(".worksheet a").nth(place).press("Enter")
        until(lambda solves=solves: sheet.evaluate("lab.solves") > solves)
        settled(sheet)
        assert not sheet.locator(".about").is_visible()
        state = {name: list(value) if isinstance(value, tuple) else value for name, value in experiment.state.items()}
        assert sheet.evaluate("lab.state") == state
        assert sheet.evaluate("lab.time") == experiment.opens["t"]
        chosen = experiment.opens.get("neuron")
        assert sheet.evaluate("lab.chosen") == ([chosen - 1] if chosen else [])
    sheet.keyboard.press("z")
    settled(sheet)
    assert sheet.evaluate("lab.state.x.length") == 2


def test_one_sheet_of_paper_is_printed(sheet):
    printed = sheet.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [float(side) for side in box.groups()] == pytest.approx([595, 842], abs=1)
