"""Runs of very many neurons tell of some, and of what all others add to f: nothing of f is lost."""

import numpy as np
import pytest

from pipeline import Data, InputError, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.spline import SplineTrajectory
from pipeline.run.check import check
from pipeline.simulate.crowd import LARGEST
from pipeline.simulate.resample import resampled
from pipeline.simulate.rest import CROWD, TOLD
from pipeline.simulate.trajectory import Trajectory
from tests.conftest import composed

X = np.linspace(-1, 1, 9)
DATA = Data(X, np.sin(4 * X))
WIDE = np.linspace(-2, 2, 997)
QUARTER = 0.25 / 2160 * np.ptp(DATA.y)  # of a pixel, in f


@pytest.fixture(scope="module")
def network():
    return initialize(600, seed=1)


@pytest.fixture(scope="module")
def run(network):
    return gradient_flow(network, DATA, 1.0, told=300)


def off(run, network, times):
    """How far f of a run at some times is from that of all neurons then, where a picture shows it."""
    told, whole = project(resampled(run, times)), gradient_flow(network, DATA, times)
    seen = WIDE[np.abs(WIDE) < 1.2]
    return max(np.abs(told.evaluate_frame(k, seen) - whole.network(k).evaluate(seen)).max() for k in range(len(times)))


def test_f_is_that_of_all_neurons_to_a_quarter_of_a_pixel(run, network):
    assert off(run, network, run.t[::7]) < QUARTER
    rng = np.random.default_rng(0)
    assert off(run, network, np.sort(10 ** rng.uniform(-5, 0, 40))) < QUARTER


def test_the_loss_is_that_of_all_neurons(run, network):
    whole = gradient_flow(network, DATA, run.t)
    np.testing.assert_allclose(run.loss, whole.loss, rtol=1e-6)


def test_those_told_of_are_neurons_of_the_network_the_largest_among_them(run, network):
    assert run.w.shape[1] == 300
    assert run.neurons == len(network) == 600
    which = [int(np.flatnonzero(network.w == w)[0]) for w in run.w[0]]
    np.testing.assert_array_equal(run.v[0], network.v[which])
    assert set(np.argsort(-np.abs(network.w * network.v))[:LARGEST]) <= set(which)


def test_a_network_that_is_no_wider_is_told_of_whole(network):
    run = gradient_flow(network, DATA, 0.01, told=600)
    assert run.rest is None
    np.testing.assert_array_equal(run.w, gradient_flow(network, DATA, 0.01).w)


def test_one_neuron_can_be_told_of_and_fewer_cannot(network):
    run = gradient_flow(network, DATA, 0.1, told=1)
    assert run.w.shape[1] == 1
    assert off(run, network, run.t[-1:]) < 5 * QUARTER  # kinks of large neurons fall between points of the grid
    for fewer in (0, -5):
        with pytest.raises(InputError, match=f"^`told` = {fewer}: is not at least 1"):
            gradient_flow(network, DATA, 0.1, told=fewer)


def test_it_comes_back_from_files(run, tmp_path):
    run.save(tmp_path / "run.npz")
    project(run).save(tmp_path / "spline.npz")
    again, spline = Trajectory.load(tmp_path / "run.npz"), SplineTrajectory.load(tmp_path / "spline.npz")
    assert again.neurons == 600
    np.testing.assert_array_equal(project(again).evaluate(WIDE), project(run).evaluate(WIDE))
    np.testing.assert_array_equal(spline.evaluate(WIDE), project(run).evaluate(WIDE))


def test_what_needs_all_neurons_is_refused(run):
    with pytest.raises(InputError, match=r"tells of 300 of its 600 neurons"):
        run.network(0)
    with pytest.raises(InputError, match=r"a run of 600 neurons tells of 300, and quantities need all"):
        compute(["roughness"], run, project(run))


@pytest.mark.parametrize(("width", "refused"), [(CROWD - 1, False), (CROWD, True)])
def test_quantities_of_too_wide_a_network_are_refused_before_it_runs(width, refused):
    config = composed(f"init.width={width}", "projection.quantities=[roughness]", "timing.seconds=3")
    if not refused:
        check(config)
        return
    with pytest.raises(InputError, match=f"a run of {CROWD} neurons tells of {TOLD}, .* fewer than {CROWD} neurons"):
        check(config)
