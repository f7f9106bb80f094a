"""From a config to finished files: what the command line and a notebook call."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.check import check
from pipeline.comparison import compare
from pipeline.config import Config
from pipeline.job import SingleRun
from pipeline.model.sources import load_data

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What a run left: the video (the folder where there is none), the manifest, and which stages it did now."""

    video: Path
    manifest: dict[str, Any]
    done: tuple[str, ...]


def run(
    config: Config,
    folder: Path | str,
    command: str = "",
    started: float | None = None,
    runs: Mapping[str, Config] | None = None,
) -> Result:
    """Make, or bring up to date, everything that `config` describes in `folder`.

    command: the command line that asked for it, kept in the manifest and the video.
    started: time.perf_counter() from which the time that is reported counts; now by default.
    runs: by label, what the video shows side by side instead of the one run of `config`.
    Raises InputError, SimulationError or EncodingError; the folder's earlier results then stand untouched.
    """
    started = time.perf_counter() if started is None else started
    for each in (config, *(runs or {}).values()):
        check(each)
    folder = Path(folder)
    job = compare(config, runs, folder, command) if runs else SingleRun(config, folder, command, load_data(config.data))
    manifest, done = job.bring_up_to_date()
    result = Result(folder / job.video_name if config.render else folder, manifest, done)
    log.info("%s", report(result, time.perf_counter() - started))
    return result


def report(result: Result, seconds: float) -> str:
    """One line: what was made, how large and long it is, and how long that took."""
    video, manifest = result.video, result.manifest
    if "render" in manifest["stages"]:
        files = [video] if video.is_file() else list(video.iterdir())
        size = sum(file.stat().st_size for file in files) / 1e6
        facts = (
            f"{video}: {manifest['width']}x{manifest['height']}, {manifest['seconds']:g} s, "
            f"{manifest['frames']} frames, {size:.1f} MB"
        )
    else:
        facts = f"{video}: numbers of {manifest['frames']} frames"
    if not result.done:
        return f"{facts}; up to date, nothing to do ({seconds:.1f} s)"
    return f"{facts}; {', '.join(result.done)} in {seconds:.1f} s"
