"""What the mosaics of a scene must satisfy, told before any work. No Matplotlib here."""

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.errors import InputError
from pipeline.render.panels.table import PANELS
from pipeline.render.scene.panel_spec import needed_quantities, panel_names, panel_spec


def check_scene(scene: SceneConfig) -> None:
    """Raise InputError at the first rule that a scene breaks."""
    check_layout("scene.wide", scene.wide)
    check_layout("scene.narrow", scene.narrow)
    shown = panel_names(scene.wide) + panel_names(scene.narrow)
    for name in (*shown, *scene.panels):
        panel_spec(scene, name)
    check_quantities("scene.panels", needed_quantities(scene))


def check_quantities(key: str, names: list[str]) -> None:
    """Raise InputError at the first name of a quantity that there is not."""
    if names:  # the table imports much of SciPy
        from pipeline.projection.quantities import check_name

        for name in names:
            check_name(key, name)


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
