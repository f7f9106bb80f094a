"""Gradient flow against general solvers: time and error, side by side in one run.

    python tests/benchmarks/bench_gradient_flow.py [--quick]

Errors are the largest |f − f of this solver at rtol 1e-10| on 400 points over the range of x widened by 20 %, over
all frames. Times are CPU times, so that other processes do not count, and ratios are to this solver's time just
before. --quick leaves out what takes more than some seconds. PyTorch and diffrax are used if they are installed.
"""

import argparse
import resource
import time

import numpy as np
from scipy.integrate import solve_ivp

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.learning_rate import safe_rate

ASKED = 5e-4  # the tolerance at which the error of the first case is below 2e-4 with a margin


def sine(m, rows, scale=1.0, seed=0):
    """m Gaussian neurons (output weights of variance 1/m), sin(4x) on [−1, 1]."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-1, 1, rows)
    w, b, v = scale * rng.normal(size=(3, m))
    return Network(w, b, v / np.sqrt(m)), Data(x, np.sin(4 * x))


def frame_times(end, count=60):
    return np.concatenate([[0.0], np.geomspace(1e-3 * end, end, count)])


def grid(data):
    middle, half = 0.5 * (data.x[0] + data.x[-1]), 0.6 * (data.x[-1] - data.x[0])
    return np.linspace(middle - half, middle + half, 400)


def functions(states, x):
    """f of states (F, 3m) at x: (F, P)."""
    return np.stack([Network(*state.reshape(3, -1)).evaluate(x) for state in states])


def states_of(run):
    return np.concatenate([run.w, run.b, run.v], axis=1)


def timed(function, *arguments):
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def best_of(repeats, function, *arguments):
    return min(timed(function, *arguments)[0] for _ in range(repeats))


def dense_velocity(theta, data):
    """The textbook gradient, O(m N)."""
    w, b, v = theta.reshape(3, -1)
    z = np.multiply.outer(data.x, w) + b
    active, relu = (z > 0).astype(float), np.maximum(z, 0)
    force = relu @ v - data.y
    return -np.concatenate([v * ((force * data.x) @ active), v * (force @ active), force @ relu])


def initial(network):
    return np.concatenate([network.w, network.b, network.v])


def by_rk45(network, data, times, rtol):
    solution = solve_ivp(
        lambda t, y: dense_velocity(y, data),
        (0, times[-1]),
        initial(network),
        method="RK45",
        t_eval=times,
        rtol=rtol,
        atol=1e-3 * rtol,
    )
    return solution.y.T


def by_numpy_descent(network, data, times, rate):
    theta, states, done = initial(network), [], 0
    for t in times:
        while done < round(t / rate):
            theta = theta + rate * dense_velocity(theta, data)
            done += 1
        states.append(theta)
    return np.array(states)


def by_torch_descent(network, data, times, rate):
    import torch

    torch.set_num_threads(1)  # on arrays as small as these a second thread only costs
    w, b, v = (torch.tensor(a, requires_grad=True) for a in (network.w, network.b, network.v))
    x, y, states, done = torch.tensor(data.x), torch.tensor(data.y), [], 0
    optimizer = torch.optim.SGD([w, b, v], lr=rate)
    for t in times:
        while done < round(t / rate):
            optimizer.zero_grad()
            (0.5 * ((torch.relu(torch.outer(x, w) + b) @ v - y) ** 2).sum()).backward()
            optimizer.step()
            done += 1
        states.append(np.concatenate([a.detach().numpy() for a in (w, b, v)]))
    return np.array(states)


def by_diffrax(network, data, times, rtol):
    import diffrax
    import jax

    jax.config.update("jax_enable_x64", True)
    x, y = jax.numpy.asarray(data.x), jax.numpy.asarray(data.y)

    def loss(theta):
        w, b, v = theta.reshape(3, -1)
        return 0.5 * ((jax.nn.relu(jax.numpy.outer(x, w) + b) @ v - y) ** 2).sum()

    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, theta, _: -jax.grad(loss)(theta)),
        diffrax.Tsit5(),
        0.0,
        times[-1],
        None,
        jax.numpy.asarray(initial(network)),
        saveat=diffrax.SaveAt(ts=jax.numpy.asarray(times)),
        max_steps=10**8,
        stepsize_controller=diffrax.PIDController(rtol=rtol, atol=1e-3 * rtol),
        adjoint=diffrax.DirectAdjoint(),
    )
    return np.asarray(solution.ys)


def installed(name):
    from importlib.util import find_spec

    return find_spec(name) is not None


def row(label, seconds, error, base=None):
    ratio = f"{seconds / base:10.1f} x" if base else " " * 12
    print(f"  {label:46s} {seconds:10.4f} s {ratio}   error {error:.1e}", flush=True)


def against_general_solvers(quick):
    print("m=50, N=20, sin(4x), T=100, Gaussian")
    network, data = sine(50, 20)
    times = frame_times(100.0)
    x = grid(data)
    exact = functions(states_of(gradient_flow(network, data, times, 1e-10)), x)

    def error(states):
        return np.max(np.abs(functions(states, x) - exact))

    def own(rtol):
        return best_of(60, gradient_flow, network, data, times, rtol)

    for rtol in (1e-5, 1e-4, ASKED):
        row(f"this solver, rtol {rtol:g}", own(rtol), error(states_of(gradient_flow(network, data, times, rtol))))
    rate = safe_rate(network, data)
    rivals = [
        ("NumPy gradient descent, lr = 1/trace", by_numpy_descent, rate),
        ("NumPy gradient descent, lr = 0.1/trace", by_numpy_descent, 0.1 * rate),
    ]
    if installed("torch"):
        rivals.append(("PyTorch SGD, lr = 1/trace", by_torch_descent, rate))
    if installed("diffrax"):
        rivals.append(("diffrax Tsit5, rtol 1e-6, compiling included", by_diffrax, 1e-6))
    rivals.append(("scipy solve_ivp RK45, rtol 1e-6", by_rk45, 1e-6))
    for label, function, argument in rivals[:1] if quick else rivals:
        base = own(ASKED)
        seconds, states = timed(function, network, data, times, argument)
        row(label, seconds, error(states), base)


def own_cases(quick):
    print("larger, rtol 1e-4")
    for m, rows, scale, end in ((300, 40, 0.3, 100.0), (1000, 100, 1.0, 50.0)):
        network, data = sine(m, rows, scale)
        times, x = frame_times(end), grid(data)
        tight = 1e-7 if quick else 1e-10
        seconds, run = timed(gradient_flow, network, data, times, tight)
        exact = functions(states_of(run), x)
        error = np.max(np.abs(functions(states_of(gradient_flow(network, data, times, 1e-4)), x) - exact))
        row(f"m={m}, N={rows}, scale {scale}, T={end:g}", best_of(3, gradient_flow, network, data, times, 1e-4), error)
        print(f"    (error against rtol {tight:g}, which took {seconds:.0f} s)")


def many_samples(quick):
    print("many samples, m=100, sin(4x) with noise 0.2, T=30, rtol 1e-4; errors against rtol 1e-5")
    for rows in (1000, 3000) if quick else (1000, 3000, 10_000, 100_000):
        rng = np.random.default_rng(0)
        x, (w, b, v) = np.sort(rng.uniform(-1, 1, rows)), rng.normal(size=(3, 100))
        network, data = Network(w, b, v / 10), Data(x, np.sin(4 * x) + 0.2 * rng.normal(size=rows))
        times, probe = frame_times(30.0), grid(data)
        seconds, run = timed(gradient_flow, network, data, times, 1e-4)
        exact = functions(states_of(gradient_flow(network, data, times, 1e-5)), probe)
        row(f"N={rows}", seconds, np.max(np.abs(functions(states_of(run), probe) - exact)))


def antisymmetric(w, b, v):
    return Network(np.tile(w, 2), np.tile(b, 2), np.concatenate([v, -v]))


def hard_cases():
    """(label, network, data, times) of what general solvers crawl on."""
    x = np.linspace(-np.sqrt(3), np.sqrt(3), 9)
    box = Data(x, (np.abs(x) < 0.5).astype(float))
    for alpha in (1, 0.1, 0.01, 0.001):
        w, b, v = alpha * np.random.default_rng(0).normal(size=(3, 1000))
        yield f"9 points, m=2000, scale {alpha}, T=400", antisymmetric(w, b, v * np.sqrt(2 / 2000)), box, 400.0
    rng = np.random.default_rng(0)
    w, b = 1e-3 / np.sqrt(20000) * rng.normal(size=(2, 20000))
    v = np.hypot(w, b) * rng.choice([-1, 1], 20000)
    yield "3 points, m=20000, T=2000", Network(w, b, v), Data([-0.75, -0.5, 0.125], [1.1, 0.1, 0.8]), 2000.0
    network, data = sine(100, 20)
    small = Network(1e-6 * network.w, 1e-6 * network.b, 1e-6 * network.v * 10)
    yield "plateau, m=100, N=20, scale 1e-6, T=200", small, data, 200.0
    yield "motorcycle, m=500, He, T=300", *motorcycle(500), 300.0


def motorcycle(m):
    from importlib.resources import files

    path = files("pipeline.model") / "datasets" / "motorcycle.csv"
    table = np.loadtxt(str(path), delimiter=",", skiprows=1)
    x, y = ((column - column.mean()) / column.std() for column in table.T)
    rng = np.random.default_rng(0)
    w, b, v = rng.normal(size=(3, m))
    return Network(np.sqrt(2) * w, b, np.sqrt(2 / m) * v), Data(x, y)


def run_hard_cases():
    print("hard, rtol 1e-5")
    for label, network, data, end in hard_cases():
        seconds, run = timed(gradient_flow, network, data, frame_times(end, 100))
        held = int(np.sum(run.held[-1] >= 0))
        print(
            f"  {label:44s} {seconds:10.2f} s   loss {run.loss[0]:.3g} → {run.loss[-1]:.3g}, {held} held; "
            f"{run.outcome}",
            flush=True,
        )


def run_wide(sizes):
    print("wide, N=1000, NTK scaling, until the loss has fallen 100-fold, rtol 1e-5")
    for m in sizes:
        rng = np.random.default_rng(0)
        x = np.linspace(-1, 1, 1000)
        network, data = Network(*(m**-0.25 * rng.normal(size=(3, m)))), Data(x, np.sin(4 * x))
        end = 1.5e-3
        seconds, run = timed(gradient_flow, network, data, np.linspace(0, end, 4))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"  m={m:<42d} {seconds:10.2f} s   loss {run.loss[0]:.3g} → {run.loss[-1]:.3g} at t = {end:g}, "
            f"peak memory {memory:.2f} GB",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out what takes more than some seconds")
    quick = parser.parse_args().quick
    gradient_flow(*sine(5, 5), [0.0, 0.1])  # compile or load before anything is timed
    against_general_solvers(quick)
    own_cases(quick)
    many_samples(quick)
    run_hard_cases()
    run_wide((10_000,) if quick else (100_000, 1_000_000))


if __name__ == "__main__":
    main()
