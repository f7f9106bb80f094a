"""Sweeps to compare: real ones as the engine leaves them, at a size that takes a moment, and made-up entries."""

import itertools
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.make import make
from pipeline.store.names import safe_name
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.jobs.record import Record, SweptJob, write_index, write_record
from tests.conftest import DRAFT, composed


def make_sweep(folder: Path, swept: dict[str, list], *common: str) -> Path:
    """Run every combination of the values into a folder of its own, failures recorded; the sweep's folder."""
    jobs = []
    for values in itertools.product(*swept.values()):
        overrides = [f"{key}={value}" for key, value in zip(swept, values, strict=True)]
        given = {key: str(value) for key, value in zip(swept, values, strict=True)}
        jobs.append(SweptJob(safe_name(",".join(overrides)), given, overrides))
        make_job(folder / jobs[-1].folder, overrides, common)
    write_index(folder, {"command": "python -m pipeline -m …", "version": "0"}, jobs)
    return folder


def make_job(folder: Path, overrides: list[str], common: tuple[str, ...]) -> None:
    """One job of it."""
    folder.mkdir(parents=True)
    try:
        make(composed("data=sine", *DRAFT, *common, *overrides), folder)
        write_record(folder, Record("done", overrides, 0.25))
    except PipelineError as error:
        write_record(folder, Record("failed", overrides, 0.25, str(error)), f"{overrides}\n{error}")


def entries_of(swept: dict[str, list], state=lambda values: "done", config=None) -> list[Entry]:
    """Entries of every combination of the values that stand nowhere on disk; state: of one, from its values;
    config: of all, as manifests have it."""
    entries = []
    for number, values in enumerate(itertools.product(*swept.values())):
        given = dict(zip(swept, values, strict=True))
        manifest = {"final_loss": float(number), "config": config or {}}
        entries.append(Entry(Path(f"run{number}"), given, state(given), 1.0, "", manifest))
    return entries
