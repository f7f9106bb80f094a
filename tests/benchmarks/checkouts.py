"""Commands of several checkouts of this project, timed in turn, so that they share what else the machine does."""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Spent:
    """Seconds that a command took: by the clock, and of processors, its children's too."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Checkout:
    """A checkout by its name in tables, and a folder of its own for what its commands make."""

    name: str
    root: Path
    folder: Path

    def spent(self, *words: str) -> Spent:
        """What `python -m pipeline WORDS` takes, as a user would start it. Raises CalledProcessError where it fails."""
        own = {**os.environ, "PYTHONPATH": str(self.root)}
        own.pop("PYTHONDONTWRITEBYTECODE", None)  # or each start would compile all modules of the package
        before, started = _children(), time.perf_counter()
        command = [sys.executable, "-m", "pipeline", *words]
        subprocess.run(command, cwd=self.folder, env=own, check=True, capture_output=True)
        return Spent(time.perf_counter() - started, _children() - before)

    def empty(self) -> None:
        """Remove what its commands made."""
        shutil.rmtree(self.folder / "renders", ignore_errors=True)


def checkouts(against: Sequence[Path], folder: Path) -> list[Checkout]:
    """The others, then this one, each at work in a folder of its own below `folder`."""
    found = [Checkout(root.resolve().name, root.resolve(), folder / f"{k}") for k, root in enumerate([*against, HERE])]
    for each in found:
        each.folder.mkdir()
    return found


def parser(about: str) -> argparse.ArgumentParser:
    """Of a benchmark's options: `--against` others, and how often each command is timed."""
    made = argparse.ArgumentParser(description=about)
    made.add_argument("--against", type=Path, action="append", default=[], metavar="CHECKOUT")
    made.add_argument("--rounds", type=int, default=5)
    return made


def python_in(root: Path, script: str, *words: str, **variables: str) -> subprocess.Popen[str]:
    """A Python with a checkout's modules that runs a script, its input and output at hand; variables: environment."""
    own = {**os.environ, "PYTHONPATH": str(root), **variables}
    command = [sys.executable, "-c", script, *words]
    return subprocess.Popen(command, cwd=root, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str], line: str = "") -> str:
    """What such a script, which answers each line by one, says to this one."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
