"""The moments of a run: what lies between them is right to a quarter of a pixel, and events are among them."""

import numpy as np
import pytest

from pipeline import Data, Network, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.simulate import moments
from pipeline.simulate.resample import resampled

END = 40.0


def case(seed, scale=None):
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-1, 1, 9))
    network = initialize(25, scale=scale, seed=seed) if scale else Network(*rng.normal(size=(3, 25)))
    return network, Data(x, np.sin(4 * x))


def shares_of_a_pixel(run, true, data):
    """Largest error of a breakpoint in sight, of f and of the loss, in pixels of a picture of 3840 x 2160."""
    low, high = data.x[0] - 0.1 * np.ptp(data.x), data.x[-1] + 0.1 * np.ptp(data.x)
    splines = project(run), project(true)
    one, two = (spline.breakpoint for spline in splines)
    seen = ((one > low) & (one < high)) | ((two > low) & (two < high))
    apart = np.where(seen, np.abs(np.clip(one, low, high) - np.clip(two, low, high)), 0.0)
    one, two = (spline.evaluate(np.linspace(low, high, 300)) for spline in splines)
    height = np.ptp(data.y) * np.maximum(1, np.abs(two - 0.5 * (data.y.min() + data.y.max())) / np.ptp(data.y))
    floor = 1e-7 * np.sum(data.y**2)
    fall = np.abs(np.log10(run.loss + floor) - np.log10(true.loss + floor))
    return (
        apart.max() / (high - low) * 3840,
        np.max(np.abs(one - two) / height) * 2160,
        np.max(fall) / 6 * 2160,
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scale", [None, 0.01])
def test_between_moments_a_run_is_right_to_a_quarter_of_a_pixel(seed, scale):
    network, data = case(seed, scale)
    rng = np.random.default_rng(seed)
    times = np.sort(END * np.append(rng.uniform(size=200), 10 ** rng.uniform(-6, 0, 200)))
    run = gradient_flow(network, data, END)
    true = gradient_flow(network, data, times)
    assert max(shares_of_a_pixel(resampled(run, times), true, data)) <= 0.25


def test_catches_and_releases_are_moments():
    network, data = case(1, 0.1)
    run = gradient_flow(network, data, END)
    changed = np.flatnonzero((np.diff(run.held, axis=0) != 0).any(axis=1)) + 1
    assert len(changed) > 5
    near = 1e-6 * run.t[changed]
    times = np.sort(np.concatenate([run.t[changed] - near, run.t[changed] + near, [END]]))
    true = gradient_flow(network, data, times)  # up to the same end, in the same steps
    np.testing.assert_array_equal(resampled(run, true.t).held, true.held)
    places = -true.b / true.w
    assert np.max(np.abs(places - data.x[true.held])[true.held >= 0]) < 1e-9


def test_a_run_rests_where_its_moments_say_so():
    network, data = case(0)
    run = gradient_flow(network, data, END)
    assert run.t[0] == 0
    assert run.t[-1] == END
    np.testing.assert_array_equal(run.w[0], network.w)
    assert np.all(np.diff(run.t) > 0)


def test_moments_are_bounded(monkeypatch):
    network, data = case(2, 0.05)
    fine = gradient_flow(network, data, END)
    most = len(fine.t) // 4
    monkeypatch.setattr(moments, "MOST", most)
    monkeypatch.setattr(moments, "FEWEST", 10)
    coarse = gradient_flow(network, data, END)
    assert len(coarse.t) <= most
    assert "pixels" in coarse.outcome
    allowed = float(coarse.outcome.split("right to ")[1].split()[0])
    assert 0.25 < max(shares_of_a_pixel(resampled(coarse, fine.t), fine, data)) <= allowed


def test_where_few_moments_are_kept_few_states_are_recorded(monkeypatch):
    network, data = case(2, 0.05)
    monkeypatch.setattr(moments, "MOST", 30)
    monkeypatch.setattr(moments, "FEWEST", 10)
    counts, recorded = [], moments.recorded
    monkeypatch.setattr(moments, "recorded", lambda *given: (counts.append(given[1]), recorded(*given))[1])
    gradient_flow(network, data, END)
    with monkeypatch.context() as patch:
        patch.setattr(moments.Recording, "_plan_for_tolerance", lambda recording: None)
        follows = sum(counts)
        gradient_flow(network, data, END)
    assert follows < 0.7 * (sum(counts) - follows)
