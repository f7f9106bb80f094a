"""experiment=cubic_spline: Jin & Montufar (JMLR 24, 2023), theorem 1, on five points.

What m → ∞ leaves here is a distance of 0.0156, not 0: the theorem takes lines for free, but a network makes them of
neurons whose breakpoints lie outside the samples, at a price. The rest is the random breakpoints' distance from
their density, which falls like 1/√m.
"""

import numpy as np
import pytest

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
