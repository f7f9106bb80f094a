"""Rules of the `sweep` group, told before any work."""

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.render.check import check_layout
from pipeline.render.film.storyboard import check_storyboard
from pipeline.render.panels.table import PANELS
from pipeline.render.scene.panel_spec import panel_names
from pipeline.sweep.compared.montage_story import with_story

MOST_TIMES = 9  # of small multiples


def check_sweep(sweep: SweepConfig) -> None:
    """Raise InputError for the first rule that what is made of a sweep breaks."""
    for key in ("width", "height"):
        if getattr(sweep, key) % 2:
            raise InputError(f"sweep.{key} = {getattr(sweep, key)}: must be even for video")
    if sweep.rows is not None and sweep.rows == sweep.columns:
        raise InputError(f"sweep.columns = {sweep.columns}: is that of the rows; name another swept key, or none")
    if sweep.times is not None and not (0 < len(sweep.times) <= MOST_TIMES and min(sweep.times) >= 0):
        raise InputError(f"sweep.times = {sweep.times}: give 1 to {MOST_TIMES} training times, none below 0")
    layout = LayoutConfig(sweep.mosaic)
    check_layout("sweep", layout)
    for name in panel_names(layout):
        if name not in PANELS:
            raise InputError(f"sweep.mosaic: {name}: is no panel; choose of {', '.join(PANELS)}")
    scene = with_story(SceneConfig(), sweep)
    check_storyboard(scene, {name: name for name in panel_names(layout)}, [], end_time=None)
