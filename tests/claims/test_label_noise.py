"""experiment=label_noise: noisy labels simplify (Blanc et al., COLT 2020, arXiv:1904.09080).

Near zero loss the noise lowers Σₙ‖∇f(xₙ)‖², the trace of the tangent kernel. How this differs from "it finds the fewest
knots": the noise is of finite strength here, and the limit of zero loss is not reached. Σ|μ| falls with every step of
σ; the effective number of knots does only under strong noise (14.0 without, 16.3, 11.5 and 11.0 at σ = 0.5, 1, 2).
"""

import numpy as np

from tests.claims.endings import ending_of
from tests.claims.played import compared


def late(name: str) -> list[float]:
    """Mean over the second half of the time of a quantity, for every noise."""
    return [np.mean(run.quantity(name)[run.trajectory.t > 300], axis=0) for run in compared("label_noise").values()]


def test_noise_lowers_the_trace_of_the_tangent_kernel():
    traces = [np.sum(values) for values in late("kernel_eigenvalues")]
    assert traces[0] > 1.2 * traces[1] > 1.2 * traces[2]


def test_noise_lowers_the_path_norm():
    norms = late("path_norm")
    assert norms[0] > 1.2 * norms[1] > 1.2 * 1.1 * norms[2] > 1.2 * 1.1 * 1.1 * norms[3]


def test_strong_noise_leaves_fewer_knots():
    knots = late("effective_knots")
    assert max(knots[2:]) < 0.9 * knots[0]


def test_without_noise_it_comes_to_rest():
    run = next(iter(compared("label_noise").values()))
    assert run.trajectory.loss[-1] < 1e-3
    settled = run.quantity("path_norm")[run.trajectory.t > 550]
    assert np.ptp(settled) < 1e-3 * settled[0]


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("label_noise")
    assert broken == []
    assert card.say
