"""experiment=loss_surface: what one neuron sees of the loss (Sahs et al., arXiv:2008.01772)."""

import numpy as np

from pipeline.projection.loss_surface import loss_surface
from pipeline.projection.run_on_samples import RunOnSamples
from tests.claims.endings import ending_of
from tests.claims.played import at_moments


def surfaces(run):
    """(frame, β, μ, surface) of the experiment's neuron, at every frame."""
    course, neuron = RunOnSamples(run.trajectory, run.spline), run.config.projection.neuron
    for frame in range(len(run.trajectory.t)):
        beta, mu = (values[frame, neuron] for values in (run.spline.breakpoint, run.spline.delta_slope))
        yield frame, beta, mu, loss_surface(course, frame, neuron)


def test_the_neuron_stands_on_its_surface():
    run = at_moments("loss_surface")
    found = [surface.loss(beta, mu) for _, beta, mu, surface in surfaces(run)]
    np.testing.assert_allclose(found, run.trajectory.loss, atol=1e-9)


def test_it_is_quadratic_between_samples_and_bends_anew_at_them():
    run = at_moments("loss_surface")
    x = run.data.x
    for _, _, mu, surface in surfaces(run):
        inside = x[:-1, None] + np.diff(x)[:, None] * np.linspace(0.01, 0.99, 7)
        curve = surface.loss(inside, mu)
        np.testing.assert_allclose(np.diff(curve, 3, axis=1), 0, atol=1e-10 * max(curve.max(), 1))
        edges = surface.loss(x[1:-1] + np.array([[-1e-9], [1e-9]]), mu)
        np.testing.assert_allclose(edges[0], edges[1], atol=1e-6)
    curvature = np.diff(curve, 2, axis=1)[:, 0]  # of the last frame
    assert np.ptp(curvature) > 1e-3 * np.abs(curvature).max()


def test_the_flow_goes_downhill_on_it():
    run = at_moments("loss_surface")
    neuron, velocities = run.config.projection.neuron, ("breakpoint_velocity", "delta_slope_velocity")
    rates = [run.quantity(name)[:, neuron] for name in velocities]
    for frame, beta, mu, surface in surfaces(run):
        along = rates[0][frame], rates[1][frame]
        step = 1e-6 / max(np.hypot(*along), 1e-6)
        ahead, behind = (surface.loss(beta + s * along[0], mu + s * along[1]) for s in (step, -step))
        assert ahead - behind <= 1e-12


def test_the_neuron_moves_and_its_surface_too():
    run = at_moments("loss_surface")
    neuron = run.config.projection.neuron
    assert np.ptp(run.spline.breakpoint[:, neuron]) > 0.1
    curves = run.quantity("loss_along_breakpoint")
    assert curves[0].min() > 10 * curves[-1].min()


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("loss_surface")
    assert broken == []
    assert card.say
