"""experiment=early_stopping: Jin & Montúfar (JMLR 24, 2023), trajectories of the output layer's training.

How this differs from "gradient descent follows the smoothing spline": the ridge penalty ‖Δv‖²/(2t) makes that spline,
and early stopping is another filter of the same modes, 1 − e^(−st) against st/(1 + st). The network stays with the
first all the way; the smoothing spline is up to 0.2 of a mode's size away halfway, and the same at both ends.
"""

import numpy as np

from tests.claims.endings import ending_of
from tests.claims.played import play


def test_output_layer_training_is_linear():
    assert play("early_stopping").quantity("linearized_flow_distance").max() < 1e-4


def after_lines(name: str) -> np.ndarray:
    """A quantity at the frames after t = 0.001: until then the network learns lines, which theory takes for learnt."""
    run = play("early_stopping")
    return run.quantity(name)[run.trajectory.t > 1e-3]


def test_it_follows_the_path_of_infinitely_many_neurons():
    assert after_lines("kernel_path_distance").max() < 0.08


def test_it_is_a_smoothing_spline_to_what_the_filters_differ():
    away = after_lines("smoothing_spline_distance")
    assert 0.15 < away.max() < 0.25
    assert np.median(away) < 0.1


def test_it_bends_more_the_later_it_is_stopped():
    bent = play("early_stopping").quantity("bending_energy")
    moving = np.flatnonzero(np.diff(play("early_stopping").trajectory.t) > 0)
    assert (np.diff(bent)[moving] > 0).all()


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("early_stopping")
    assert broken == []
    assert f"{after_lines('smoothing_spline_distance').max():.2f} halfway" in card.source
    assert card.say
