"""experiment=edge_of_stability: descent sharpens to 2/η and hovers there (Cohen et al. 2021)."""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import taken

EDGE = 2 / 0.03
NEAR = 0.06  # of it: how far oscillations about the edge take λ in a stretch of training


def sharpness(*overrides: str) -> tuple[np.ndarray, np.ndarray]:
    """(F,) training times, and λ at them."""
    take = taken("edge_of_stability", *overrides)
    return take.trajectory.t, take.quantities["sharpness"]


@pytest.mark.parametrize("seed", range(5))
def test_it_sharpens_to_the_edge_and_hovers_there(seed):
    t, largest = sharpness(f"init.seed={seed}")
    assert largest[0] < EDGE
    late = largest[t > 40]
    assert np.abs(late / EDGE - 1).max() < NEAR
    assert np.median(late) == pytest.approx(EDGE, rel=0.04)


def test_at_a_smaller_rate_it_sharpens_beyond():
    """The edge is the rate's, and not the data's: with a tenth of it λ ends beyond this edge, below its own."""
    _, largest = sharpness("dynamics.learning_rate=0.003")
    assert 1.2 * EDGE < largest[-1] < 10 * EDGE


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("edge_of_stability")
    assert broken == []
    assert card.say
