"""What a sweep's numbers look like: each measure against a swept key, with the spread of seeds."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.theme import DPI, Style, style_for
from pipeline.render.film.limits import log_window, spans_decades
from pipeline.render.film.words import SEPARATOR
from pipeline.sweep.compared.crossing import distinct
from pipeline.sweep.compared.line_names import Colour, LineEnd, name_above, name_ends, widths
from pipeline.sweep.compared.places import Places
from pipeline.sweep.compared.plan import Plan
from pipeline.sweep.compared.summary import measure_name
from pipeline.sweep.compared.values import Value, value_words

PLOTS = "plots.pdf", "plots.png", "plots.svg"
DARK_PLOTS = "plots_dark.svg"
COLUMNS = 3
JOINED = 40  # values of the first key up to which medians are joined: more are a cloud
SIZE = 1600, 900  # px
DECADES = 16.0  # shown of a measure, down from its largest value
BESIDE = 0.15  # share of a panel's width that names may take at the ends of its lines


def draw_plots(plan: Plan, themes: Mapping[str, ThemeConfig], place: Path) -> None:
    """Draw every measure into one picture, in the themes `light` and `dark`, under the names above."""
    draw_plot(plan, themes["light"], [place / name for name in PLOTS])
    draw_plot(plan, themes["dark"], [place / DARK_PLOTS])


def draw_plot(plan: Plan, theme: ThemeConfig, paths: Sequence[Path]) -> None:
    """Draw every measure into one picture, in the formats of the paths' suffixes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from pipeline.render.scene.printed import UNDATED

    style = style_for(theme, *SIZE)
    with style.settings():
        figure = Figure(figsize=(SIZE[0] / DPI, SIZE[1] / DPI), dpi=DPI)
        FigureCanvasAgg(figure)
        grid = figure.subplots(-(-len(plan.measures) // COLUMNS), COLUMNS, squeeze=False)
        for axes in grid.flat[len(plan.measures) :]:
            axes.remove()
        at_ends = _lay_out(figure, plan, style)
        ends = {}
        for number, (name, axes) in enumerate(zip(plan.measures, grid.flat, strict=False)):
            ends[axes] = _panel(axes, plan, name, style, below=number + COLUMNS < len(plan.measures))
        figure.draw_without_rendering()  # settles the axes, and so where names have room
        figure.set_layout_engine("none")
        for axes, lines in ends.items():
            if at_ends and lines:
                name_ends(axes, lines, style)
        for path in paths:
            figure.savefig(path, metadata=UNDATED.get(path.suffix))


def _lay_out(figure: Figure, plan: Plan, style: Style) -> bool:
    """Title above, small print below, the panels between them; whether they have room for names at their lines."""
    margin = 0.8 * style.text
    title = figure.text(margin / SIZE[0], 1 - margin / SIZE[1], _title(plan), va="top")
    title.set(fontsize=1.3 * style.text, fontweight="bold")
    words = SEPARATOR.join([*_spread(plan), *plan.notes])
    figure.text(margin / SIZE[0], margin / SIZE[1], words, color=style.theme.muted, parse_math=False)
    low, top = margin + 1.4 * style.text * bool(words), SIZE[1] - margin - 1.7 * style.text
    names = [(value_words(line), colour) for line, colour in colours(plan, style) if line is not None]
    width = max(widths(figure, [name for name, _ in names]), default=0.0)
    at_ends = width <= BESIDE * SIZE[0] / COLUMNS
    if not at_ends:
        top = name_above(figure, names, top, margin, style)
    pads = {"w_pad": 0.5 * (style.text + width * at_ends) / DPI, "h_pad": 0.4 * style.text / DPI}
    rect = 0.0, low / SIZE[1], 1.0, (top - low) / SIZE[1]
    figure.set_layout_engine("constrained", rect=rect, **pads)
    return at_ends


def _title(plan: Plan) -> str:
    if plan.lines is None:
        return plan.say("compared.by", key=plan.names[plan.x])
    return plan.say("compared.by_lines", key=plan.names[plan.x], lines=plan.names[plan.lines])


def _spread(plan: Plan) -> list[str]:
    """In words, what bands and dots are, where there are any."""
    seeds = max(len(group) for line in plan.values for group in plan.groups(plan.measures[0], line).values())
    return [plan.say("compared.spread", count=seeds)] if seeds > 1 else []


def _panel(axes: Axes, plan: Plan, name: str, style: Style, below: bool) -> list[LineEnd]:
    """One measure; the ends of its lines that have a name."""
    places = Places.of(distinct([row.entry for row in plan.rows], plan.x))
    every = np.array([row.numbers.get(name, np.nan) for row in plan.rows])
    axes.set_title(measure_name(name, plan.say))
    logarithmic, bottom = spans_decades(every), -np.inf
    if logarithmic:
        axes.set_yscale("log")
        bottom, top = log_window(every, DECADES)
        axes.set_ylim(bottom, top)
    ends = []
    for line, colour in colours(plan, style):
        groups = plan.groups(name, line)
        if groups:
            x, y = _line(axes, places, groups, colour, style, bottom)
            ends += [LineEnd(value_words(line), x, y, colour)] if line is not None else []
    if not logarithmic:
        axes.set_ylim(bottom=0 if np.nanmin(every) >= 0 else None)
    places.lay(axes, style)
    axes.set_xlabel(plan.names[plan.x] if not below else "")
    axes.grid(axis="y", color=style.theme.rule, lw=0.5 * style.stroke)
    axes.minorticks_off()
    return ends


def _line(
    axes: Axes, places: Places, groups: dict[Value, list[float]], colour: Colour, style: Style, bottom: float
) -> tuple[float, float]:
    """A line's medians, their spread, and every run; values below the axis stand on it. Where it ends."""
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
    return float(x[-1]), float(median[-1])


def colours(plan: Plan, style: Style) -> list[tuple[Value, Colour]]:
    """Lines with their colours: from the theme's cool hue over its grey to its warm one, in order."""
    if len(plan.values) == 1:
        return [(plan.values[0], style.rgba("falling")[:3])]
    hues = np.array([style.rgba(name)[:3] for name in ("falling", "muted", "rising")])
    shares = np.linspace(0, 1, len(plan.values))
    red, green, blue = (np.interp(shares, [0, 0.5, 1], hues[:, k]).tolist() for k in range(3))
    return list(zip(plan.values, zip(red, green, blue, strict=True), strict=True))
