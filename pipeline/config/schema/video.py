"""Keys of the group `video`."""

from dataclasses import dataclass


@dataclass
class VideoConfig:
    """Group `video`: the size, rate and encoding of the clip."""

    format: str = "mp4"
    width: int = 1920
    height: int = 1080
    fps: int = 30
    crf: int = 18
    preset: str = "veryfast"
    keyframe_seconds: float = 0.5
    timeout: float = 60.0
