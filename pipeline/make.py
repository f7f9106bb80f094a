"""From a config to finished files, a run and then its talk: what the command line and a notebook call."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.config import plugins
from pipeline.config.schema.config import Config
from pipeline.embed.check import TALK, check_embed
from pipeline.model.arguments import check_is
from pipeline.projection.spline import load_quantities
from pipeline.run.asked import FINAL_LOSS, VIDEO, part_of
from pipeline.run.check import check
from pipeline.run.job import Job
from pipeline.run.side_by_side import job_of
from pipeline.run.subject import subjects_of
from pipeline.run.take import Take
from pipeline.store.folder import withdraw
from pipeline.store.manifest import MANIFEST, files_of, hash_of, read_manifest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What a run left in its folder: the video (the folder where there is none), the manifest, the stages done now.

    talk: the folder that embed.make=true made, else None.
    inputs: by path, SHA-256 of the bytes read of every file of data, empty where that is not known.
    """

    folder: Path
    video: Path
    manifest: dict[str, Any]
    done: tuple[str, ...]
    talk: Path | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """Every file or folder that stages made, and the manifest."""
        own = [self.folder / name for name in (MANIFEST, *sorted(files_of(self.manifest)))]
        return [*own, self.talk] if self.talk else own

    def value(self, objective: str) -> float:
        """A number that the run comes to: the final loss, or the last value of a quantity in spline.npz."""
        if objective == FINAL_LOSS:
            return float(self.manifest[objective])
        return float(load_quantities(self.folder / "spline.npz")[objective][-1])


def make(
    config: Config,
    folder: Path | str,
    command: str = "",
    started: float | None = None,
    runs: Mapping[str, Config] | None = None,
) -> Result:
    """Make, or bring up to date, everything that `config` describes in `folder`, a preview, part or strip in one inside
    it.

    command: the command line that asked for it, kept in the manifest and the video.
    started: time.perf_counter() from which the time that is reported counts; now by default.
    runs: by label, what the video shows side by side instead of the one run of `config`.
    Raises InputError, SimulationError or EncodingError; the folder's earlier results then stand untouched.
    """
    started = time.perf_counter() if started is None else started
    for name, each in {"config": config, **(runs or {})}.items():
        check_is(name, each, Config, "a Config")
        plugins.load(each.plugins)
    subject, shown = subjects_of(config, runs or {})
    for one in (subject, *shown.values()):
        check(one.config)
        check_embed(one.config)
    config, folder = subject.config, Path(folder) / part_of(config)
    job = job_of(subject, folder, command, shown)
    manifest, done = job.bring_up_to_date()
    has_video = config.render and not config.preview and not config.scene.times
    video = folder / job.video_name if has_video else folder
    result = Result(folder, video, manifest, done, inputs=inputs_of(job))
    log.info("%s", report(result, time.perf_counter() - started))
    if config.embed.make:
        return with_talk(result, config, job.takes(), command)
    if done:
        withdraw_stale_talk(result)
    return result


def inputs_of(job: Job) -> dict[str, str]:
    """The files that a job was made from, see Result: one that changed between two readings has no hash."""
    found: dict[str, str] = {}
    for path, digest in job.inputs():
        found[path] = digest if found.get(path, digest) == digest else ""
    return found


def with_talk(result: Result, config: Config, takes: Sequence[Take], command: str) -> Result:
    """The result with what is made of it for talks, which this brings up to date."""
    from pipeline.embed.talk import make_talk
    from pipeline.run.finished import Finished

    made = make_talk(Finished(result.folder, config, result.manifest, takes), command, time.perf_counter())
    return replace(result, done=result.done + made, talk=result.folder / TALK)


def withdraw_stale_talk(result: Result) -> None:
    """Remove the talk in the run's folder, and say so, where it was made from another video than stands there now."""
    place = result.folder / TALK
    shown, present = (hash_of(manifest, VIDEO[0]) for manifest in (read_manifest(place), result.manifest))
    if shown is not None and shown != present:
        changed = withdraw(place)
        kept = f"; {', '.join(changed)} was changed by hand and stays" if changed else ""
        remedy = f"`python -m pipeline.embed {result.folder}` makes it of the present one"
        log.info("%s: removed, as it was made from the replaced video%s; %s", place, kept, remedy)


def report(result: Result, seconds: float) -> str:
    """One line: what was made, how large and long it is, and how long that took."""
    facts = contents(result.video, result.manifest)
    if not result.done:
        return f"{facts}; up to date, nothing to do ({seconds:.1f} s)"
    return f"{facts}; {', '.join(result.done)} in {seconds:.1f} s"


def contents(place: Path, manifest: dict[str, Any]) -> str:
    """What stands at a place, in words."""
    files = manifest["stages"].get("render", {}).get("files", {})
    if not files:
        return f"{place}: numbers of {manifest['moments']} moments"
    size = f"{manifest['width']}x{manifest['height']}"
    if place.is_dir() and place.name != "frames":
        return f"{place}: {', '.join(files)}, {size}"
    parts = [place] if place.is_file() else list(place.iterdir())
    megabytes = sum(part.stat().st_size for part in parts) / 1e6
    return f"{place}: {size}, {manifest['seconds']:g} s, {manifest['frames']} frames, {megabytes:.1f} MB"
