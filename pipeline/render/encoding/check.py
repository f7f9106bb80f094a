"""The rules of the keys of the group `video`."""

import math

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import InputError
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.presets import PRESETS

SHORTEST_SIDE, LONGEST_SIDE = 64, 8192  # pixels of a frame; beyond it H.264 has no level
LONGEST_COMMENT = 100_000  # bytes; Linux refuses to start a program with an argument of 128 KiB


def check_video(video: VideoConfig) -> None:
    """InputError, with key, value and remedy, where no encoder could be run with these settings."""
    allow("format", video.format, video.format in FORMATS, f"choose one of {', '.join(FORMATS)}")
    allow("preset", video.preset, video.preset in PRESETS, f"choose one of {', '.join(PRESETS)}")
    form = FORMATS[video.format]
    for key in ("width", "height"):
        check_side(key, getattr(video, key))
    allow("fps", video.fps, 1 <= video.fps <= form.max_fps, f"give 1 to {form.max_fps} frames/s for {video.format}")
    if form.crf:
        low, high = form.crf
        allow("crf", video.crf, low <= video.crf <= high, f"give {low} (best) to {high} (smallest) for {video.format}")
    for key in ("keyframe_seconds", "timeout"):
        seconds = getattr(video, key)
        allow(key, seconds, 0 < seconds < math.inf, "give a number of seconds above 0")


def check_comment(comment: str) -> None:
    """InputError where the comment cannot be an argument of a program."""
    size = len(comment.encode())
    if size > LONGEST_COMMENT or "\0" in comment:
        raise InputError(f"video: a comment of {size} bytes; give at most {LONGEST_COMMENT}, none of them 0")


def check_side(key: str, pixels: int) -> None:
    """InputError unless `pixels` can be a side: the colours of a 4:2:0 video are stored once every two pixels."""
    allow(key, pixels, SHORTEST_SIDE <= pixels <= LONGEST_SIDE, f"give {SHORTEST_SIDE} to {LONGEST_SIDE} pixels")
    allow(key, pixels, pixels % 2 == 0, f"video needs an even size; give {pixels - 1} or {pixels + 1}")


def allow(key: str, value: object, allowed: bool, remedy: str) -> None:
    """InputError about one key of the group unless it is allowed."""
    if not allowed:
        raise InputError(f"video.{key} = {value}: {remedy}")
