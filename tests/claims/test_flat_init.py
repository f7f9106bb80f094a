"""experiment=flat_init: standard initialisations are flat (Sahs et al., arXiv:2008.01772).

How this differs from "wider is flatter": He's, LeCun's and PyTorch's roughness Σμ² does not fall with the width, only
every single |μ| does, like m^(−1/2) up to a logarithm; Glorot's roughness falls like 4/m.
"""

import numpy as np
import pytest

from pipeline.model.initialization import initialize
from tests.claims.endings import ending_of
from tests.conftest import composed

DRAWS = 200
MEAN = {
    "he": lambda m: 4.0,
    "lecun": lambda m: 1.0,
    "pytorch": lambda m: 1 / 9,
    "glorot": lambda m: 4 * m / (m + 1) ** 2,
}


def delta_slopes(scaling: str, m: int) -> np.ndarray:
    """(DRAWS, m) of networks of one law."""
    law = "uniform" if scaling == "pytorch" else "normal"
    drawn = [initialize(m, scaling=scaling, distribution=law, seed=seed) for seed in range(DRAWS)]
    return np.stack([network.w * network.v for network in drawn])


@pytest.mark.parametrize("m", [10, 100, 1000])
@pytest.mark.parametrize("scaling", MEAN)
def test_mean_roughness(scaling, m):
    roughness = np.sum(delta_slopes(scaling, m) ** 2, axis=1)
    assert abs(roughness.mean() - MEAN[scaling](m)) < 3 * roughness.std() / np.sqrt(DRAWS)


@pytest.mark.parametrize("m", [10, 100, 1000])
def test_he_roughness_has_variance_128_over_m(m):
    """Var Σμ² = m(E w⁴v⁴ − (E w²v²)²) = m(9·4·4/m² − 16/m²) = 128/m."""
    roughness = np.sum(delta_slopes("he", m) ** 2, axis=1)
    assert abs(roughness.mean() - 4) < 3 * np.sqrt(128 / m / DRAWS)
    # Σμ² has heavy tails at m = 10 (μ² has fourth moment 105²·16²/m⁴), hence so wide a corridor.
    assert 0.4 < roughness.var() / (128 / m) < 2.5


def test_every_delta_slope_shrinks():
    largest = [np.median(np.abs(delta_slopes("he", m)).max(axis=1)) for m in (10, 100, 1000)]
    assert largest[0] > 1.3 * largest[1] > 1.3 * 1.8 * largest[2]
    assert ending_of("flat_init")[0].predicted == f"{largest[0]:.2f} → {largest[2]:.2f}"


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("flat_init")
    assert broken == []
    assert card.say


def test_the_video_shows_such_networks():
    for label, overrides in composed("experiment=flat_init").compare.items():
        init = composed("experiment=flat_init", *overrides).init
        network = initialize(**vars(init))
        found = np.sum((network.w * network.v) ** 2)
        assert found == pytest.approx(MEAN[init.scaling](init.width), rel=5 * np.sqrt(8 / init.width)), label
