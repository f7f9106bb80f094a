"""What the first gradient flow costs: CPU seconds of a new process with an empty cache, and where they go.

    python tests/benchmarks/bench_cold_start.py [--repeats 3] [--against FOLDER] [--functions 20]

--against: another version of this project, checked out beside, measured in turn with this one. CPU times, user and
system, so that other processes count little; still, compare what was measured side by side.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parents[2]
RUN = """
import json, resource, time
import numpy as np
from numba.core import event
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow

class Times(event.Listener):
    def __init__(self):
        self.open, self.own = [], []
    def on_start(self, event):
        self.open.append([time.process_time(), 0.0])
    def on_end(self, event):
        if not self.open:  # its start was not told: at that one another listener had left
            return
        start, inside = self.open.pop()
        took = time.process_time() - start
        if self.open:
            self.open[-1][1] += took
        self.own.append((event.data["dispatcher"].py_func.__qualname__, took - inside))

def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime

rng = np.random.default_rng(0)
w, b, v = rng.normal(size=(3, 50))
x = np.linspace(-1, 1, 20)
times, before = Times(), used()
with event.install_listener("numba:compile", times):
    gradient_flow(Network(w, b, v / 50**0.5), Data(x, np.sin(4 * x)), np.linspace(0, 1, 10))
print(json.dumps([used() - before, times.own]))
"""


def first_flow(folder: Path) -> tuple[float, list[tuple[str, float]]]:
    """CPU seconds of the first flow by the version in a folder, and of every function compiled, without its callees."""
    with tempfile.TemporaryDirectory() as cache:
        settings = os.environ | {"NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(folder)}
        done = subprocess.run(
            [sys.executable, "-c", RUN], cwd=folder, env=settings, check=True, stdout=subprocess.PIPE, text=True
        )
    seconds, functions = json.loads(done.stdout)
    return seconds, functions


def speeds() -> list[tuple[str, str]]:
    """Rows of the README's table."""
    seconds, _ = first_flow(HERE)
    return [("the first gradient flow, which compiles the solver", f"{seconds:.0f} s of CPU time, once a machine")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3, help="of which the least counts")
    parser.add_argument("--against", type=Path, help="a folder of another version")
    parser.add_argument("--functions", type=int, default=20, help="how many of them are listed")
    asked = parser.parse_args()
    folders = [HERE, *([asked.against.resolve()] if asked.against else [])]
    rounds = [[first_flow(folder) for folder in folders] for _ in range(asked.repeats)]
    best = [min(runs, key=lambda run: run[0]) for runs in zip(*rounds, strict=True)]
    for folder, (seconds, functions) in zip(folders, best, strict=True):
        print(f"{folder}: first gradient flow {seconds:.1f} s of CPU time, {len(functions)} functions compiled")
    if asked.against:
        print(f"ratio: {best[0][0] / best[1][0]:.3f}")
    own = Counter[str]()
    for name, seconds in best[0][1]:
        own[name] += seconds
    for name, seconds in own.most_common(asked.functions):
        print(f"  {seconds:6.2f} s  {name}")


if __name__ == "__main__":
    main()
