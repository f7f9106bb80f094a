"""experiment=cubic_spline: Jin & Montúfar (JMLR 24, 2023), on five points.

What m → ∞ leaves here is a distance of 0.0142, not 0: the theorem takes lines for free, but a network makes them of
neurons whose breakpoints lie outside the samples, at a price. The rest is the random breakpoints' distance from
their density, which falls like 1/√m.
"""

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from tests.claims.endings import ending_of
from tests.claims.played import play


def distance(width: int, seed: int = 0) -> float:
    run = play("cubic_spline", f"init.width={width}", f"init.seed={seed}")
    return run.quantity("natural_cubic_spline_distance")[-1]


def test_it_is_the_natural_cubic_spline():
    assert play("cubic_spline").config.init.width == 2560
    assert distance(2560) < 0.05


def test_the_wider_the_closer():
    narrow, middle, wide = (np.mean([distance(width, seed) for seed in range(3)]) for width in (160, 640, 2560))
    assert narrow > 1.5 * middle > 1.5 * 1.2 * wide


def test_breakpoints_hardly_move():
    beta = play("cubic_spline").spline.breakpoint
    among = np.abs(beta[0]) < 2
    assert np.abs(beta[-1] - beta[0])[among].max() < 0.01
    assert play("cubic_spline").quantity("kernel_drift")[-1] < 1e-3
    assert play("cubic_spline").trajectory.loss[-1] == pytest.approx(0, abs=1e-12)


def limit_kernel(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Kernel of infinitely many neurons, output layer learning: ∫ ζ(β)(x − β)₊(y − β)₊ dβ, and its mirror image.

    ζ = min(1, 2/|β|)⁴; beyond ±2 with p = 1/|β|. Midpoints: the error is of order 1e-6.
    """
    inner = (np.arange(4000) + 0.5) / 1000 - 2
    outer = 1 / ((np.arange(4000) + 0.5) / 8000)
    beta = np.concatenate([inner, outer, -outer])
    weight = np.concatenate([np.full(4000, 1e-3), *2 * [16 / outer**4 * outer**2 / 8000]])
    right, left = (lambda z: np.maximum(z[:, None] - beta, 0)), (lambda z: np.maximum(beta - z[:, None], 0))
    return sum((side(x) * weight) @ side(y).T for side in (right, left))


@pytest.mark.parametrize(("price", "expected"), [(1, 0.0142), (1e-2, 0.0024), (1e-4, 3e-5)])
def test_what_is_left_in_the_limit_is_the_price_of_lines(price, expected):
    """The cheaper slopes and intercepts are made, the closer the interpolant of least norm comes to the spline."""
    data = play("cubic_spline").data
    x = np.linspace(-2, 2, 201)

    def kernel(at):
        return limit_kernel(at, data.x) + (1 / price if price < 1 else 0) * (1 + np.outer(at, data.x))

    found = kernel(x) @ np.linalg.solve(kernel(data.x), data.y)
    natural = CubicSpline(data.x, data.y, bc_type="natural")(x)
    assert np.abs(found - natural).max() == pytest.approx(expected, rel=0.1)


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("cubic_spline")
    assert broken == []
    assert card.say
