"""experiment=noisy_interpolation: the least bending through noise, on a grid and at random (Joshi, Vardi & Srebro)."""

import numpy as np
import pytest

from pipeline import gradient_flow, project
from pipeline.model.functions import sample
from pipeline.model.initialization import initialize
from pipeline.model.sources import load_data
from pipeline.projection.activity import merge_samples
from pipeline.projection.minimal_interpolants import sparsest_corners
from pipeline.projection.quantities import compute
from pipeline.projection.risk import mean_powers
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

TAIL = 2 / np.pi  # derived below


def corners(count, seed, sampling):
    data = sample(np.zeros_like, count=count, noise=1.0, seed=seed, sampling=sampling)
    return sparsest_corners(merge_samples(data.x, data.y))


def errors(count, seeds, sampling):
    """(seeds, 2) mean |error| and mean square error of the least bending through `count` samples of unit noise."""
    return np.array([mean_powers(*corners(count, seed, sampling)) for seed in range(seeds)])


def test_spikes_are_as_tall_as_two_pairs_of_neighbours_that_are_close_make_them():
    # Gaps a, l, b between four neighbours, in mean gaps: rises u, v over a and b, both up, go on to where they meet, at
    # a height h = luv/(ub + va) for small a, b. So P(h > H) = E[l²] E[u₊v₊] / (2H²), and as much downwards, where
    # E[l²] = 2 and E[u₊] = 1/√π for differences of unit noise.
    count, seeds, height = 100_000, 10, 40.0
    tall = sum(np.sum(np.abs(corners(count, seed, "uniform")[1]) > height) for seed in range(seeds))
    assert tall == pytest.approx(TAIL / height**2 * count * seeds, rel=0.2)  # 400 ± 20


def test_at_random_places_the_mean_square_error_grows_with_the_logarithm_of_their_number():
    # Its mean over gaps has tails TAIL/z, so that every factor e of samples adds TAIL to it.
    few, many = (np.median(errors(count, 300, "uniform")[:, 1]) for count in (100, 10_000))
    assert (many - few) / np.log(100) == pytest.approx(TAIL, rel=0.25)


def test_its_mean_error_does_not_grow_and_on_a_grid_neither_does():
    few, many = (np.median(errors(count, 100, "uniform")[:, 0]) for count in (100, 10_000))
    assert 0.8 < few < 1.1
    assert 0.8 < many < 1.1
    for count in (100, 10_000):
        absolute, square = np.mean(errors(count, 100, "even"), axis=0)
        assert 0.65 < absolute < 0.72
        assert 0.7 < square < 0.8


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("sampling", ["even", "uniform"])
def test_networks_that_meet_all_samples_have_the_error_of_the_least_bending(sampling, seed):
    config = composed("experiment=noisy_interpolation", f"data.sampling={sampling}")
    data = load_data(config.data)
    network = initialize(width=config.init.width, seed=seed)
    run = gradient_flow(network, data, [config.dynamics.end_time], weight_decay=config.dynamics.weight_decay)
    assert run.loss[0] < 0.002
    _, square = mean_powers(*sparsest_corners(merge_samples(data.x, data.y)))
    found = compute(["mean_square_error"], run, project(run), Settings(data=lambda: data))
    assert found["mean_square_error"][0] == pytest.approx(square, rel=0.05)  # decay rounds the spike off


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("noisy_interpolation")
    assert broken == []
