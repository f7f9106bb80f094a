"""One gradient in O(m + N) against the dense formula, and how its time grows.

python tests/benchmarks/bench_gradient.py
"""

import time

import numpy as np

from pipeline.compiled import compiled
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import start_flow
from pipeline.simulate.solver.kernels import first_velocity, velocity
from pipeline.simulate.solver.problem import make_problem


def case(m, rows, seed=0):
    rng = np.random.default_rng(seed)
    return Network(*rng.normal(size=(3, m))), Data(np.sort(rng.uniform(-1, 1, rows)), rng.normal(size=rows))


def dense(w, b, v, x, y):
    """The textbook gradient of all parameters."""
    z = np.multiply.outer(x, w) + b
    active, relu = (z > 0).astype(float), np.maximum(z, 0)
    force = relu @ v - y
    return v * ((force * x) @ active), v * (force @ active), force @ relu


def seconds_per_call(function, least=0.2):
    """The best of three averages, each over at least a third of `least` seconds."""
    calls, best = 1, np.inf
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            function()
        took = time.perf_counter() - start
        if took > least / 3:
            break
        calls *= 2
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(calls):
            function()
        best = min(best, (time.perf_counter() - start) / calls)
    return best


def ours(network, data):
    """A call that finds all patterns anew and computes the gradient: more than one evaluation in a step costs."""
    flow = start_flow(network, make_problem(data, 0.0, "all", False))
    arguments = flow.theta, flow.pattern, flow.held, flow.problem, flow.before, flow.slope
    return lambda: first_velocity(*arguments)


@compiled
def repeat(calls, theta, pattern, held, problem, sums, out):
    for _ in range(calls):
        velocity(theta, pattern, held, problem, sums, out)


def best_gradient(m, rows):
    """CPU seconds per gradient inside a compiled loop (other processes do not count), the best of twelve."""
    network, data = case(m, rows)
    flow = start_flow(network, make_problem(data, 0.0, "all", False))
    calls, best = max(1, 3 * 10**6 // m), np.inf
    for _ in range(13):
        start = time.process_time()
        repeat(calls, flow.theta, flow.pattern, flow.held, flow.problem, flow.before, flow.slope)
        best = min(best, (time.process_time() - start) / calls)
    return best


def show_growth(rows=1000):
    """Time per gradient up to m = 10⁶, the line and the power of m + N that fit it.

    The operations are linear in m + N. What bends the curve is where the numbers are: 52 bytes a neuron, read twice,
    fit in the second-level cache up to some 10⁴ neurons and come from ever further away beyond.
    """
    print(f"growth of the time per gradient with known patterns, N = {rows}, CPU time")
    sizes = np.array([1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000])
    took = np.array([best_gradient(m, rows) for m in sizes])
    total = sizes + rows
    for m, seconds in zip(sizes, took, strict=True):
        megabytes = 52e-6 * m
        each = seconds / (m + rows) * 1e9
        print(f"  m = {m:8d}: {seconds * 1e6:10.1f} us, {each:5.2f} ns per (m + N), {megabytes:6.2f} MB of neurons")
    per = np.exp(np.mean(np.log(took / total)))
    spread = np.exp(np.max(np.abs(np.log(took / total / per))))
    print(f"  line: {per * 1e9:.2f} ns (m + N), off by at most a factor of {spread:.2f}")
    cached = sizes <= 30_000
    for label, part in (("all", total > 0), ("m up to 30,000, in cache", cached), ("beyond", ~cached)):
        power = np.polyfit(np.log(total[part]), np.log(took[part]), 1)[0]
        print(f"  power of m + N that fits best, {label}: {power:.3f}")


def main():
    print("gradient: patterns searched anew + O(m + N) sums, against dense NumPy")
    for m, rows in ((20, 10), (1000, 100), (10_000, 1000)):
        network, data = case(m, rows)
        fast = seconds_per_call(ours(network, data))
        slow = seconds_per_call(lambda n=network, d=data: dense(n.w, n.b, n.v, d.x, d.y))
        print(f"  (m, N) = ({m}, {rows}): {fast * 1e6:9.1f} us, dense {slow * 1e6:11.1f} us: {slow / fast:6.1f} x")
    show_growth()


if __name__ == "__main__":
    main()
