"""The solver against SciPy's best at equal error, and against another version of itself, side by side in one run.

    python -m tests.benchmarks.bench_solver [--against CHECKOUT] [--rounds 30] [--quick] [--hard]

SciPy's RK45 and DOP853 are given a compiled dense gradient. Of each, and of the solver, runs at several rtol are timed
and their errors measured: the largest |f − f of this solver at rtol 1e-9| over the range of x widened by 20 % and all
frames. At each of ERRORS the cheapest run at least as accurate counts, between two runs what they let expect (log time
is linear in log error). Times are CPU times, of the solver the least of several runs, so that other processes count
little. --quick: one error. --hard: also the worst cases known, of which only times are compared.
"""

import json
import time
from pathlib import Path

import numpy as np
from numba import njit
from scipy.integrate import solve_ivp

from tests.benchmarks.checkouts import HERE, answer, parser, python_in
from tests.benchmarks.flow_cases import HARD, frame_times, problem

CASES = {(20, 10): 50.0, (50, 20): 100.0, (200, 30): 100.0}  # (m, N): T
ERRORS = 1e-3, 3e-4, 1e-4
TOLERANCES = 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5  # of the solver
RIVAL_TOLERANCES = 1e-3, 1e-4, 1e-5, 1e-6, 1e-7
GRID = np.linspace(-1.2, 1.2, 400)

OWN = """
import json, sys, time
import numpy as np
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow

for line in sys.stdin:
    w, b, v, x, y, times, rtol, repeats, states = json.loads(line)
    network, data, seconds = Network(w, b, v), Data(x, y), []
    for _ in range(repeats):
        start = time.process_time()
        run = gradient_flow(network, data, times, rtol)
        seconds.append(time.process_time() - start)
    found = np.concatenate([run.w, run.b, run.v], axis=1).tolist() if states else []
    print(json.dumps([min(seconds), found]), flush=True)
"""


class Solver:
    """The solver of the version in a folder, in a process of its own."""

    def __init__(self, folder: Path):
        self.process = python_in(folder, OWN)
        self(*problem(5, 5), [0.0, 0.1], 1e-3)  # compiles, or loads what is compiled

    def __call__(self, theta, x, y, times, rtol, repeats=1, states=True):
        """CPU seconds of the fastest of so many runs, and the states (F, 3m) of the last."""
        asked = *theta.reshape(3, -1), x, y, np.asarray(times)
        line = json.dumps([*(array.tolist() for array in asked), rtol, repeats, states])
        seconds, found = json.loads(answer(self.process, line))
        return seconds, np.array(found)


def functions(states):
    """f of states (F, 3m) on GRID: (F, P)."""
    w, b, v = states.reshape(len(states), 3, -1).transpose(1, 0, 2)
    return np.einsum("fi,fip->fp", v, np.maximum(w[:, :, None] * GRID + b[:, :, None], 0.0))


@njit
def dense_velocity(theta, x, y, out):
    """The textbook gradient, O(m N)."""
    m = len(theta) // 3
    out[:] = 0.0
    for n in range(len(x)):
        residual = -y[n]
        for i in range(m):
            residual += theta[2 * m + i] * max(theta[i] * x[n] + theta[m + i], 0.0)
        for i in range(m):
            z = theta[i] * x[n] + theta[m + i]
            force = residual if z > 0.0 else 0.0
            push = force * theta[2 * m + i]
            out[i] -= push * x[n]
            out[m + i] -= push
            out[2 * m + i] -= force * z


def by_scipy(method, theta, x, y, times, rtol):
    """CPU seconds and states of one run."""

    def velocity(_, state):
        out = np.empty_like(state)
        dense_velocity(state, x, y, out)
        return out

    start = time.process_time()
    found = solve_ivp(velocity, (0, times[-1]), theta, method, times, rtol=rtol, atol=1e-3 * rtol)
    return time.process_time() - start, found.y.T


def cost_at(error, runs):
    """Seconds that an error costs, from runs [(seconds, error)]: of the cheapest, or between two of them."""
    runs = sorted(runs, key=lambda run: run[1])
    good, bad = [run for run in runs if run[1] <= error], [run for run in runs if run[1] > error]
    if not good:
        return np.inf
    least = min(seconds for seconds, _ in good)
    cheaper = [run for run in bad if run[0] < least]
    if not cheaper:
        return least
    (t0, e0), (t1, e1) = min(good), min(cheaper, key=lambda run: run[1])
    share = np.log(error / e0) / np.log(e1 / e0)
    return float(np.exp(np.log(t0) + share * np.log(t1 / t0)))


def against_scipy(solvers, quick, repeats):
    """Print the ratios of a case at each error; all of them, one row a solver."""
    ratios = []
    for (m, rows), end in CASES.items():
        case, times = problem(m, rows), frame_times(end)
        exact = functions(solvers[-1](*case, times, 1e-9)[1])

        def error(states, exact=exact):
            return float(np.max(np.abs(functions(states) - exact)))

        own = [[] for _ in solvers]
        for rtol in TOLERANCES:
            for runs, solver in zip(own, solvers, strict=True):
                seconds, states = solver(*case, times, rtol, repeats)
                runs.append((seconds, error(states)))
        rivals = []
        for method in ("RK45", "DOP853"):
            for rtol in RIVAL_TOLERANCES:
                seconds, states = by_scipy(method, *case, times, rtol)
                rivals.append((seconds, error(states)))
                if rivals[-1][1] < min(ERRORS):
                    break
        for allowed in ERRORS[-1:] if quick else ERRORS:
            best, costs = cost_at(allowed, rivals), [cost_at(allowed, runs) for runs in own]
            ratios.append([best / cost for cost in costs])
            shown = ", ".join(f"{1e3 * cost:.2f} ms ({best / cost:.0f} times faster)" for cost in costs)
            print(f"m = {m}, N = {rows}, T = {end:g}, error {allowed:g}: SciPy {best:.2f} s; {shown}", flush=True)
    return np.transpose(ratios)


def hard(solvers):
    """Print the seconds of the worst cases known."""
    for name, make in HARD.items():
        *case, end = make()
        seconds = [solver(*case, frame_times(end), 1e-4, 2, states=False)[0] for solver in solvers]
        print(f"{name}: " + ", ".join(f"{each:.3f} s" for each in seconds), flush=True)


def mean_of(ratios):
    """Their geometric mean."""
    return float(np.exp(np.mean(np.log(ratios))))


def speeds():
    """Rows of the README's table."""
    dense_velocity(*problem(5, 5), np.zeros(15))
    (ratios,) = against_scipy([Solver(HERE)], quick=True, repeats=5)
    found = f"{ratios.min():.0f} to {ratios.max():.0f} times as fast, geometric mean {mean_of(ratios):.0f}"
    return [("gradient flow, at the error of SciPy's best with a compiled gradient", found)]


def main():
    """Measure and print."""
    options = parser(__doc__.splitlines()[0])
    options.set_defaults(rounds=30)
    options.add_argument("--quick", action="store_true", help="one error")
    options.add_argument("--hard", action="store_true", help="the worst cases known too")
    asked = options.parse_args()
    folders = [*(folder.resolve() for folder in asked.against), HERE]
    solvers = [Solver(folder) for folder in folders]
    dense_velocity(*problem(5, 5), np.zeros(15))
    ratios = against_scipy(solvers, asked.quick, asked.rounds)
    for folder, row in zip(folders, ratios, strict=True):
        print(f"{folder}: {row.min():.0f} to {row.max():.0f} times faster, geometric mean {mean_of(row):.0f}")
    if asked.hard:
        hard(solvers)


if __name__ == "__main__":
    main()
