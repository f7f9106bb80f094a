"""Draft videos a minute of a sweep with two workers, side by side in one run.

    python -m tests.benchmarks.bench_sweep [--against CHECKOUT] [--jobs 24] [--rounds 2]

Each round times a short sweep and one that is longer by `--jobs`: what a further job takes is the difference, without
the start of the command and its workers, and 1,000 of them follow from it. Prints the least of all rounds, by the clock
and of processors.
"""

import tempfile
from pathlib import Path

from tests.benchmarks.checkouts import Checkout, Spent, checkouts, parser

WORKERS = 2
FEW = 8  # jobs of the short sweep: a bunch for each worker, so that all is imported and compiled
SWEEP = "-m", "name=jobs", "video=draft", "sweep.compare=false", "sweep.bunch=4"
ENGINE = "hydra/launcher=joblib", f"hydra.launcher.n_jobs={WORKERS}"


def sweep(checkout: Checkout, jobs: int) -> Spent:
    """What a sweep over seeds takes."""
    checkout.empty()
    return checkout.spent(*SWEEP, *ENGINE, f"init.seed=range({jobs})")


def further_job(checkout: Checkout, jobs: int) -> Spent:
    """What a job of a long sweep takes."""
    short, long = sweep(checkout, FEW), sweep(checkout, FEW + jobs)
    return Spent((long.wall - short.wall) / jobs, (long.cpu - short.cpu) / jobs)


def speeds() -> list[tuple[str, str]]:
    """Rows of the README's table."""
    with tempfile.TemporaryDirectory() as place:
        job = further_job(*checkouts([], Path(place)), 24)
    return [(f"draft videos of a sweep, {WORKERS} workers", f"{60 / job.wall:.0f} a minute")]


def main() -> None:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--jobs", type=int, default=24)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        others = checkouts(asked.against, Path(place))
        rounds = [[further_job(each, asked.jobs) for each in others] for _ in range(asked.rounds)]
        found = [Spent(min(s.wall for s in each), min(s.cpu for s in each)) for each in zip(*rounds, strict=True)]
    for each, job in zip(others, found, strict=True):
        rate = f"{60 / job.wall:5.1f} videos a minute, CPU {job.cpu:5.2f} s a video"
        print(f"{each.name:20} {rate}; times the first {found[0].wall / job.wall:5.2f}, {found[0].cpu / job.cpu:5.2f}")


if __name__ == "__main__":
    main()
