"""Many runs in one video: drawn from their trajectories, on one clock and on shared axes, in a table of swept keys."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.console import progress
from pipeline.errors import InputError
from pipeline.render.drawing.theme import style_for
from pipeline.render.film.words import SEPARATOR
from pipeline.render.scene.mosaic import RunTable
from pipeline.render.scene.panel_spec import panel_names
from pipeline.run.asked import PICTURES, asked_quantities
from pipeline.run.computing import compute_quantities
from pipeline.run.drawing import draw
from pipeline.run.finished import read_take
from pipeline.run.take import Take
from pipeline.sweep.compared.arrangement import Arrangement, arrange
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.montage_story import calling, with_story

MONTAGE, POSTER, LAST = "montage.mp4", "montage.png", "montage_last.png"
MARKS = 0.5  # of a theme's marks in a frame of very many runs: in a small panel a large one hides the curve
UNCROWDED = 2  # runs among which marks keep their size and their numbers have room


def arrangement(entries: Sequence[Entry], options: SweepConfig) -> Arrangement:
    """What the montage of these entries shows, and where."""
    theme = next((entry.config.theme for entry in entries if entry.done), None)
    if theme is None:
        raise InputError("compare: no run is done")
    return arrange(entries, options, style_for(theme, options.width, options.height).text)


def draw_montage(shown: Arrangement, options: SweepConfig, place: Path, comment: str = "") -> None:
    """Render the montage, its first and its last frame into a folder, under the names above."""
    takes = finished_takes(shown)
    config = montage_config(shown, takes, options)
    told = replace(options, scene=calling(options.scene, shown.told_as))
    config = replace(config, scene=with_story(config.scene, told))
    takes = with_quantities(takes, config)
    draw(config, takes, place / MONTAGE, progress.track, comment, plain_table(shown.table))
    for picture, name in zip(PICTURES, (POSTER, LAST), strict=True):
        (place / picture).replace(place / name)


def montage_config(shown: Arrangement, takes: Sequence[Take], options: SweepConfig, times: int = 1) -> Config:
    """The config of the montage's scene: the first run's look, the longest clip's pace, the options' size and panels.

    times: how often the frame shows every run.
    """
    tiles = times * len(takes)
    base = takes[0].config
    say = language_of(base.language)
    layout = LayoutConfig(options.mosaic)
    same = len({take.data.name for take in takes}) == 1
    title = say("montage.title" if same else "montage.several")
    # Where room is scarce the end of it is lost.
    subtitle = SEPARATOR.join([*map(plain_text, shown.notes), say("montage.subtitle")])
    crowded = {name: {"tally": False} for name in panel_names(layout) if name == "function" and tiles > UNCROWDED}
    scene = SceneConfig(title, subtitle, wide=layout, narrow=layout, panels=crowded)
    size = MARKS + (1 - MARKS) * UNCROWDED / max(tiles, UNCROWDED)
    theme = replace(base.theme, mark_size=size * base.theme.mark_size)
    video = VideoConfig(width=options.width, height=options.height, fps=base.video.fps, timeout=base.video.timeout)
    timing = longest_timing(takes)
    return Config(
        scene=scene, theme=theme, language=base.language, video=video, projection=base.projection, timing=timing
    )


def finished_takes(shown: Arrangement) -> list[Take]:
    """The finished runs. Raises InputError for one whose files are gone or damaged."""
    return [
        read_take(entry.folder, plain_text(label)) for entry, label in zip(shown.entries, shown.labels, strict=True)
    ]


def longest_timing(takes: Sequence[Take]) -> TimingConfig:
    """The timing of the run with the longest clip, at a pace that fits all: even unless they share another."""
    longest = max((take.config.timing for take in takes), key=lambda timing: timing.seconds)
    kinds = {take.config.timing.kind for take in takes}
    return replace(longest, kind=kinds.pop() if len(kinds) == 1 else TimingConfig().kind)


def with_quantities(takes: Sequence[Take], config: Config) -> list[Take]:
    """The takes with what the scene's panels draw, computed at their moments."""
    made = []
    for take in takes:
        asked = replace(take.config, scene=config.scene, projection=replace(take.config.projection, quantities=[]))
        names = asked_quantities(asked)
        quantities = compute_quantities(names, asked, take.trajectory, take.spline, progress.track)
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
