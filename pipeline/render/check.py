"""Rules of the keys of `scene`, `theme`, `timing` and `video`, told before any work. No Matplotlib here."""

import re
from dataclasses import fields
from typing import Any

from pipeline.config.check import shown
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.story import EvidenceConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.errors import InputError
from pipeline.projection.check import check_quantities
from pipeline.render.film.storyboard import check_evidence, check_storyboard, clip_frames
from pipeline.render.film.timing import parts
from pipeline.render.panels.table import PANELS, WINDOW
from pipeline.render.scene.panel_spec import EVIDENCE, drawn_curves, needed_quantities, panel_names, panel_spec

MOST_STATES = 100_000_000  # frames times neurons: some 60 bytes of memory each


def check_scene(scene: SceneConfig, end_time: float | None = None) -> None:
    """Raise InputError at the first rule that a scene breaks; end_time: of its runs, where it is known."""
    check_layout("scene.wide", scene.wide)
    check_layout("scene.narrow", scene.narrow)
    names = panel_names(scene.wide) + panel_names(scene.narrow)
    for name in (*names, *scene.panels):
        spec = panel_spec(scene, name)
        _check_window(f"scene.panels.{name}.{WINDOW}", spec.options.get(WINDOW))
        if spec.kind == EVIDENCE:
            check_evidence(f"scene.panels.{name}", EvidenceConfig(**spec.options))
    check_quantities("scene.panels", needed_quantities(scene))
    for time in scene.captions:
        if isinstance(time, bool) or not isinstance(time, int | float) or not time >= 0:
            raise InputError(f"scene.captions: {shown(time)}: is no training time; give {{0.1: words}}, from 0 on")
    check_storyboard(scene, {name: panel_spec(scene, name).kind for name in names}, drawn_curves(scene), end_time)


def _check_window(key: str, window: Any) -> None:
    """InputError for a close-up between what are no two inputs."""
    if window is not None and not _is_span(window):
        raise InputError(f"{key} = {shown(window)}: give two inputs, the lower one first, [-0.5, 0.5]")


def _is_span(window: Any) -> bool:
    numbers = isinstance(window, list | tuple) and all(
        isinstance(end, int | float) and not isinstance(end, bool) for end in window
    )
    return numbers and len(window) == 2 and bool(window[0] < window[1])


def check_theme(theme: ThemeConfig) -> None:
    """Raise InputError at the first colour that is none."""
    for entry in fields(theme):
        value = getattr(theme, entry.name)
        if str(entry.default).startswith("#") and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise InputError(f"theme.{entry.name} = {shown(value)}: not a colour; give one as '#rrggbb'")


def check_timing(timing: TimingConfig, scene: SceneConfig, fps: int, width: int) -> None:
    """Raise InputError where nothing is left to move, or frames do not fit in memory; width: number of neurons."""
    parts(timing.seconds, fps, timing.hold_start, timing.hold_end)
    count = clip_frames(timing.seconds, scene, fps)
    if count * width > MOST_STATES:
        raise InputError(
            f"timing.seconds = {timing.seconds:g}: {count} frames of {width} neurons do not fit in memory; "
            f"give at most {MOST_STATES // width} frames, or fewer neurons"
        )


def check_layout(key: str, layout: LayoutConfig) -> None:
    """Raise InputError where a mosaic is not a grid of panels, each a rectangle, with fitting ratios."""
    rows = [list(row) for row in layout.mosaic]
    names = panel_names(layout)
    if not names:
        raise InputError(f"{key}.mosaic: there is no panel; name some of {', '.join(PANELS)}")
    if len({len(row) for row in rows}) != 1:
        raise InputError(f"{key}.mosaic: rows of {[len(row) for row in rows]} cells; give all the same number")
    for name in names:
        _check_rectangle(key, rows, name)
    _check_ratios(f"{key}.width_ratios", layout.width_ratios, len(rows[0]), "column")
    _check_ratios(f"{key}.height_ratios", layout.height_ratios, len(rows), "row")


def _check_rectangle(key: str, rows: list[list[str]], name: str) -> None:
    cells = [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == name]
    tall, wide = (max(c[axis] for c in cells) - min(c[axis] for c in cells) + 1 for axis in (0, 1))
    if len(cells) != tall * wide:
        raise InputError(f"{key}.mosaic: the cells of {name!r} make no rectangle")


def _check_ratios(key: str, ratios: list[float], count: int, what: str) -> None:
    if ratios and (len(ratios) != count or not min(ratios) > 0):
        raise InputError(f"{key} = {list(ratios)}: give one positive number a {what}, {count} in all, or none")
