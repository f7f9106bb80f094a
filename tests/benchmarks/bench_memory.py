"""Memory of a sweep's worker from job to job: most that it ever took, MB.

    python -m tests.benchmarks.bench_memory [--jobs 1000]

The jobs are as short as can be, in one process; what each leaves in memory would add up.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

from hydra import initialize_config_dir

from pipeline.config.compose import configs
from pipeline.config.home import CONF, register
from pipeline.sweep.jobs.lifetime import this_process
from pipeline.sweep.jobs.work import WorkItem, do

SHORT = "video=draft", "video.fps=2", "timing.seconds=2", "timing.hold_end=0", "init.width=10"
SHOWN = 20  # lines


def job(seed: int, place: Path) -> None:
    """One job as a worker does it, in a folder that goes again."""
    folder, progress = place / f"{seed}", place / "progress"
    progress.mkdir()
    overrides = [*SHORT, f"init.seed={seed}"]
    record = do(WorkItem(seed, str(folder), overrides, "", "", str(progress), this_process()), configs)
    assert record.state == "done", record.message
    for made in (folder, progress):
        shutil.rmtree(made)


def most_memory() -> float:
    """That this process took so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print it after every so many jobs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1000)
    jobs = parser.parse_args().jobs
    os.environ["OMP_NUM_THREADS"] = "1"  # as launchers tell workers
    register()
    with initialize_config_dir(str(CONF), version_base="1.3"), tempfile.TemporaryDirectory() as place:
        for seed in range(jobs):
            job(seed, Path(place))
            if seed in (0, 9) or (seed + 1) % max(jobs // SHOWN, 1) == 0:
                print(f"{seed + 1:5d} jobs: {most_memory():.1f} MB", flush=True)


if __name__ == "__main__":
    main()
