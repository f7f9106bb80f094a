"""Gradient flow against what else follows it: gradient descent in NumPy and PyTorch, and diffrax.

    python -m tests.benchmarks.bench_gradient_flow [--quick]

Errors are the largest |f − f of this solver at rtol 1e-10| over the range of x widened by 20 % and all frames. Times
are CPU times, so that other processes do not count, and ratios are to this solver's time just before. --quick: of the
others NumPy's largest steps alone. PyTorch and diffrax are used if they are installed. For SciPy's solvers see
bench_solver.py.
"""

import argparse
import time
from importlib.util import find_spec

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.learning_rate import safe_rate
from tests.benchmarks.bench_solver import functions
from tests.benchmarks.flow_cases import frame_times, problem

ASKED = 3e-4  # the tolerance at which the error is below 2e-4 with a margin


def timed(function, *arguments):
    """CPU seconds and what it gives."""
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def by_this(theta, x, y, times, rtol):
    """States (F, 3m)."""
    run = gradient_flow(Network(*theta.reshape(3, -1)), Data(x, y), times, rtol)
    return np.concatenate([run.w, run.b, run.v], axis=1)


def dense_velocity(theta, x, y):
    """The textbook gradient, O(m N)."""
    w, b, v = theta.reshape(3, -1)
    z = np.multiply.outer(x, w) + b
    active, relu = (z > 0).astype(float), np.maximum(z, 0)
    force = relu @ v - y
    return -np.concatenate([v * ((force * x) @ active), v * (force @ active), force @ relu])


def by_numpy_descent(theta, x, y, times, rate):
    """States (F, 3m)."""
    states, done = [], 0
    for t in times:
        while done < round(t / rate):
            theta = theta + rate * dense_velocity(theta, x, y)
            done += 1
        states.append(theta)
    return np.array(states)


def by_torch_descent(theta, x, y, times, rate):
    """States (F, 3m)."""
    import torch

    torch.set_num_threads(1)  # on arrays as small as these a second thread only costs
    w, b, v = (torch.tensor(a, requires_grad=True) for a in theta.reshape(3, -1))
    x, y, states, done = torch.tensor(x), torch.tensor(y), [], 0
    optimizer = torch.optim.SGD([w, b, v], lr=rate)
    for t in times:
        while done < round(t / rate):
            optimizer.zero_grad()
            (0.5 * ((torch.relu(torch.outer(x, w) + b) @ v - y) ** 2).sum()).backward()
            optimizer.step()
            done += 1
        states.append(np.concatenate([a.detach().numpy() for a in (w, b, v)]))
    return np.array(states)


def by_diffrax(theta, x, y, times, rtol):
    """States (F, 3m)."""
    import diffrax
    import jax

    jax.config.update("jax_enable_x64", True)
    x, y = jax.numpy.asarray(x), jax.numpy.asarray(y)

    def loss(theta):
        w, b, v = theta.reshape(3, -1)
        return 0.5 * ((jax.nn.relu(jax.numpy.outer(x, w) + b) @ v - y) ** 2).sum()

    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, theta, _: -jax.grad(loss)(theta)),
        diffrax.Tsit5(),
        0.0,
        times[-1],
        None,
        jax.numpy.asarray(theta),
        saveat=diffrax.SaveAt(ts=jax.numpy.asarray(times)),
        max_steps=10**8,
        stepsize_controller=diffrax.PIDController(rtol=rtol, atol=1e-3 * rtol),
        adjoint=diffrax.DirectAdjoint(),
    )
    return np.asarray(solution.ys)


def rivals(theta, x, y):
    """(label, function, its last argument) of those that are installed."""
    rate = safe_rate(Network(*theta.reshape(3, -1)), Data(x, y))
    yield "NumPy gradient descent, lr = 1/trace", by_numpy_descent, rate
    yield "NumPy gradient descent, lr = 0.1/trace", by_numpy_descent, 0.1 * rate
    if find_spec("torch"):
        yield "PyTorch SGD, lr = 1/trace", by_torch_descent, rate
    if find_spec("diffrax"):
        yield "diffrax Tsit5, rtol 1e-6, compiling included", by_diffrax, 1e-6


def row(label, seconds, error, base=None):
    """Print a line."""
    ratio = f"{seconds / base:10.1f} x" if base else " " * 12
    print(f"  {label:46s} {seconds:10.4f} s {ratio}   error {error:.1e}", flush=True)


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="of the others NumPy's largest steps alone")
    quick = parser.parse_args().quick
    by_this(*problem(5, 5), [0.0, 0.1], 1e-3)  # compile or load before anything is timed
    case, times = problem(50, 20), frame_times(100.0)
    exact = functions(by_this(*case, times, 1e-10))

    def error(states):
        return np.max(np.abs(functions(states) - exact))

    def own(rtol):
        return min(timed(by_this, *case, times, rtol)[0] for _ in range(60))

    print("m = 50, N = 20, sin(4x), T = 100, Gaussian")
    for rtol in (1e-5, 1e-4, ASKED):
        row(f"this solver, rtol {rtol:g}", own(rtol), error(by_this(*case, times, rtol)))
    for label, function, argument in [*rivals(*case)][: 1 if quick else None]:
        base = own(ASKED)
        seconds, states = timed(function, *case, times, argument)
        row(label, seconds, error(states), base)


if __name__ == "__main__":
    main()
