"""A million calls of a Recorder: what a call takes, and what the process comes to need.

python tests/benchmarks/bench_recorder.py [calls] [neurons]
"""

import resource
import sys
import time

import numpy as np

from pipeline import Recorder

LARGEST = 200e6  # bytes that a process may need in all


def main(calls: int = 1_000_000, neurons: int = 60) -> None:
    """Print the time of a call and the memory; fails where there is more of it than may be."""
    rng = np.random.default_rng(0)
    start, way = rng.normal(size=(3, neurons)), rng.normal(size=(3, neurons))
    x = np.linspace(-1, 1, 20)
    rec, spent, longest = Recorder(x, np.sin(4 * x)), 0.0, 0.0
    for k in range(calls):
        w, b, v = start + np.exp(-9 * k / calls) * way
        before = time.perf_counter()
        rec(k, w, b, v)
        took = time.perf_counter() - before
        spent, longest = spent + took, max(longest, took)
    most = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{calls} calls of {neurons} neurons: {1e6 * spent / calls:.1f} µs each, at most {1e3 * longest:.0f} ms")
    print(f"{len(rec)} records, {rec.nbytes / 1e6:.1f} MB; the process {most / 1e6:.0f} MB")
    assert most < LARGEST


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
