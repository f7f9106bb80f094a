"""experiment=hessian: at most N spikes over a bulk of zeros (Sahs et al., arXiv:2008.01772).

How this differs from "H has N positive eigenvalues": N is the number of distinct x, in (w, b, v); before the loss is 0
the residuals' part C adds pairs ±√(R0² + R1²), one a live neuron, and half of them are negative.
"""

import numpy as np
import pytest

from pipeline.projection.hessian import network_hessian
from pipeline.projection.run_on_samples import RunOnSamples
from tests.claims.endings import ending_of
from tests.claims.played import play

N = 8


def test_as_many_spikes_as_samples_over_a_bulk_of_zeros():
    run = play("hessian")
    assert run.trajectory.loss[-1] < 1e-12
    spectrum = run.quantity("hessian_eigenvalues")[-1]
    assert len(spectrum) == 3 * 60
    assert (spectrum[:N] > 0.1).all()
    assert np.abs(spectrum[N:]).max() < 1e-6
    assert run.quantity("hessian_rank")[-1] == run.quantity("spline_hessian_rank")[-1] == N


def test_spikes_are_the_tangent_kernels():
    run = play("hessian")
    np.testing.assert_allclose(run.quantity("hessian_leading")[-1], run.quantity("kernel_eigenvalues")[-1], rtol=1e-5)


def test_residuals_spread_the_bulk_to_both_sides():
    run = play("hessian")
    live = 60 - run.quantity("dead_count")[0]
    assert run.quantity("hessian_negative")[0] == pytest.approx(live, abs=N)
    course = RunOnSamples(run.trajectory, run.spline)
    bound = np.hypot(course.residual_sum[0], course.residual_moment[0]).max()
    assert run.quantity("hessian_least")[0] >= -bound
    np.testing.assert_allclose(np.linalg.eigvalsh(network_hessian(course, 0).residual_part())[-1], bound, rtol=1e-9)


def test_rows_of_one_x_count_once():
    run = play("hessian", "data=points", "data.x=[-1,-1,0,0,1]", "data.y=[0,1,1,1,0]")
    assert run.quantity("gradient_norm")[-1] < 1e-6
    assert run.quantity("hessian_rank")[-1] == 3


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("hessian")
    assert broken == []
    assert card.say
