"""Many runs in one video: drawn from their trajectories, on one clock and on shared axes, in a table of swept keys."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.config.schema.config import Config
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.console import progress
from pipeline.errors import InputError
from pipeline.projection.spline import project
from pipeline.render.drawing.theme import style_for
from pipeline.render.film.timing import frame_count, frame_times
from pipeline.render.film.words import SEPARATOR
from pipeline.render.scene.mosaic import RunTable
from pipeline.render.scene.panel_spec import panel_names
from pipeline.run.asked import PICTURES, asked_quantities
from pipeline.run.computing import compute_quantities
from pipeline.run.drawing import draw
from pipeline.run.finished import read_take
from pipeline.run.simulating import first_time
from pipeline.run.take import Take
from pipeline.simulate.resample import resampled
from pipeline.sweep.compared.arrangement import Arrangement, arrange
from pipeline.sweep.compared.entries import Entry

SUBTITLE = "{neurons} neurons · {init} init · scale {scale} · seed {seed} · {samples} samples · {dynamics}"
MONTAGE, POSTER, LAST = "montage.mp4", "montage.png", "montage_last.png"
MARKS = 0.6  # of a theme's marks in a frame of nine runs and more: in a small panel a large one hides the curve
UNCROWDED = 4  # runs among which marks keep their size and their numbers have room


def arrangement(entries: Sequence[Entry], options: SweepConfig) -> Arrangement:
    """What the montage of these entries shows, and where."""
    theme = next((entry.config.theme for entry in entries if entry.done), None)
    if theme is None:
        raise InputError("compare: no run is done")
    return arrange(entries, options, style_for(theme, options.width, options.height).text)


def draw_montage(shown: Arrangement, options: SweepConfig, place: Path, comment: str = "") -> None:
    """Render the montage, its first and its last frame into a folder, under the names above."""
    takes = on_one_clock(shown)
    config = montage_config(shown, takes, options)
    takes = with_quantities(takes, config)
    draw(config, takes, place / MONTAGE, progress.track, comment, plain_table(shown.table))
    for picture, name in zip(PICTURES, (POSTER, LAST), strict=True):
        (place / picture).replace(place / name)


def montage_config(shown: Arrangement, takes: Sequence[Take], options: SweepConfig, times: int = 1) -> Config:
    """The config of the montage's scene: the first run's look and pace, the options' size and panels.

    times: how often the frame shows every run.
    """
    tiles = times * len(takes)
    base = takes[0].config
    layout = LayoutConfig(options.mosaic)
    same = len({take.data.name for take in takes}) == 1
    title = "ReLU networks learn {data}" if same else "ReLU networks learn"
    subtitle = SEPARATOR.join([*map(plain_text, shown.notes), SUBTITLE])  # where room is scarce its end is lost
    crowded = {name: {"tally": False} for name in panel_names(layout) if name == "function" and tiles > UNCROWDED}
    scene = SceneConfig(title, subtitle, wide=layout, narrow=layout, panels=crowded)
    size = MARKS + (1 - MARKS) * UNCROWDED / max(tiles, UNCROWDED)
    theme = replace(base.theme, mark_size=size * base.theme.mark_size)
    video = VideoConfig(width=options.width, height=options.height, fps=base.video.fps, timeout=base.video.timeout)
    return replace(Config(), scene=scene, theme=theme, video=video, projection=base.projection, timing=base.timing)


def on_one_clock(shown: Arrangement) -> list[Take]:
    """The runs at common training times: those of their frames where all share them, else those of `common_times`.

    Raises InputError for a run whose files are gone or damaged.
    """
    runs = [
        read_take(entry.folder, plain_text(label)) for entry, label in zip(shown.entries, shown.labels, strict=True)
    ]
    first = min(first_time(run.config, run.data, run.trajectory.network(0)) for run in runs)
    kind = "linear" if all(run.config.timing.kind == "linear" for run in runs) else "log"
    times = runs[0].trajectory.t
    trajectories = [run.trajectory for run in runs]
    if not all(np.array_equal(trajectory.t, times) for trajectory in trajectories):
        times = common_times([run.config for run in runs], kind, first, max(each.t[-1] for each in trajectories))
        trajectories = [resampled(trajectory, times) for trajectory in trajectories]
    takes = []
    for run, trajectory in zip(runs, trajectories, strict=True):
        clock = replace(run.config, timing=replace(run.config.timing, kind=kind, first_time=first))
        takes.append(Take(clock, run.data, trajectory, project(trajectory), {}, run.label))
    return takes


def common_times(configs: Sequence[Config], kind: str, first: float, end: float) -> np.ndarray:
    """Training time of every frame of the montage (F,): the pace of the longest clip, up to the latest end."""
    longest = max(configs, key=lambda config: frame_count(config.timing.seconds, config.video.fps))
    timing = longest.timing
    holds = timing.hold_start, timing.hold_end
    return frame_times(kind, float(end), timing.seconds, longest.video.fps, *holds, first)


def with_quantities(takes: Sequence[Take], config: Config) -> list[Take]:
    """The takes with what the scene's panels draw, computed at their times."""
    made = []
    for take in takes:
        asked = replace(take.config, scene=config.scene, projection=replace(take.config.projection, quantities=[]))
        names = asked_quantities(asked)
        quantities = compute_quantities(names, asked, take.trajectory, take.spline, progress.track) if names else {}
        made.append(replace(take, quantities=quantities))
    return made


def plain_text(text: str) -> str:
    """A text of the user's in which nothing starts a formula."""
    return text.replace("$", r"\$")


def plain_table(table: RunTable | None) -> RunTable | None:
    """A table whose words start no formula."""
    if table is None:
        return None
    rows, columns = ([tuple(map(plain_text, words)) for words in side] for side in (table.rows, table.columns))
    return replace(table, rows=rows, columns=columns)
