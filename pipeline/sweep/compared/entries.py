"""The runs that are compared: the jobs of a sweep's folder, or finished runs from anywhere."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.config.language import Language, english, language_of
from pipeline.config.schema.config import Config, config_from
from pipeline.errors import InputError
from pipeline.run.asked import PARTS
from pipeline.store.manifest import MANIFEST, read_manifest
from pipeline.sweep.compared.values import Value, parse_override
from pipeline.sweep.jobs.record import FAILURE, INDEX, jobs_of, read_index, read_record

COMPARED = "data", "init", "dynamics"  # groups in which runs may differ: the others say how they are shown
DATA = "title", "path", "kind", "x", "y"  # where data sets differ, one key says so: the first of these that tells


@dataclass(frozen=True)
class Entry:
    """A job of a sweep: its folder, its value of every swept key, and how it ended.

    state: done, failed or missing; seconds: that it took, None where nobody knows; message: why it failed, one line;
    manifest: of its folder, {} where there is none.
    """

    folder: Path
    values: Mapping[str, Value]
    state: str = "done"
    seconds: float | None = None
    message: str = ""
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def config(self) -> Config:
        """What it was made from, if it is done. Raises InputError where its manifest does not say it as ours do."""
        try:
            config = config_from(self.manifest["config"])
        except (TypeError, ValueError, AttributeError) as error:
            message = f"is not a manifest of ours ({error}); make the run again with force=true"
            raise InputError(f"{self.folder / MANIFEST}: {message}") from None
        assert isinstance(config, Config)
        return config

    @property
    def has_run(self) -> bool:
        """Whether it is done and left the trajectory of one run, and not of several side by side."""
        return self.done and "simulate" in self.manifest["stages"]

    @property
    def done(self) -> bool:
        """Whether its results stand."""
        return self.state == "done"


def read_sweep(folder: Path | str) -> list[Entry]:
    """The jobs of a sweep's folder in their order. Raises InputError where its index cannot be read."""
    folder = Path(folder)
    index = read_index(folder)
    return [_job(folder / job.folder, _swept(job.overrides, index["keys"])) for job in jobs_of(index)]


def language_of_runs(entries: Iterable[Entry]) -> Language:
    """The language in which entries are compared: that of the first that is done, or English."""
    done = next((entry for entry in entries if entry.done), None)
    return language_of(done.config.language) if done else english()


def command_of(folder: Path | str) -> str:
    """The command line that a sweep's index holds. Raises InputError where the index cannot be read."""
    return str(read_index(Path(folder)).get("command", ""))


def read_runs(folders: Iterable[Path | str]) -> list[Entry]:
    """Finished runs, or the jobs of sweeps, told apart by the keys in which their configs differ.

    Runs that do not differ, or not all, are told apart by their folders' names too.
    Raises InputError for a folder that holds neither a run nor a sweep, and where there is none.
    """
    places = list(dict.fromkeys(place for folder in folders for place in _runs_in(Path(folder))))
    if not places:
        raise InputError("compare: no folder; give those of finished runs, or of a sweep")
    configs = [_config_of(place) for place in places]
    values = differing(configs)
    if not values[0] or len({tuple(each.items()) for each in values}) < len(places):
        values = [{"run": name, **each} for name, each in zip(_names(places), values, strict=True)]
    return [_job(place, each) for place, each in zip(places, values, strict=True)]


def read(folders: Sequence[Path | str]) -> list[Entry]:
    """The jobs of the one sweep that is given, or the finished runs. Raises InputError as both do."""
    if len(folders) == 1 and (Path(folders[0]) / INDEX).exists():
        return read_sweep(folders[0])
    return read_runs(folders)


def differing(configs: Sequence[Mapping[str, Any]]) -> list[dict[str, Value]]:
    """Of every config, the values of the keys in which they differ."""
    flat = [_flat(config) for config in configs]
    keys = [key for key in flat[0] if any(other.get(key) != flat[0][key] for other in flat)]
    telling = next((f"data.{name}" for name in DATA if f"data.{name}" in keys), None)
    if telling is None:
        return [{key: each.get(key) for key in keys} for each in flat]
    others = [key for key in keys if not key.startswith("data.")]
    return [{"data": each[telling], **{key: each.get(key) for key in others}} for each in flat]


def _flat(config: Mapping[str, Any]) -> dict[str, Value]:
    """Dotted keys of the groups that are compared; lists as text."""
    return {
        f"{group}.{key}": value if isinstance(value, (int, float, str, type(None))) else json.dumps(value)
        for group in COMPARED
        for key, value in dict(config.get(group) or {}).items()
    }


def _swept(overrides: Iterable[str], keys: Iterable[str]) -> dict[str, Value]:
    given = dict(map(parse_override, overrides))
    return {key: given.get(key) for key in keys}


def _job(folder: Path, values: Mapping[str, Value]) -> Entry:
    record = read_record(folder)
    place = _place(folder) if record is None or record.state == "done" else folder
    manifest = _run_manifest(place)
    failed = record.state == "failed" if record else not manifest and (folder / FAILURE).exists()
    state = "failed" if failed else "done" if manifest.get("stages") else "missing"
    seconds = record.seconds if record else _stage_seconds(manifest)
    return Entry(place, values, state, seconds, record.message if record else "", manifest)


def _run_manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of a finished run; {} where there is none that can be read, or one of another program."""
    manifest = read_manifest(folder)
    loss, stages = manifest.get("final_loss"), manifest.get("stages")
    config = manifest.get("config")
    groups = isinstance(config, dict) and all(isinstance(config.get(group) or {}, dict) for group in COMPARED)
    return manifest if groups and isinstance(loss, int | float) and isinstance(stages, dict) else {}


def _place(folder: Path) -> Path:
    """Where a job left its manifest: in its folder, or in the one inside it that takes previews, parts and strips."""
    inside = [path.parent for pattern in PARTS for path in folder.glob(f"{pattern}/{MANIFEST}")]
    return folder if (folder / MANIFEST).exists() or len(inside) != 1 else inside[0]


def _stage_seconds(manifest: Mapping[str, Any]) -> float | None:
    stages = manifest.get("stages", {}).values()
    return sum(stage.get("seconds", 0.0) for stage in stages) if stages else None


def _runs_in(folder: Path) -> list[Path]:
    if (folder / INDEX).exists():
        return [entry.folder for entry in read_sweep(folder) if entry.done]
    return [folder]


def _config_of(folder: Path) -> Mapping[str, Any]:
    manifest = _run_manifest(folder)
    if not manifest or "runs" in manifest:
        raise InputError(f"{folder}: holds no finished run of one network; give folders with a manifest.json of one")
    config: Mapping[str, Any] = manifest["config"]
    return config


def _names(places: Sequence[Path]) -> list[str]:
    """The last part of each path, or as many as tell them apart."""
    whole = [place.resolve().parts for place in places]
    depth = next(n for n in range(1, 99) if len({parts[-n:] for parts in whole}) == len({*whole}))
    return ["/".join(parts[-depth:]) for parts in whole]
