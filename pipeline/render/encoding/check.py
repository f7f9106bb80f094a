"""The rules between keys of the group `video`."""

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import InputError
from pipeline.render.encoding import presets  # noqa: F401, the choices of video.preset
from pipeline.render.encoding.formats import FORMATS

LONGEST_COMMENT = 100_000  # bytes; Linux refuses to start a program with an argument of 128 KiB


def check_video(video: VideoConfig) -> None:
    """InputError, with key, value and remedy, where these settings, each allowed by itself, do not go together."""
    form = FORMATS[video.format]
    for key in ("width", "height"):
        pixels = getattr(video, key)  # the colours of a 4:2:0 video are stored once every two pixels
        allow(key, pixels, pixels % 2 == 0, f"video needs an even size; give {pixels - 1} or {pixels + 1}")
    allow("fps", video.fps, video.fps <= form.max_fps, f"give 1 to {form.max_fps} frames/s for {video.format}")
    if form.crf:
        low, high = form.crf
        allow("crf", video.crf, low <= video.crf <= high, f"give {low} (best) to {high} (smallest) for {video.format}")


def check_comment(comment: str) -> None:
    """InputError where the comment cannot be an argument of a program."""
    size = len(comment.encode())
    if size > LONGEST_COMMENT or "\0" in comment:
        raise InputError(f"video: a comment of {size} bytes; give at most {LONGEST_COMMENT}, none of them 0")


def allow(key: str, value: object, allowed: bool, remedy: str) -> None:
    """InputError about one key of the group unless it is allowed."""
    if not allowed:
        raise InputError(f"video.{key} = {value}: {remedy}")
