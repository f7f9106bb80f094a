"""experiment=early_alignment: Boursier & Flammarion (JMLR 26, 2025), their example of three points."""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import play


def line_loss(data) -> float:
    return 0.5 * np.sum((data.y - np.polyval(np.polyfit(data.x, data.y, 1), data.x)) ** 2)


@pytest.mark.parametrize("overrides", [(), ("init.seed=1",), ("init.width=200",)])
def test_it_stops_at_the_least_squares_line(overrides):
    run = play("early_alignment", *overrides)
    assert run.quantity("least_squares_line_distance")[-1] < 1e-6
    assert run.trajectory.loss[-1] == pytest.approx(line_loss(run.data), rel=1e-9)
    assert run.trajectory.loss[-1] > 0.25
    assert run.quantity("gradient_norm")[-1] < 1e-6


def test_no_knot_is_left_among_the_samples():
    run = play("early_alignment")
    low, high = run.data.x[0], run.data.x[-1]
    beta, size = run.spline.breakpoint[-1], np.abs(run.spline.delta_slope[-1])
    among = (beta > low) & (beta < high)
    assert run.quantity("share_inside")[0] > 0.2
    assert size[among].sum() < 1e-3 * size.sum()


def test_a_usual_initialisation_fits_the_same_points():
    run = play("early_alignment", "init.scale=1", "init=he")
    assert run.trajectory.loss[-1] < 1e-9


def test_neurons_turn_one_way_while_f_is_flat():
    run = play("early_alignment")
    aligned, bent = run.quantity("alignment"), run.quantity("path_norm")
    first = int(np.argmax(aligned > 0.97))
    assert aligned[0] < 0.1
    assert bent[first] < 1e-3 * bent.max()


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("early_alignment")
    assert broken == []
    assert card.say
    assert card.measured == card.predicted == f"{line_loss(play('early_alignment').data):.4f}"
