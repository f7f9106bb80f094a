"""experiment=init_density: the law of breakpoints and delta-slopes (Sahs et al., arXiv:2008.01772)."""

import numpy as np
import pytest
from scipy import stats

from tests.claims.endings import ending_of
from tests.claims.played import play

RARE = 1e-3  # probability of a distance as large as that by chance


@pytest.mark.parametrize("overrides", [(), ("init.bias_ratio=0.5",), ("init=glorot", "init.width=2000")])
def test_normal_breakpoints_are_cauchy_and_delta_slopes_laplace(overrides):
    run = play("init_density", "dynamics.end_time=0.001", *overrides)
    prior, beta, mu = run.prior, run.spline.breakpoint[0], run.spline.delta_slope[0]
    assert stats.kstest(beta, stats.cauchy(scale=prior.ratio).cdf).pvalue > RARE
    scale = prior.sigma_w * prior.sigma_b * prior.sigma_v / np.hypot(prior.sigma_b, prior.sigma_w * beta)
    assert stats.kstest(mu / scale, stats.laplace.cdf).pvalue > RARE


def test_uniform_breakpoints_fill_their_flat_density():
    run = play("init_density", "init=pytorch", "init.width=2000", "dynamics.end_time=0.001")
    grid, density = run.quantity("grid")[0], run.quantity("breakpoint_density")[0]
    beta = run.spline.breakpoint[0]
    low, high = grid[0], grid[-1]
    assert np.ptp(density[np.abs(grid) < 1]) == pytest.approx(0, abs=1e-12)
    below = np.concatenate([[0], np.cumsum(0.5 * (density[1:] + density[:-1]) * np.diff(grid))])
    among = beta[(beta > low) & (beta < high)]
    assert len(among) / len(beta) == pytest.approx(below[-1], abs=3 * np.sqrt(0.25 / len(beta)))
    assert stats.kstest(among, lambda at: np.interp(at, grid, below / below[-1])).pvalue > RARE


def test_learning_hardly_moves_so_many_neurons():
    run = play("init_density")
    beta = run.spline.breakpoint
    among = np.abs(beta[0]) < 1
    assert np.median(np.abs(beta[-1] - beta[0])[among]) < 0.01


def test_it_keeps_what_its_ending_rests_on():
    run, (card, broken) = play("init_density"), ending_of("init_density")
    assert broken == []
    assert card.say
    far = stats.kstest(run.spline.breakpoint[-1], stats.cauchy(scale=run.prior.ratio).cdf).statistic
    assert card.measured == f"{far:.3f}"
    assert card.predicted == f"below {stats.kstwo.isf(RARE, 2000):.3f}"
