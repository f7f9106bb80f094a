"""What a sweep's numbers look like: each measure against a swept key, a line for every value of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.theme import DPI, style_for
from pipeline.render.film.words import SEPARATOR
from pipeline.sweep.compared.arrangement import crossed_keys, distinct, swept_keys, thinned
from pipeline.sweep.compared.summary import LOSS, TITLES, Row
from pipeline.sweep.compared.values import Value, is_number, is_seed, short_names, value_words

SHOWN = LOSS, "roughness", "effective_knots", "breakpoint_shift", "parameter_distance", "kernel_drift"
COLUMNS = 3
LINES = 6  # values of the second key that get a line of their own
JOINED = 40  # values of the first key up to which medians are joined: more are a cloud
SIZE = 1600, 900  # px
WIDE = 30.0  # largest by smallest value from which on an axis of positive numbers is logarithmic
DECADES = 16.0  # shown of a measure, down from its largest value
GAP = 1.15  # least distance of direct labels, in text sizes


@dataclass(frozen=True)
class Plan:
    """What is drawn: rows of numbers against the key x, a line for every value of `lines` (a key, or None)."""

    rows: list[Row]
    x: str
    lines: str | None
    values: list[Value]
    notes: list[str]


def planned(rows: Sequence[Row], options: SweepConfig) -> Plan | None:
    """The axes for these rows, by the montage's keys: numbers go across; None where no key has two values.

    Seeds are the spread about a point; keys beyond these two stay at their first value.
    """
    done = [row for row in rows if row.entry.done]
    entries = [row.entry for row in done]
    if len(entries) < 2 or len(distinct(entries, swept_keys(entries)[0])) < 2:
        return None
    crossed = [key for key in crossed_keys(entries, options) if key is not None]
    keys = sorted(crossed, key=lambda key: (is_seed(key), not _numeric(entries, key), -len(distinct(entries, key))))
    lines = keys[1] if len(keys) > 1 and not is_seed(keys[1]) else None
    notes, names = [], short_names(entries[0].values)
    for key in swept_keys(entries):
        if key not in (keys[0], lines) and not is_seed(key):
            shown = distinct([row.entry for row in done], key)
            done = [row for row in done if row.entry.values[key] == shown[0]]
            notes.append(f"{names[key]} = {value_words(shown[0])} (of {len(shown)})")
    values = thinned(distinct(entries, lines), LINES) if lines else [None]
    return Plan(
        [row for row in done if lines is None or row.entry.values[lines] in values], keys[0], lines, values, notes
    )


def _numeric(entries, key: str) -> bool:
    return all(is_number(entry.values[key]) for entry in entries)


def draw_plots(plan: Plan, theme: ThemeConfig, paths: Sequence[Path]) -> None:
    """Draw every measure into one picture, in the formats of the paths' suffixes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from pipeline.render.scene.scene import UNDATED

    style = style_for(theme, *SIZE)
    names = [name for name in SHOWN if any(name in row.numbers for row in plan.rows)]
    with style.settings():
        figure = Figure(figsize=(SIZE[0] / DPI, SIZE[1] / DPI), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        grid = figure.subplots(-(-len(names) // COLUMNS), COLUMNS, squeeze=False)
        _head(figure, plan, style)
        for axes in grid.flat[len(names) :]:
            axes.remove()
        for number, (name, axes) in enumerate(zip(names, grid.flat, strict=False)):
            below = number + COLUMNS < len(names)
            _panel(axes, plan, name, style, below)
        figure.draw_without_rendering()  # settles the axes, and so where labels have room
        figure.set_layout_engine("none")
        for axes in figure.axes:
            _label_lines(axes, style)
        for path in paths:
            figure.savefig(path, metadata=UNDATED.get(path.suffix))


def _head(figure, plan: Plan, style) -> None:
    """Title above and small print below, and the panels between them."""
    names = short_names(plan.rows[0].entry.values)
    lines = f", a line for each {names[plan.lines]}" if plan.lines else ""
    margin = 0.8 * style.text
    title = figure.text(margin / SIZE[0], 1 - margin / SIZE[1], f"By {names[plan.x]}{lines}", va="top")
    title.set(fontsize=1.3 * style.text, fontweight="bold")
    seeds = max(len(group) for line in plan.values for group in _groups(plan, SHOWN[0], line).values())
    spread = [f"line: median of {seeds} runs, band: least to largest, dots: every run"] if seeds > 1 else []
    words = SEPARATOR.join([*spread, *plan.notes])
    figure.text(margin / SIZE[0], margin / SIZE[1], words, color=style.theme.muted)
    low, high = (margin + 1.4 * style.text * bool(words)) / SIZE[1], 1 - (margin + 1.7 * style.text) / SIZE[1]
    named = [value_words(line) for line in plan.values if line is not None]
    width = 0.85 * style.text * max(map(len, named), default=0)  # of the labels beside the lines
    pads = {"w_pad": 0.5 * (style.text + width) / DPI, "h_pad": 0.4 * style.text / DPI}
    figure.get_layout_engine().set(rect=(0, low, 1, high - low), **pads)


def _groups(plan: Plan, name: str, line: Value) -> dict[Value, list[float]]:
    """The numbers of a measure by x, of one line."""
    groups: dict[Value, list[float]] = {}
    for row in plan.rows:
        if (plan.lines is None or row.entry.values[plan.lines] == line) and np.isfinite(row.numbers.get(name, np.nan)):
            groups.setdefault(row.entry.values[plan.x], []).append(row.numbers[name])
    return groups


def _panel(axes, plan: Plan, name: str, style, below: bool) -> None:
    """One measure."""
    from pipeline.render.film.limits import log_window

    places = Places.of(distinct([row.entry for row in plan.rows], plan.x))
    every = np.array([row.numbers.get(name, np.nan) for row in plan.rows])
    axes.set_title(TITLES.get(name, name))
    logarithmic = is_wide(every)
    bottom = -np.inf
    if logarithmic:
        axes.set_yscale("log")
        bottom, top = log_window(every, DECADES)
        axes.set_ylim(bottom, top)
    for number, line in enumerate(plan.values):
        groups = _groups(plan, name, line)
        if groups:
            _line(axes, places, groups, line, shade(style, number, len(plan.values)), style, bottom)
    if not logarithmic:
        axes.set_ylim(bottom=0 if np.nanmin(every) >= 0 else None)
    places.lay(axes, style)
    axes.set_xlabel(short_names(plan.rows[0].entry.values)[plan.x] if not below else "")
    axes.grid(axis="y", color=style.theme.rule, lw=0.5 * style.stroke)
    axes.minorticks_off()


def _line(axes, places, groups, line: Value, colour, style, bottom: float) -> None:
    """A line's medians, their spread, and every run; values below the axis stand on it."""
    order = sorted(groups, key=places.at)
    x = np.array([places.at(value) for value in order])
    parts = [np.maximum(groups[value], bottom) for value in order]
    median, low, high = (np.array([reduce(part) for part in parts]) for reduce in (np.median, np.min, np.max))
    joined = len(x) <= JOINED
    if joined and (high > low).any():
        axes.fill_between(x, low, high, color=colour, alpha=0.15, lw=0, zorder=1)
    if joined:
        axes.plot(x, median, color=colour, lw=1.4 * style.stroke, zorder=3)
    dots = np.concatenate([np.full(len(part), place) for place, part in zip(x, parts, strict=True)])
    axes.plot(dots, np.concatenate(parts), "o", color=colour, ms=2.2 * style.stroke, mew=0, zorder=2, alpha=0.75)
    if line is not None:
        axes.runs = [*getattr(axes, "runs", []), (value_words(line), x[-1], median[-1], colour)]


def shade(style, number: int, count: int) -> tuple[float, float, float]:
    """The colour of a line among so many: from the theme's cool hue over its grey to its warm one, in order."""
    if count == 1:
        return style.rgba("falling")[:3]
    hues = np.array([style.rgba(name)[:3] for name in ("falling", "muted", "rising")])
    return tuple(np.interp(number / (count - 1), [0, 0.5, 1], hues[:, k]) for k in range(3))


def _label_lines(axes, style) -> None:
    """Name the lines at their right ends, none over another."""
    runs = sorted(getattr(axes, "runs", []), key=lambda run: run[2])
    if not runs:
        return
    heights = axes.transData.transform([(x, y) for _, x, y, _ in runs])[:, 1]
    placed = spread(heights, GAP * style.text, axes.bbox.y0, axes.bbox.y1)
    for (words, x, _, colour), height in zip(runs, placed, strict=True):
        right = axes.transData.transform((x, 1.0))[0] + 0.5 * style.text
        text = axes.text(right, height, words, color=colour, va="center", ha="left", fontweight="bold")
        text.set_transform(None)
        text.set_clip_on(False)


def spread(heights: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Heights, ascending, moved as little as need be to stand `gap` apart, between low and high where there is room."""
    placed = np.clip(heights, low, high).astype(float)
    for _ in range(200):
        short = gap - np.diff(placed)
        if not (short > 1e-3 * gap).any():
            break
        push = np.maximum(short, 0.0) / 2
        placed[:-1] -= push
        placed[1:] += push
        placed = np.clip(placed, low, high)
    return placed


def is_wide(values: np.ndarray) -> bool:
    """Whether positive numbers span so much that a logarithmic axis shows them better."""
    values = values[np.isfinite(values)]
    return len(values) > 0 and values.min() > 0 and values.max() > WIDE * values.min()


@dataclass(frozen=True)
class Places:
    """Where the values of a key stand on an axis: numbers at themselves, other values one after another."""

    values: list[Value]
    numeric: bool
    logarithmic: bool

    @classmethod
    def of(cls, values: list[Value]) -> "Places":
        """The places of distinct values."""
        numeric = all(map(is_number, values))
        return cls(values, numeric, numeric and log_spaced(np.array(values, dtype=float)))

    def at(self, value: Value) -> float:
        """Where a value stands."""
        return float(value) if self.numeric else float(self.values.index(value))

    def lay(self, axes, style) -> None:
        """Scale, ticks and room at the ends; every value is a tick where few are."""
        if self.logarithmic:
            axes.set_xscale("log")
        room = axes.bbox.width / (3.6 * style.text)
        chosen = thinned(self.values, max(2, int(room)))
        axes.set_xticks([self.at(value) for value in chosen], [value_words(value) for value in chosen])
        axes.margins(x=0.08)


def log_spaced(values: np.ndarray) -> bool:
    """Whether positive numbers follow each other by factors rather than by steps."""
    if len(values) < 2 or values.min() <= 0:
        return False
    values = np.sort(values)
    if len(values) == 2:
        return bool(values[1] >= 10 * values[0])
    steps, factors = np.diff(values), np.diff(np.log(values))
    return bool(values[-1] >= 4 * values[0] and np.std(factors) / np.mean(factors) < np.std(steps) / np.mean(steps))
