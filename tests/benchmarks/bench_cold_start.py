"""What the first gradient flow costs: CPU seconds of a new process with an empty cache, and where they go.

    python -m tests.benchmarks.bench_cold_start [--against CHECKOUT] [--rounds 5] [--functions 20]

--against: another version of this project, measured in turn with this one. CPU times, user and system, so that other
processes count little; still, compare what was measured side by side.
"""

import json
import tempfile
from collections import Counter
from pathlib import Path

from tests.benchmarks.checkouts import HERE, parser, python_in

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
        told, _ = python_in(folder, RUN, NUMBA_CACHE_DIR=cache).communicate()
    seconds, functions = json.loads(told)
    return seconds, functions


def speeds() -> list[tuple[str, str]]:
    """Rows of the README's table."""
    seconds, _ = first_flow(HERE)
    return [("the first gradient flow, which compiles the solver", f"{seconds:.0f} s of CPU time, once a machine")]


def main() -> None:
    """Measure and print: a line for each version, then which of this one's functions take longest."""
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--functions", type=int, default=20, help="how many of them are listed")
    asked = options.parse_args()
    folders = [*(folder.resolve() for folder in asked.against), HERE]
    rounds = [[first_flow(folder) for folder in folders] for _ in range(asked.rounds)]
    best = [min(runs, key=lambda run: run[0]) for runs in zip(*rounds, strict=True)]
    for folder, (seconds, functions) in zip(folders, best, strict=True):
        ratio = seconds / best[0][0]
        print(f"{folder.name:20} CPU {seconds:6.2f} s; ratio {ratio:5.3f}; {len(functions)} functions compiled")
    own = Counter[str]()
    for name, seconds in best[-1][1]:
        own[name] += seconds
    for name, seconds in own.most_common(asked.functions):
        print(f"  {seconds:6.2f} s  {name}")


if __name__ == "__main__":
    main()
