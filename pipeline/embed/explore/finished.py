"""A finished run's folder, read back, with what the page's limits follow."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.projection.quantities import compute
from pipeline.run.finished import finished_manifest, read_take
from pipeline.run.take import Take

SHOWN = "sorted_breakpoint", "piece_slope"  # quantities that the page's limits follow


def load_take(folder: Path) -> tuple[Take, dict[str, Any]]:
    """The finished run in a folder, and its manifest. Raises InputError where there is none."""
    manifest = finished_manifest(folder)
    if "runs" in manifest:
        several = ", ".join(str(folder / run["folder"]) for run in manifest["runs"].values())
        raise InputError(f"{folder}: shows several runs side by side; give one of {several}")
    take = read_take(folder)
    return replace(take, quantities=compute(SHOWN, take.trajectory, take.spline)), manifest
