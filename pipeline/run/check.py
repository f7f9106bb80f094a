"""Whether a config can be made a video of: every value, the rules of each room, and those between rooms.

Each message is one line: key = value, what is wrong, what to write instead.
"""

import re

from pipeline.config.check import check_values
from pipeline.config.language import check_language
from pipeline.config.schema.config import Config
from pipeline.errors import InputError
from pipeline.model.activation import inactive_slope
from pipeline.model.check import check_data, check_init
from pipeline.projection.check import check_projection, check_quantities, check_scope
from pipeline.projection.scope import check_told
from pipeline.render.check import check_scene, check_theme, check_timing
from pipeline.render.encoding.check import check_video
from pipeline.render.film.storyboard import clip_frames
from pipeline.run.asked import FINAL_LOSS, asked_quantities
from pipeline.run.told_neurons import told_neurons
from pipeline.simulate.check import check_dynamics


def check(config: Config) -> None:
    """Raise InputError for the first value that its field does not allow, and the first broken rule between keys."""
    check_values(config)
    _check_name(config)
    check_data(config.data)
    check_init(config.init)
    check_dynamics(config.dynamics)
    check_projection(config.projection, config.init.width)
    check_scene(config.scene, config.dynamics.end_time)
    check_theme(config.theme)
    check_language(config.language)
    check_video(config.video)
    check_timing(config.timing, config.scene, config.video.fps, told_neurons(config))
    _check_objective(config)
    _check_scope(config)
    _check_frames(config)
    _check_times(config)


def _check_name(config: Config) -> None:
    name = config.name
    if name is not None and (not re.fullmatch(r"[\w.\- ]+", name) or set(name) <= {".", " "}):
        raise InputError(f"name = {name!r}: names a folder; use letters, digits, '_', '-' and '.'")


def _check_objective(config: Config) -> None:
    name = config.objective
    if name == FINAL_LOSS:
        return
    check_quantities("objective", [name])
    from pipeline.projection.quantities import QUANTITIES

    if QUANTITIES[name].shape != "F":
        raise InputError(f"objective = {name}: is no single number a frame; give {FINAL_LOSS}, roughness, …")
    if config.compare:
        raise InputError(f"objective = {name}: several runs side by side have none; give {FINAL_LOSS}")


def _check_scope(config: Config) -> None:
    """What is known of squares or of ReLU networks only is told before any work."""
    dynamics = config.dynamics
    slope = inactive_slope(dynamics.activation, dynamics.leak)
    if slope != 0 and config.init.breakpoints:
        told = f"dynamics.activation = {dynamics.activation}: init.jumps are those of ReLUs"
        raise InputError(f"{told}; give the weights, init.w, init.b, init.v")
    asked = asked_quantities(config)
    check_scope("projection.quantities, scene.panels", asked, dynamics.loss, slope)
    check_told("projection.quantities, scene.panels", asked, told_neurons(config), config.init.width)


def _check_frames(config: Config) -> None:
    chosen, count = config.frames.range, clip_frames(config.timing.seconds, config.scene, config.video.fps)
    if chosen is not None and not (len(chosen) == 2 and 0 <= chosen[0] < chosen[1] <= count):
        remedy = f"give the first and the end of some of its {count} frames, such as frames.range=[0,{count // 2}]"
        raise InputError(f"frames.range = {chosen}: {remedy}")
    if config.preview and not config.render:
        raise InputError("preview = true: draws frames, and render = false forbids it; leave one out")


def _check_times(config: Config) -> None:
    times, end = config.scene.times, config.dynamics.end_time
    if times is None:
        return
    if not (2 <= len(times) <= 9 and all(0 <= time <= end for time in times)):
        raise InputError(f"scene.times = {times}: give 2 to 9 training times from 0 to dynamics.end_time = {end:g}")
    if config.compare or config.preview or config.frames.range:
        raise InputError("scene.times: makes a strip of one run; leave out compare, preview and frames.range")
