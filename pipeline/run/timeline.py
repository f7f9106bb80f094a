"""The timeline of finished runs: one clock for all that a clip shows side by side."""

from collections.abc import Sequence

import numpy as np

from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.model.data import Data
from pipeline.projection.arclength import cumulative_arclength
from pipeline.projection.change import cumulative_change, walked
from pipeline.projection.spline import project
from pipeline.render.film.film import Film
from pipeline.render.film.telling import told
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timeline import Timeline
from pipeline.render.film.timing import MEASURED, Change
from pipeline.run.facts import facts
from pipeline.run.take import Take
from pipeline.simulate.learning_rate import safe_rate
from pipeline.simulate.resample import resampled
from pipeline.simulate.trajectory import Trajectory

# Between which shares of the end time the first time may lie if it is not configured: more than eight decades of
# time would be mostly standstill, less than one and a half are linear time.
FIRST_SHARES = 1e-8, 0.03
LEAP = 1 / 60  # of a run's change: what is looked into if it comes between two moments
ROUNDS, MOST_PIECES = 3, 12  # of looking between times, each into at most so many pieces


def timeline_of(config: Config, takes: Sequence[Take]) -> Timeline:
    """The timeline of the clip that `config` describes of finished runs, up to the latest end."""
    timing = config.timing
    end = max(float(take.trajectory.t[-1]) for take in takes)
    first = timing.first_time
    if first is None:
        first = min(first_time(take.config, take.data, take.trajectory) for take in takes)
    change = change_of(timing.kind, takes) if timing.kind in MEASURED else None
    start = min(float(take.trajectory.t[0]) for take in takes)
    axis = TimeAxis(timing.kind, end, first, change, start)
    language = language_of(config.language)
    return told(config.scene, [film_of(take, axis) for take in takes], timing, config.video.fps, axis, language)


def film_of(take: Take, axis: TimeAxis) -> Film:
    """A take in the user's units, at its own moments."""
    known, by_margin = facts(take.config), take.config.scene.over_margin
    run = take.data, take.trajectory, take.spline
    return Film(*run, axis, 0, take.quantities, take.label, known, by_margin=by_margin)


def first_time(config: Config, data: Data, run: Trajectory) -> float:
    """Training time at which logarithmic time begins for a run if it is not configured: its fastest time scale.

    Of a recorded run whose times count something else it is that from the first record to the next, as it is of a run
    that tells of some neurons only.
    """
    dynamics = config.dynamics
    if dynamics.time_label or run.rest:
        fastest = float(run.t[1] - run.t[0])
    else:
        settings = dynamics.weight_decay, dynamics.train, dynamics.output_bias, run.loss_name
        fastest = safe_rate(run.network(0), data, *settings)
    shortest, longest = (share * (dynamics.end_time - float(run.t[0])) for share in FIRST_SHARES)
    return float(f"{min(max(fastest, dynamics.learning_rate or 0.0, shortest), longest):.0e}")


def change_of(kind: str, takes: Sequence[Take]) -> Change:
    """Times of all runs, and what has changed in them together until then, as a kind of timing measures it."""
    each = [change_in(kind, take.trajectory) for take in takes]
    times = np.unique(np.concatenate([t for t, _ in each]))
    return times, np.sum([np.interp(times, *one) for one in each], axis=0)


def change_in(kind: str, run: Trajectory) -> Change:
    """Times in a run, its moments among them, and what has changed until then.

    Where a long way is gone from one time to the next, as in the leaps of a descent from iterate to iterate, there are
    more: what goes to and fro in such leaps is seen to go, and is no jitter.
    """
    finer = run
    for _ in range(ROUNDS):
        way = walked(project(finer), run.x, run.y)
        pieces = np.ceil(np.diff(way) / (LEAP * way[-1] or 1.0)).astype(int)
        leaps = np.flatnonzero(pieces > 1)
        if len(leaps) == 0:
            break
        between = [np.linspace(finer.t[k], finer.t[k + 1], min(pieces[k], MOST_PIECES) + 1) for k in leaps]
        finer = resampled(run, np.union1d(finer.t, np.concatenate(between)))
    return finer.t, _measured(kind, finer)


def _measured(kind: str, run: Trajectory) -> np.ndarray:
    if kind == "arclength":
        return cumulative_arclength(project(run), run.x[0], run.x[-1])
    return cumulative_change(project(run), run.x, run.y)
