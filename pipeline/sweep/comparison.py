"""What is made of finished jobs: a montage, small multiples, plots, a table of numbers, and a page over all of them."""

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.console import progress
from pipeline.errors import InputError
from pipeline.store.folder import make_folder
from pipeline.store.keys import content_key, made_by
from pipeline.store.stage import Stage, StagedFolder
from pipeline.sweep import gallery
from pipeline.sweep.compared import montage, multiples, plots, summary
from pipeline.sweep.compared.arrangement import Arrangement, capacity, crossed_keys
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.media import links

log = logging.getLogger(__name__)

PLOTS = "plots.pdf", "plots.png", "plots.svg", "plots_dark.svg"
# The page stands in the browser's colours, not in the jobs' theme: these are its light and its dark.
DARK = ThemeConfig(
    background="#12151a", foreground="#f3f1ec", muted="#a3abb5", data="#7c8591", rule="#262b33",
    rising="#ff9243", falling="#5cb8f5",
)  # fmt: skip


@dataclass
class Comparison(StagedFolder):
    """The entries that are compared, the folder that takes what is made of them, and how."""

    kind = "comparison"

    entries: Sequence[Entry]
    folder: Path
    options: SweepConfig = field(default_factory=SweepConfig)
    command: str = ""

    @cached_property
    def shown(self) -> Arrangement | None:
        """What the montage shows; None where there is nothing to draw.

        So it is where no run is done, none drew pictures, or each shows several runs side by side.
        """
        done = [entry for entry in self.entries if entry.done]
        drawn = all(entry.has_run for entry in done) and any("render" in entry.manifest["stages"] for entry in done)
        return montage.arrangement(self.entries, self.options) if drawn else None

    @cached_property
    def links(self) -> list[dict[str, str]]:
        """Where the page finds the files of every entry; those of other folders are brought there."""
        return links(self.entries, self.folder)

    def todo(self, manifest: dict[str, Any]) -> tuple[Stage, ...]:
        """As ever; files of other folders that went missing are brought back first."""
        _ = self.links
        return super().todo(manifest)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """summary, plots, multiples, montage, page: those for which there is something to show."""
        stages = [self._summary_stage()]
        if self._has_plots:
            stages.append(Stage("plots", self._plots_key(stages[0].key), PLOTS, self._plots))
        if self.shown:
            stages.append(Stage("multiples", self._drawn_key("multiples"), self._sheets, self._multiples))
        if self.shown and self.options.montage:
            files = montage.MONTAGE, montage.POSTER, montage.LAST
            stages.append(Stage("montage", self._drawn_key("montage"), files, self._montage))
        page = Stage("page", self._page_key(stages), (gallery.PAGE,), self._page)
        return (*stages, page)

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
    def _numbers(self) -> list[Any]:
        """Of every entry, all that its numbers depend on."""
        parts = "folder", "values", "state", "seconds", "message"
        return [
            [*(repr(getattr(entry, part)) for part in parts), _hash_of(entry), _asked_of(entry)]
            for entry in self.entries
        ]

    def _summary_stage(self) -> Stage:
        key = content_key(self._numbers, made_by("pipeline.sweep.compared.summary"))
        return Stage("summary", key, (summary.SUMMARY,), self._summary)

    @property
    def _has_plots(self) -> bool:
        done = [summary.Row(entry, {}) for entry in self.entries if entry.done]
        return plots.planned(done, self.options) is not None

    def _plots_key(self, numbers: str) -> str:
        code = made_by("pipeline.sweep.compared.plots")
        return content_key(numbers, [self.options.rows, self.options.columns], code)

    def _drawn_key(self, name: str) -> str:
        shown = self.shown
        configs = [[asdict(part) for part in (entry.config.data, entry.config.timing, entry.config.theme)]
                   for entry in shown.entries]  # fmt: skip
        runs = [[_hash_of(entry), config] for entry, config in zip(shown.entries, configs, strict=True)]
        placed = [shown.labels, repr(shown.table), shown.notes, shown.entries[0].config.video.fps]
        wanted = asdict(self.options) | ({} if name == "multiples" else {"times": None}) | {"montage": None}
        return content_key(runs, placed, wanted, made_by(f"pipeline.sweep.compared.{name}"))

    def _page_key(self, stages: Sequence[Stage]) -> str:
        files = [[stage.key, stage.files] for stage in stages]
        code = made_by("pipeline.sweep.gallery")
        return content_key(files, self.links, self.command, self._title, code)

    @property
    def _room(self) -> tuple[int, int]:
        from pipeline.render.drawing.theme import style_for

        theme, options = self.shown.entries[0].config.theme, self.options
        return capacity(options, style_for(theme, options.width, options.height).text)

    @property
    def _sheets(self) -> tuple[str, ...]:
        return (multiples.MULTIPLES, *multiples.sheet_names(self.shown, self.options, self._room[1]))

    def _summary(self, place: Path) -> None:
        with progress.track("measure", len(self.entries), "job") as update:
            summary.write_summary(self.entries, self.folder, place / summary.SUMMARY, update)

    @cached_property
    def rows(self) -> list[summary.Row]:
        """The jobs' numbers, as the summary has them."""
        return summary.read_numbers(self.place_of(summary.SUMMARY), self.entries)

    def _plots(self, place: Path) -> None:
        plan = plots.planned(self.rows, self.options)
        plots.draw_plots(plan, ThemeConfig(), [place / name for name in PLOTS[:3]])
        plots.draw_plots(plan, DARK, [place / PLOTS[3]])

    def _multiples(self, place: Path) -> None:
        multiples.draw_multiples(self.shown, self.options, self._room, place)

    def _montage(self, place: Path) -> None:
        montage.draw_montage(self.shown, self.options, place, self.command)

    @property
    def _title(self) -> str:
        """The sweep's name, which that of its folder's parent is; else the folder's own."""
        folder = self.folder.resolve()
        return folder.parent.name if folder.name == "sweep" else folder.name

    def _page(self, place: Path) -> None:
        made = {name for stage in self.stages for name in stage.files}
        files = {
            "numbers (CSV)": summary.SUMMARY,
            "plots (PDF)": PLOTS[0],
            "small multiples (PDF)": multiples.MULTIPLES,
        }
        extras = {
            "command": self.command,
            "montage": {"video": montage.MONTAGE, "poster": montage.LAST} if montage.MONTAGE in made else None,
            "plots": {"light": PLOTS[2], "dark": PLOTS[3]} if PLOTS[0] in made else None,
            "files": {words: name for words, name in files.items() if name in made},
        }
        text = gallery.page(self._title, self.rows, self.links, extras)
        (place / gallery.PAGE).write_text(text, encoding="utf-8")


def _asked_of(entry: Entry) -> list[str]:
    """The quantities that a run was asked for, read without building its config: there may be thousands."""
    return entry.manifest["config"]["projection"]["quantities"] if entry.done else []


def _hash_of(entry: Entry) -> str:
    """What tells one finished simulation from another; empty where there is none."""
    files = entry.manifest.get("stages", {}).get("simulate", {}).get("files", {})
    return files.get("trajectory.npz", "") if entry.done else ""


def compare(
    entries: Sequence[Entry], out: Path | str, options: SweepConfig | None = None, command: str = ""
) -> list[Path]:
    """Make, or bring up to date, all that compares these runs, in the folder `out`; what stands there then.

    montage.mp4 (with its first and last frame), multiples.pdf and .png, plots.pdf, .png and .svg, summary.csv, and the
    page index.html that shows them. Where no run drew pictures there are no montage and no multiples. `out` is locked
    meanwhile: do not hold it.
    command: the command line that asked for the runs, for the page.
    Raises InputError where there is nothing to compare or a key or time cannot be shown.
    """
    started, out = time.perf_counter(), Path(out)
    options = options or SweepConfig()
    if not entries:
        raise InputError("compare: no run is given")
    crossed_keys(entries, options)  # for keys that are not swept, before any work
    make_folder(out)
    comparison = Comparison(entries, out, options, command)
    _, done = comparison.bring_up_to_date()
    made = [out / name for stage in comparison.stages for name in stage.files]
    did = f"{', '.join(done)} in {time.perf_counter() - started:.1f} s" if done else "up to date, nothing to do"
    log.info("%s: %d jobs compared; %s", out / gallery.PAGE, len(entries), did)
    return made
