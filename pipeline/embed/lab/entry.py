"""What the module of a page exports: the solver's own loops, called with a table instead of tuples of arrays.

`layout` says of what a table consists; the page fills one, see page/solver.js.
"""

from collections.abc import Callable
from typing import Any, cast

import numba
import numpy as np
from numba import cfunc, typeof

from pipeline.embed.lab.tables import leaves, read
from pipeline.model.data import Data
from pipeline.simulate.sampling import fill_losses, new_frames
from pipeline.simulate.solver import stepping
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.flow import Flow, new_flow
from pipeline.simulate.solver.kernels import find_patterns
from pipeline.simulate.solver.neighbourhood import renew
from pipeline.simulate.solver.problem import make_problem

MOST_NEURONS = 1000  # for which the sizes that `layout` gives hold
PROBED = (3, 5, 7), (4, 5, 7), (3, 6, 7), (3, 5, 8), (11, 9, 13)  # numbers of neurons, samples and frames


def sample_of(neurons: int, samples: int, frames: int) -> tuple[Flow, Frames]:
    """A flow and frames of a size, as a run begins with them."""
    x = np.arange(float(samples))
    problem = make_problem(Data(x, x), 0.0, "all", False)
    flow = new_flow(problem, np.zeros(3 * neurons + 1), np.zeros(neurons))
    room = new_frames(np.zeros(frames), neurons)
    return flow, room._replace(**{name: np.zeros_like(getattr(room, name)) for name in "wbvc"})


types, carray = cast(Any, numba).types, cast(Any, numba).carray  # which have no types
FLOW, FRAMES = map(typeof, sample_of(*PROBED[0]))
TABLE = types.CPointer(types.int64)


def _entries(value: Any) -> int:
    return sum(1 + np.ndim(leaf) for _, leaf in leaves(value))


AFTER_FLOW = _entries(sample_of(*PROBED[0])[0])


def begin(table: Any) -> None:
    """Find patterns and velocity of a flow at time 0."""
    flow = read(table, 0, FLOW)
    find_patterns(flow.theta, flow.problem.x, flow.pattern)
    renew(flow)


def go_on(table: Any, rtol: float, scale: float, end: float, most_steps: int, budget: float) -> int:
    """`advance` of pipeline/simulate/solver/stepping.py."""
    flow = read(table, 0, FLOW)
    return stepping.advance(flow, read(table, AFTER_FLOW, FRAMES), rtol, scale, end, most_steps, budget)


def stable_steps(table: Any, rtol: float, end: float) -> float:
    """`stable_steps` of the same."""
    return stepping.stable_steps(read(table, 0, FLOW), rtol, end)


def losses(table: Any, x: Any, y: Any, line: Any, values: Any, loss: Any, rows: int, count: int) -> None:
    """Fill loss (count,) with the losses of all frames on samples x, y (rows,).

    Scratch: line (2·rows+2, 2), values (rows,).
    """
    frames = read(table, AFTER_FLOW, FRAMES)
    samples, scratch = (
        (carray(x, (rows,)), carray(y, (rows,))),
        (carray(line, (2 * rows + 2, 2)), carray(values, (rows,))),
    )
    fill_losses(frames.w, frames.b, frames.v, frames.c, *samples, None, None, *scratch, carray(loss, (count,)))


_float, _whole, _floats = types.float64, types.int32, types.CPointer(types.float64)
EXPORTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "begin": (begin, types.void(TABLE)),
    "go_on": (go_on, _whole(TABLE, _float, _float, _float, _whole, _float)),
    "stable_steps": (stable_steps, _float(TABLE, _float, _float)),
    "losses": (losses, types.void(TABLE, *[_floats] * 5, _whole, _whole)),
}


def compiled_exports() -> dict[str, Any]:
    """By the name in the module, what Numba compiles of it, with all that it calls."""
    return {name: cfunc(signature, error_model="numpy")(function) for name, (function, signature) in EXPORTS.items()}


def layout() -> dict[str, Any]:
    """Of a table: its arrays and numbers in order, with sizes in neurons, samples and frames, and what they begin with.

    Each is [name, kind, lengths, fill]; a length is [constant, per neuron, per sample, per frame]; a number has none.
    """
    probed = [list(leaves(flow, "flow")) + list(leaves(frames, "frames")) for flow, frames in map(_pair, PROBED)]
    states = {name: getattr(stepping, name) for name in stepping.__all__ if name.isupper()}
    return {"states": states, "table": [_row(each) for each in zip(*probed, strict=True)]}


def _pair(sizes: tuple[int, int, int]) -> tuple[Flow, Frames]:
    return sample_of(*sizes)


def _row(probes: tuple[tuple[str, Any], ...]) -> list[Any]:
    """Of the same leaf at all sizes of PROBED."""
    name, first = probes[0]
    if np.ndim(first) == 0:
        return [name, "float64" if isinstance(first, float) else "int64", [], float(first)]
    lengths = [_length([leaf.shape[axis] for _, leaf in probes]) for axis in range(first.ndim)]
    fill = float(first.flat[0])
    return [name, first.dtype.name, lengths, fill if np.isfinite(fill) else "Infinity"]


def _length(found: list[int]) -> list[int]:
    """A length that is even in all three sizes, from what it is at PROBED."""
    sizes = np.array([(1, *probe) for probe in PROBED])
    exact = np.linalg.solve(sizes[:4], found[:4]).round().astype(int)
    assert (sizes @ exact == found).all(), "a length that does not grow evenly"
    return [int(each) for each in exact]
