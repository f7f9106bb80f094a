"""Keys of `sweep`."""

from dataclasses import dataclass
from typing import Any

from pipeline.config.fields import config_key


@dataclass
class SweepSceneConfig:
    """`sweep.scene`: what the montage says; `run` of a beat or ending is the label that the page has for a run, or
    has in English."""

    title: str = config_key("", "as scene.title")
    subtitle: str = config_key("", "as scene.subtitle")
    opening: bool = config_key(False, "as scene.opening")
    missed: str = config_key("refuse", "as scene.missed", choices=("refuse", "skip"))
    beats: list[dict[str, Any]] = config_key([], "as scene.beats")
    ending: dict[str, Any] = config_key({}, "as scene.ending")


@dataclass
class SweepConfig:
    """Key `sweep`: what is done with the jobs of a sweep, python -m pipeline -m …"""

    bunch: int | None = config_key(
        None,
        "jobs that go to a worker, or a task of a cluster, together; null: a sixty-fourth of all, 32 at most",
        at_least=1,
        at_most=1_000_000,
    )
    compare: bool = config_key(
        True, "montage, multiples, plots, summary.csv, and the pages index.html and sweep.html; false: none of them"
    )
    montage: bool = config_key(True, "false: all of them but the video, which takes longest")
    sliders: bool = config_key(True, "false: all of them but sweep.html, the page with a slider for every swept key")
    rows: str | None = config_key(None, "swept key whose values are the rows of the montage; null: chosen, seeds last")
    columns: str | None = config_key(None, "swept key whose values are its columns; null: chosen")
    times: list[float] | None = config_key(
        None,
        "of the small multiples, as in [0,0.1,30]; null: four, first to last",
        unit="training time",
        at_least=0,
        at_most=1e50,
    )
    mosaic: list[list[str]] = config_key([["function"]], "panels of one run in the montage, rows from top to bottom")
    scene: dict[str, Any] = config_key(
        {}, "what the montage says: title, subtitle, opening, beats, ending and missed, as of `scene`"
    )
    width: int = config_key(1920, "of the montage; even", unit="px", at_least=320, at_most=7680)
    height: int = config_key(1080, "of the montage; even", unit="px", at_least=240, at_most=4320)
