"""What is made of finished jobs: a montage, small multiples, plots, a table of numbers, and a page over all of them."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.home import shipped_theme
from pipeline.config.language import Language
from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.console import progress
from pipeline.errors import InputError
from pipeline.render.drawing.theme import style_for
from pipeline.store.folder import kept_if_filled
from pipeline.store.keys import content_key, made_by
from pipeline.store.manifest import hash_of
from pipeline.store.stage import Stage, StagedFolder
from pipeline.sweep import gallery
from pipeline.sweep.compared import media, montage, multiples, plots, sliders, summary
from pipeline.sweep.compared.arrangement import Arrangement, capacity
from pipeline.sweep.compared.crossing import crossed_keys
from pipeline.sweep.compared.entries import Entry, language_of_runs
from pipeline.sweep.compared.plan import Plan, planned
from pipeline.sweep.compared.slider_grid import Grid, grid_of
from pipeline.sweep.jobs.place import WITHIN

log = logging.getLogger(__name__)

PICTURED = "data", "init", "dynamics", "projection", "timing", "theme", "language"  # groups that pictures follow


@dataclass
class Comparison(StagedFolder):
    """The entries that are compared, the folder that takes what is made of them, and how."""

    kind = "comparison"
    within = WITHIN

    entries: Sequence[Entry]
    folder: Path
    options: SweepConfig = field(default_factory=SweepConfig)
    command: str = ""

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """summary, plots, multiples, montage, sliders, media, page: those for which there is something to show."""
        stages = [self._stage("summary", self._numbers, (summary.SUMMARY,), self._summary)]
        if self._plan([summary.Row(entry, {}) for entry in self.entries]):
            themes = {name: asdict(theme) for name, theme in self._themes.items()}
            inputs = [stages[0].key, self.options.rows, self.options.columns, themes, dict(self._say.words)]
            stages.append(self._stage("plots", inputs, (*plots.PLOTS, plots.DARK_PLOTS), self._plots))
        if self._shown:
            stages += self._picture_stages(self._shown)
        if self._grid:
            placed = [_placed(self._grid), self.command]
            stages.append(self._stage("sliders", placed, (sliders.SLIDERS,), self._sliders))
        if brought := media.from_elsewhere(self.entries, self.folder):
            stages.append(self._stage("media", brought, (media.MEDIA,), self._media))
        files = [[stage.key, stage.files] for stage in stages]
        words = self._say.code, dict(self._say.words)
        page = content_key(files, self._links, self.command, self._title, *words, made_by("pipeline.sweep.gallery"))
        return (*stages, Stage("page", page, (gallery.PAGE,), self._page))

    def _stage(self, name: str, inputs: Any, files: tuple[str, ...], make: Callable[[Path], None]) -> Stage:
        """A stage that the module of its name makes of `inputs`, which JSON can hold."""
        return Stage(name, content_key(inputs, made_by(f"pipeline.sweep.compared.{name}")), files, make)

    def _picture_stages(self, shown: Arrangement) -> list[Stage]:
        """What draws the runs anew."""
        options = asdict(self.options) | {"montage": None, "sliders": None, "bunch": None, "compare": None}
        runs = [_pictured(entry) for entry in shown.entries]
        inputs = [runs, shown.labels, repr(shown.table), shown.notes, shown.entries[0].config.video.fps]
        style = style_for(shown.entries[0].config.theme, self.options.width, self.options.height)
        room = capacity(self.options, style.text)

        def sheets(place: Path) -> None:
            multiples.draw_multiples(shown, self.options, room, place)

        def film(place: Path) -> None:
            montage.draw_montage(shown, self.options, place, self.command)

        names = (multiples.MULTIPLES, *multiples.sheet_names(shown, self.options, room[1]))
        stages = [self._stage("multiples", [inputs, options], names, sheets)]
        if self.options.montage:
            files = montage.MONTAGE, montage.POSTER, montage.LAST
            stages.append(self._stage("montage", [inputs, options | {"times": None}], files, film))
        return stages

    def manifest(self, stages: dict[str, Any]) -> dict[str, Any]:
        """Where it comes from, and what was made."""
        return {
            "command": self.command,
            "version": __version__,
            "sweep": asdict(self.options),
            "jobs": len(self.entries),
            "stages": stages,
        }

    @cached_property
    def _shown(self) -> Arrangement | None:
        """What the montage shows; None where there is nothing to draw.

        So it is where no run is done, none drew pictures, or each shows several runs side by side.
        """
        done = [entry for entry in self.entries if entry.done]
        drawn = all(entry.has_run for entry in done) and any("render" in entry.manifest["stages"] for entry in done)
        return montage.arrangement(self.entries, self.options) if drawn else None

    @cached_property
    def _grid(self) -> Grid | None:
        """The runs of the page of sliders; None where it is not asked for, or fewer than two can be shown."""
        return grid_of(self.entries) if self.options.sliders else None

    @cached_property
    def _numbers(self) -> list[Any]:
        """Of every entry, all that its numbers depend on."""
        parts = "folder", "values", "state", "seconds", "message"
        return [[*(repr(getattr(entry, part)) for part in parts), *_measured(entry)] for entry in self.entries]

    @cached_property
    def _links(self) -> list[dict[str, str]]:
        return media.links(self.entries, self.folder)

    @cached_property
    def _say(self) -> Language:
        return language_of_runs(self.entries)

    @cached_property
    def _themes(self) -> dict[str, ThemeConfig]:
        """The page stands in the browser's colours, not in the jobs' theme: its light and its dark are ours."""
        return {name: shipped_theme(name) for name in ("light", "dark")}

    @cached_property
    def _rows(self) -> list[summary.Row]:
        """The jobs' numbers, as the summary has them."""
        return summary.read_numbers(self.place_of(summary.SUMMARY), self.entries)

    def _plan(self, rows: Sequence[summary.Row]) -> Plan | None:
        return planned(rows, self.options)

    @property
    def _title(self) -> str:
        """The sweep's name, which that of its folder's parent is; else the folder's own."""
        folder = self.folder.resolve()
        return folder.parent.name if folder.name == "sweep" else folder.name

    def _summary(self, place: Path) -> None:
        with progress.track("measure", len(self.entries), "job") as update:
            summary.write_summary(self.entries, self.folder, place / summary.SUMMARY, update)

    def _plots(self, place: Path) -> None:
        plan = self._plan(self._rows)
        assert plan is not None
        plots.draw_plots(plan, self._themes, place)

    def _sliders(self, place: Path) -> None:
        assert self._grid is not None
        with progress.track("pack", len(self._grid.shown), "run") as update:
            sliders.write_sliders(self._grid, self.command, place / sliders.SLIDERS, update)

    def _media(self, place: Path) -> None:
        media.bring(self.entries, self.folder, place)

    def _page(self, place: Path) -> None:
        made = {name for stage in self.stages for name in stage.files}
        files = {
            self._say("gallery.sliders"): sliders.SLIDERS,
            self._say("gallery.numbers"): summary.SUMMARY,
            self._say("gallery.plots"): plots.PLOTS[0],
            self._say("gallery.multiples"): multiples.MULTIPLES,
        }
        extras = {
            "command": self.command,
            "montage": {"video": montage.MONTAGE, "poster": montage.LAST} if montage.MONTAGE in made else None,
            "plots": {"light": plots.PLOTS[2], "dark": plots.DARK_PLOTS} if plots.DARK_PLOTS in made else None,
            "files": {words: name for words, name in files.items() if name in made},
        }
        text = gallery.page(self._title, self._rows, self._links, extras, self._say)
        (place / gallery.PAGE).write_text(text, encoding="utf-8")


def _trajectory_hash(entry: Entry) -> str | None:
    """What tells one finished simulation from another; None where there is none."""
    return hash_of(entry.manifest, "trajectory.npz") if entry.done else None


def _measured(entry: Entry) -> list[Any]:
    """What the numbers of a finished run follow, read without building its config: there may be thousands."""
    config = entry.manifest["config"] if entry.done else {}
    return [_trajectory_hash(entry), *(config.get(name) for name in ("init", "dynamics", "projection"))]


def _pictured(entry: Entry) -> list[Any]:
    """What pictures of a finished run follow."""
    config = asdict(entry.config)
    return [_trajectory_hash(entry), entry.manifest.get("axes"), {name: config[name] for name in PICTURED}]


def _placed(grid: Grid) -> list[Any]:
    """What a page of sliders follows: by place a run, or how one ended, and what the sliders say."""
    tried = [
        [
            place,
            entry.state,
            entry.message,
            *([*_pictured(entry), hash_of(entry.manifest, "spline.npz")] if entry.has_run else []),
        ]
        for place, entry in grid.tried.items()
    ]
    return [tried, [asdict(slider) for slider in grid.sliders], list(grid.notes)]


def compare(
    entries: Sequence[Entry], out: Path | str, options: SweepConfig | None = None, command: str = ""
) -> list[Path]:
    """Make, or bring up to date, all that compares these runs, in the folder `out`; what stands there then.

    montage.mp4 (with its first and last frame), multiples.pdf and .png, plots.pdf, .png and .svg, summary.csv, the page
    index.html that shows them, and sweep.html, with a slider for every swept key. Where no run drew pictures there are
    no montage and no multiples. `out` is locked meanwhile: do not hold it.
    command: the command line that asked for the runs, for the page.
    Raises InputError where there is nothing to compare or a key or time cannot be shown.
    """
    started, out = time.perf_counter(), Path(out)
    options = options or SweepConfig()
    if not entries:
        raise InputError("compare: no run is given")
    crossed_keys(entries, options)  # for keys that are not swept, before any work
    comparison = Comparison(entries, out, options, command)
    stages = comparison.stages
    with kept_if_filled(out):
        _, done = comparison.bring_up_to_date()
    did = f"{', '.join(done)} in {time.perf_counter() - started:.1f} s" if done else "up to date, nothing to do"
    jobs = "1 job" if len(entries) == 1 else f"{len(entries)} jobs"
    log.info("%s: %s compared; %s", out / gallery.PAGE, jobs, did)
    return [out / name for stage in stages for name in stage.files]
