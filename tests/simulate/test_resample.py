"""A run at other times than those of its frames."""

import numpy as np
import pytest

from pipeline import Data, Network, gradient_flow
from pipeline.simulate.resample import resampled

X = np.linspace(-1, 1, 12)
DATA = Data(X, np.sin(4 * X))


def course(times):
    rng = np.random.default_rng(3)
    return gradient_flow(Network(rng.normal(size=20), rng.normal(size=20), rng.normal(size=20) / 4), DATA, times)


@pytest.fixture(scope="module")
def run():
    return course([0, 0, *np.geomspace(1e-3, 50, 240), 50])


def test_at_its_own_times_a_run_is_itself(run):
    same = resampled(run, run.t)
    for name in ("t", "w", "b", "v", "c", "held"):
        np.testing.assert_array_equal(getattr(same, name), getattr(run, name))
    np.testing.assert_allclose(same.loss, run.loss, rtol=1e-12)


def test_between_frames_it_is_near_the_flow_and_the_nearer_the_closer_they_are(run):
    times = np.geomspace(2e-3, 40, 77)
    true = course(times)
    errors = [np.abs(resampled(sampled, times).w - true.w).max() for sampled in (run, course(run.t[::8]))]
    assert errors[0] < 2e-3
    assert errors[1] > 4 * errors[0]


def test_what_is_held_stands_at_its_sample(run):
    made = resampled(run, np.geomspace(1e-3, 50, 333))
    frames, neurons = np.nonzero(made.held >= 0)
    assert len(frames) > 50
    places = -made.b[frames, neurons] / made.w[frames, neurons]
    np.testing.assert_allclose(places, run.x[made.held[frames, neurons]], atol=1e-9)


def test_after_its_end_a_run_rests(run):
    made = resampled(run, np.array([0.0, 50.0, 80.0]))
    np.testing.assert_array_equal(made.w[2], run.w[-1])
    assert made.loss[0] == pytest.approx(run.loss[0])
    assert made.loss[2] == pytest.approx(run.loss[-1])
