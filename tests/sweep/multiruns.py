"""Sweeps as processes of their own: to start them, to wait for them, and to see what they leave."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import DRAFT

ROOT = Path(__file__).parents[2]
VIDEOS = (*DRAFT, "data=sine", "scene=minimal", "sweep.compare=false")
NUMBERS = (*VIDEOS, "render=false")  # a job of some milliseconds


def spawn(
    folder: Path, *words: str, python: str = sys.executable, command: tuple[str, ...] = ("pipeline", "-m"), path=ROOT
) -> subprocess.Popen:
    """Start a command, a multirun by default, as a process group of its own, in `folder`."""
    env = os.environ | {"PYTHONPATH": str(path)}
    return subprocess.Popen(
        [python, "-m", *command, *words], cwd=folder, env=env, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def wait_for(condition) -> None:
    """Until it holds, for a minute at most."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def hidden(folder: Path) -> list[str]:
    """Names of what should not be left."""
    return [str(path.relative_to(folder)) for path in folder.rglob(".*")]


def alive(group: int) -> list[int]:
    """Processes of a group that have not ended, as Linux lists them."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, owner = place.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended just now
            continue
        if int(owner) == group and state != "Z":
            found.append(int(place.parent.name))
    return found
