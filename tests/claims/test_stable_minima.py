"""experiment=stable_minima: what descent at a rate can settle at (Mulayoff et al. 2021; Qiao et al. 2024).

Where it settles at a sample it goes to and fro across it, and λ at an iterate is up to 7 % beyond 2/η. The bound on
the kinks has room for that: λ + the residuals' part, at most 2.3 here.
"""

import numpy as np
import pytest

from pipeline import project
from pipeline.projection.quantities import compute
from tests.claims.endings import ending_of
from tests.claims.played import at_times

LATE = np.linspace(160, 200, 9)
ROWS = 12
QUANTITIES = ["sharpness", "sharpness_floor", "weighted_variation", "residual_curvature", "interpolation_floor"]


def settled(rate: float, seed: int):
    """(quantities by name, loss) of the last fifth of the run."""
    run = at_times("stable_minima", LATE, f"dynamics.learning_rate={rate}", f"init.seed={seed}")
    return compute(QUANTITIES, run, project(run)), run.loss


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rate", [0.004, 0.05])
def test_kinks_are_bounded_by_the_rate(rate, seed):
    found, loss = settled(rate, seed)
    limit, spare = 2 / rate, found["residual_curvature"]
    assert found["sharpness"].max() < 1.07 * limit
    assert np.all(2 * ROWS * found["weighted_variation"] <= found["sharpness_floor"])
    assert np.all(found["sharpness_floor"] <= found["sharpness"] + spare)
    assert found["sharpness_floor"].max() < limit
    if limit > found["interpolation_floor"][0]:
        assert loss.max() < 0.01
        assert found["sharpness_floor"].min() > found["interpolation_floor"][0]
        assert spare.max() < 0.1  # nearly met: nothing is left to the residuals
    else:
        assert loss.min() > 0.3


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("stable_minima")
    assert broken == []
    assert float(card.measured) < 40
