"""How the cost of a gradient flow grows with neurons and with samples: the fitted powers, from ladders of runs.

    python tests/benchmarks/bench_scale.py [--top 100000]

CPU times and the steps taken. Of neurons: a sine of 20 samples, T = 1. Of samples: 60 neurons, a sine with noise, up
to the time T = 100/N at which as much is learnt of each.
"""

import argparse
import time

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow


def case(m, rows, noise=0.0):
    """He's initialisation, sin(4x) on [−1, 1]."""
    rng = np.random.default_rng(0)
    x, (w, b, v) = np.linspace(-1, 1, rows), rng.normal(size=(3, m))
    return Network(np.sqrt(2) * w, b, np.sqrt(2 / m) * v), Data(x, np.sin(4 * x) + noise * rng.normal(size=rows))


def ladder(top):
    """1000, √10 times as many, and so on up to the top."""
    return [int(size) for size in 1000 * 10 ** np.arange(0, np.log10(top / 1000) + 0.01, 0.5)]


def fitted(name, sizes, cases):
    """Measure, print and return the power."""
    seconds = []
    for size, (network, data, end) in zip(sizes, cases, strict=True):
        start = time.process_time()
        gradient_flow(network, data, np.linspace(0, end, 30))
        seconds.append(time.process_time() - start)
        print(f"{name} = {size}: {seconds[-1]:.3f} s", flush=True)
    power = float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
    print(f"cost like {name}^{power:.2f}")
    return power


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--top", type=int, default=100_000, help="neurons, and samples, of the last runs")
    sizes = ladder(parser.parse_args().top)
    for rows in (5, 2000):  # compile or load before anything is timed
        gradient_flow(*case(5, rows, 0.2), [0.0, 1e-3])
    fitted("m", sizes, ((*case(m, 20), 1.0) for m in sizes))
    fitted("N", sizes, ((*case(60, rows, 0.2), 100.0 / rows) for rows in sizes))


if __name__ == "__main__":
    main()
