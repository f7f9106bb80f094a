"""Sweeps as processes of their own: to start them, to wait for them, and to see what they leave."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from tests.conftest import DRAFT

ROOT = Path(__file__).parents[2]
VIDEOS = (*DRAFT, "data=sine", "scene=minimal", "sweep.compare=false")
NUMBERS = (*VIDEOS, "render=false")  # a job of some milliseconds

# Stands in for ffmpeg: it reads files, and encodes so many videos; of later ones it takes next to nothing until its
# caller is gone.
HOLDING = """#!/bin/sh
case "$*" in *"-i file:"*) exec {ffmpeg} "$@";; esac
for call in $(seq {videos}); do mkdir "$0-$call" 2>/dev/null && exec {ffmpeg} "$@"; done
while kill -0 $PPID 2>/dev/null && [ "$(head -c 1 | wc -c)" = 1 ]; do sleep 0.1; done
"""


def spawn(
    folder: Path,
    *words: str,
    python: str = sys.executable,
    command: tuple[str, ...] = ("pipeline", "-m"),
    path=ROOT,
    **environment: str,
) -> subprocess.Popen:
    """Start a command, a multirun by default, as a process group of its own, in `folder`."""
    env = os.environ | environment | {"PYTHONPATH": str(path)}
    return subprocess.Popen(
        [python, "-m", *command, *words], cwd=folder, env=env, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def held_after(videos: int, folder: Path) -> dict[str, str]:
    """The environment in which a sweep encodes so many videos, and each job that comes later is under way for good."""
    encoder = folder / "holding"
    encoder.write_text(HOLDING.format(videos=videos, ffmpeg=shlex.quote(bundled_ffmpeg())))
    encoder.chmod(0o755)
    return {"IMAGEIO_FFMPEG_EXE": str(encoder)}


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
