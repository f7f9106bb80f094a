"""The moments of a run: sampled where its motion asks for it, so that what lies between two of them is a straight line.

Between moments w, b, v and c change evenly and the loss by equal factors (resample.py). Moments are as many as it takes
for breakpoints, f and the loss to be right then to a quarter of a pixel in a picture of 3840 x 2160 that the samples
fill; the catches and releases of breakpoints are moments themselves. So any clip can be told from them.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.crowd import Crowd
from pipeline.simulate.loss import SQUARED
from pipeline.simulate.rest import Rest
from pipeline.simulate.sampling import losses
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.flow import NEXT_FRAME, TIME, Flow
from pipeline.simulate.solver.planning import ROOM, new_plan
from pipeline.simulate.solver.visible import PIXEL, Sight, sight_of
from pipeline.simulate.states import States, first_of_each_time, joined
from pipeline.simulate.thinning import needed, thinned
from pipeline.simulate.trajectory import Trajectory

MOST, FEWEST = 4000, 40  # moments that are kept at most, of narrow and of wide networks
NUMBERS = 4e7  # neurons times moments, at most
WAITING = 4e6  # neurons times states that wait to be looked through
LONGEST = 640  # such states
LEAST_ROOM = 6  # of them for one step, of the widest networks
EARLIEST = 1e-8  # of the end time: the first of times that are spread before the run is known
CHORD = 0.5  # of the error allowed: how far a state may be off the line; the rest is for solver/planning.py


def most_moments(neurons: int) -> int:
    """How many moments of a run are kept at most."""
    return int(min(max(NUMBERS / neurons, FEWEST), MOST))


def recorded(frames: Frames, count: int, data: Data, inactive: float = 0.0, loss: str = SQUARED) -> States:
    """Copies of the first `count` frames and their losses, those of one time once."""
    new = first_of_each_time(frames.t[:count])
    t, w, b, v, c, held = (part[new] for part in frames[:6])
    found = losses(Frames(t, w, b, v, c, held, frames.plan), data, inactive, loss)
    return States(t, w, b, v, c, held, found, np.zeros((len(t), 0)))


def straightened(frames: Frames, data: Data, inactive: float = 0.0, loss: str = SQUARED) -> States:
    """Those of the frames between which the run is no straight line."""
    states = recorded(frames, len(frames.t), data, inactive, loss)
    return thinned(states, sight_of(data.x, data.y, inactive), 1.0)


def sampled_finely(
    simulate: Callable[..., Trajectory], network: Network, data: Data, end: float, **options: Any
) -> Trajectory:
    """What a function of (network, data, times, …) simulates, at as many times as are kept, log and linear."""
    half = most_moments(len(network)) // 2
    times = np.union1d(np.linspace(0.0, end, half), np.geomspace(EARLIEST * end, end, half))
    return simulate(network, data, times, **options)


def coarser(sight: Sight, tolerance: float) -> Sight:
    """The same sight, to which `tolerance` times as large errors are not seen."""
    fine = {name: tolerance * getattr(sight, name) for name in ("fine_x", "fine_y", "fine_fall")}
    return sight._replace(**fine)


class Recording:
    """The moments of a run from a network under way, which ends at the time `end`.

    frames: room for the states that a solver records; told: the most neurons that are told of, see crowd.py. Where more
    than `most_moments` would be needed, the error that is allowed, `tolerance` quarters of a pixel, is doubled until
    they are enough; events are then kept for the largest neurons only.
    """

    def __init__(self, network: Network, data: Data, end: float, loss: str = SQUARED, told: int | None = None):
        self.data, self.end, self.tolerance = data, end, 1.0
        self._inactive, self._loss = network.inactive, loss
        self._sight = sight_of(data.x, data.y, network.inactive)
        self.frames = self._room(len(network))
        told = min(told or len(network), len(network))
        self._crowd = Crowd(network, told, data, self._sight, loss) if told < len(network) else None
        self._most = most_moments(told)
        self._settled: list[States] = []
        self._open: States | None = None

    def _room(self, neurons: int) -> Frames:
        room = int(min(max(WAITING / (3 * neurons), LEAST_ROOM), ROOM))
        size = int(min(max(WAITING / neurons, 3 * room), LONGEST))
        times = np.full(size, np.inf)
        times[0] = 0.0
        held = np.full((size, neurons), -1, dtype=np.int32)
        w, b, v = (np.empty((size, neurons)) for _ in range(3))
        return Frames(times, w, b, v, np.empty(size), held, new_plan(self._sight, neurons, room))

    def collect(self, flow: Flow) -> None:
        """Take what is recorded out of `frames`, if there may be no room for a further step."""
        if flow.clock[NEXT_FRAME] + self.frames.plan.room > len(self.frames.t):
            self._take(flow)

    def ask_for_end(self, flow: Flow) -> None:
        """Have the present state recorded, and that at the end."""
        first = int(flow.clock[NEXT_FRAME])
        self.frames.t[first : first + 2] = flow.clock[TIME], self.end

    def finish(self, flow: Flow) -> tuple[States, Rest | None]:
        """All moments of a flow that has come to its end, and the rest of f, where that is told apart."""
        self._take(flow, ended=True)
        states = self._bounded()
        return states, self._crowd.rest(states) if self._crowd else None

    @property
    def remark(self) -> str:
        """What to say of the moments beside how a run ended: nothing, if they are as fine as they should be."""
        return "" if self.tolerance == 1 else f"; its moments are right to {self.tolerance * PIXEL:g} pixels"

    def _take(self, flow: Flow, ended: bool = False) -> None:
        """Settle which of the recorded states are kept; the last stretch stays open unless the flow has ended."""
        self._settle(self._waiting(flow), ended)
        if sum(len(part.t) for part in self._settled) > self._most:
            self._settled = [self._bounded()]

    def _waiting(self, flow: Flow) -> States:
        """The states of the stretch that is open, and those recorded since, for which there is room again."""
        parts = [self._open] if self._open else []
        self._open = None
        parts.append(self._recorded(int(flow.clock[NEXT_FRAME])))
        flow.clock[NEXT_FRAME] = 0
        self.frames.t[:] = np.inf
        return joined(parts)

    def _settle(self, states: States, ended: bool) -> None:
        kept = np.flatnonzero(needed(states, self._sight, CHORD * self.tolerance))
        last = kept[-2] if len(kept) > 1 and len(states.t) - kept[-2] <= self.frames.plan.room else kept[-1]
        self._settled.append(states.at(kept if ended else kept[kept < last]))
        self._open = states.at(slice(last, None))

    def _recorded(self, count: int) -> States:
        """What the first `count` frames tell."""
        if self._crowd:
            return self._crowd.states(self.frames, count)
        return recorded(self.frames, count, self.data, self._inactive, self._loss)

    def _bounded(self) -> States:
        """The settled states, no more than may be kept."""
        whole = joined(self._settled)
        while len(whole.t) > self._most:
            whole = thinned(whole, self._sight, CHORD * self.tolerance, self._most // 2)
            self.tolerance *= 2
            self._plan_for_tolerance()
        return whole

    def _plan_for_tolerance(self) -> None:
        """Have no more states recorded than the present tolerance asks for: most would be thinned out again."""
        plan = self.frames.plan
        self.frames = self.frames._replace(plan=plan._replace(sight=coarser(self._sight, self.tolerance)))
