"""The network of largest margin: feasible, no dearer than any on a fine grid, no cheaper than its bound."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from pipeline import Data, InputError, Network, gradient_flow, project
from pipeline.projection.certificate import unit_neurons
from pipeline.projection.largest_margin import largest_margin
from pipeline.projection.quantities import compute
from tests.projection.courses import course, random_network

NAMES = "margin", "margin_share", "largest_margin_distance"


def labelled(seed):
    rng = np.random.default_rng(seed)
    return np.sort(rng.uniform(-1.5, 1.5, 12)), rng.choice([-1.0, 1.0], 12)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_a_generic_solver_finds_on_a_fine_grid(seed):
    x, y = labelled(seed)
    best = largest_margin(x, y)
    assert np.min(y * best.evaluate(x)) == pytest.approx(1.0, abs=1e-7)
    assert best.bound <= best.cost * (1 + 1e-9)
    assert best.cost - best.bound <= 1e-7 * best.cost
    grid = np.append(np.linspace(-2.5, 2.5, 1001), x)
    neurons = np.hstack(
        [unit_neurons(x, np.append(grid, np.inf), np.full(len(grid) + 1, side)) for side in (1.0, -1.0)]
    )
    signed = y[:, None] * neurons
    on_grid = linprog(np.ones(2 * signed.shape[1]), A_ub=-np.hstack([signed, -signed]), b_ub=-np.ones(len(y))).fun
    assert best.bound <= on_grid * (1 + 1e-7)
    assert on_grid == pytest.approx(best.cost, rel=1e-3)


@pytest.mark.parametrize(("groups", "knots"), [(2, 2), (3, 2), (4, 2), (6, 4)])
@pytest.mark.parametrize("count", [24, 96])
def test_it_has_as_few_knots_as_its_groups_of_labels_need_however_many_samples(groups, knots, count):
    x = np.sort(np.random.default_rng(count).uniform(-0.5, 0.5, count))
    found = np.sort(largest_margin(x, np.repeat([(-1.0) ** k for k in range(groups)], count // groups)).breakpoint)
    found = found[np.abs(found) < 0.5]
    assert 1 + np.count_nonzero(np.diff(found) > 1e-3) == knots  # nearer ones are two sides of one


@pytest.mark.parametrize("seed", range(6))
def test_no_network_has_a_larger_share_than_one_and_it_has_one_itself(seed):
    x, y = labelled(seed)
    best = largest_margin(x, y)
    unit = np.hypot(1.0, np.where(np.isfinite(best.breakpoint), best.breakpoint, 0.0))
    w = np.where(np.isfinite(best.breakpoint), best.side, 0.0) / unit
    b = np.where(np.isfinite(best.breakpoint), -w * np.nan_to_num(best.breakpoint, posinf=0.0), 1.0)
    root = np.sqrt(np.abs(best.coefficient))
    own = course(Network(root * w, root * b, np.sign(best.coefficient) * root), Data(x, y)).trajectory
    found = compute(NAMES, own, project(own))
    assert found["margin"][0] == pytest.approx(1.0, abs=1e-7)
    assert found["margin_share"][0] == pytest.approx(1.0, abs=1e-6)
    assert found["largest_margin_distance"][0] == pytest.approx(0.0, abs=1e-6)
    other = course(replace(random_network(20, seed), c=0.0), Data(x, y)).trajectory
    assert compute(NAMES[:2], other, project(other))["margin_share"][0] < 1.0


def test_what_is_no_classification_is_refused():
    with pytest.raises(InputError, match=r"y = 0.5 at x = 1 is no label; give"):
        largest_margin(np.array([0.0, 1.0]), np.array([1.0, 0.5]))
    with pytest.raises(InputError, match="both labels at x = 1"):
        largest_margin(np.array([0.0, 1.0, 1.0]), np.array([1.0, 1.0, -1.0]))
    run = gradient_flow(Network([1.0], [0.5], [1.0], 0.25), Data([-1.0, 1.0], [-1.0, 1.0]), [0.0])
    with pytest.raises(InputError, match="output_bias"):
        compute(["margin_share"], run, project(run))
