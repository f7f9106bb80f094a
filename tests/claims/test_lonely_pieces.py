"""experiment=lonely_pieces: critical points are piecewise least-squares fits (Sahs et al., arXiv:2008.01772).

How this differs from "f is the least-squares fit of every piece": only where the active sets tell the pieces apart. A
sample that holds a breakpoint adds a force of its own, and the flow may rest where it holds four neurons and f is one
line, 0.41 (root mean square) from the fit of its pieces.
"""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import play


def test_it_stops_at_the_piecewise_fit():
    run = play("lonely_pieces")
    assert run.quantity("gradient_norm")[-1] < 1e-6
    assert run.trajectory.loss[-1] > 0.05
    assert run.quantity("fit_distance")[-1] < 1e-6
    fitted = run.quantity("piecewise_fit")[-1]
    assert run.trajectory.loss[-1] == pytest.approx(0.5 * np.sum((run.data.y - fitted) ** 2), rel=1e-6)


def test_some_piece_has_no_breakpoint_to_divide_it():
    pieces = play("lonely_pieces").quantity("piece_index")[-1]
    assert np.bincount(pieces).max() > 2


def test_dead_neurons_never_move():
    run = play("lonely_pieces")
    t, (low, high) = run.trajectory, run.data.x[[0, -1]]
    reach = np.maximum(t.w[0] * low + t.b[0], t.w[0] * high + t.b[0])
    dead = reach < 0
    assert dead.sum() == run.quantity("dead_count")[0] > 0
    for values in (t.w, t.b, t.v):
        np.testing.assert_array_equal(values[:, dead], np.broadcast_to(values[0, dead], values[:, dead].shape))


def test_the_dead_do_not_rise():
    assert (np.diff(play("lonely_pieces").quantity("dead_count")) >= 0).all()


def test_held_breakpoints_can_keep_f_off_the_fit():
    run = play("lonely_pieces", "data=step", "data.count=12", "data.frequency=1", "init.scale=0.1", "init.seed=0")
    assert run.trajectory.outcome.startswith("converged")
    assert run.quantity("held_count")[-1] == 4
    assert run.quantity("fit_distance")[-1] == pytest.approx(0.414, abs=0.01)


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("lonely_pieces")
    assert broken == []
    assert card.say
