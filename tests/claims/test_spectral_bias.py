"""experiment=spectral_bias: twice the frequency takes 16 times as long, or tends to 4 times, by the layers that learn.

The powers are those of a line through the half-learnt times of 2, 4 and 8 waves. Ends of the stretch, and
breakpoints that lie at random within their cells, change times by up to half, and powers by up to 0.5.
"""

import numpy as np
import pytest

from pipeline import project
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.claims.played import at_times

TIMES = np.concatenate([[0.0], np.geomspace(1e-6, 10, 150)])
WAVES = np.array([2, 4, 8])


def half_times(train: str, layer_ratio: float, seed: int, scale: float = 20.0) -> tuple[np.ndarray, np.ndarray]:
    """(measured, predicted) times (3,) at which half of 2, 4 and 8 waves is learnt."""
    found = []
    for count in WAVES:
        keys = f"dynamics.train={train}", f"data.frequency={np.pi * count}", f"init.layer_ratio={layer_ratio}"
        run = at_times("spectral_bias", TIMES, *keys, f"init.seed={seed}", f"init.scale={scale}")
        asked = ["half_time", "half_time_predicted"]
        numbers = compute(asked, run, project(run), Settings(hidden=train == "all"))
        found.append([numbers[name][0] for name in asked])
    measured, predicted = np.array(found).T
    return measured, predicted


def power(times: np.ndarray) -> float:
    return float(np.polyfit(np.log(WAVES), np.log(times), 1)[0])


@pytest.mark.parametrize("seed", range(3))
def test_the_output_layer_alone_takes_the_fourth_power(seed):
    measured, predicted = half_times("output", 0.3, seed)
    assert power(measured) == pytest.approx(4, abs=0.3)
    assert np.all((measured > 0.8 * predicted) & (measured < 1.8 * predicted))


@pytest.mark.parametrize("seed", range(3))
def test_all_layers_take_a_power_that_the_ratio_of_layers_moves_from_four_to_two(seed):
    powers = []
    for layer_ratio in (3.0, 1.0, 0.3):
        measured, predicted = half_times("all", layer_ratio, seed)
        powers.append(power(measured))
        assert powers[-1] == pytest.approx(power(predicted), abs=0.55)
        assert np.all((measured > 0.8 * predicted) & (measured < 1.8 * predicted))
    assert powers[0] > 3.8 > 3.6 > powers[1] > 3.0 > 2.6 > powers[2] > 2


def test_where_breakpoints_move_fine_waves_take_longer_still():
    measured, _ = half_times("all", 0.3, 0, scale=4.0)
    assert np.log2(measured[2] / measured[1]) > 4.5


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("spectral_bias")
    assert broken == []
