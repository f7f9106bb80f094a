"""Keys of the group `timing`."""

from dataclasses import dataclass


@dataclass
class TimingConfig:
    """Group `timing`: which training time each frame shows."""

    kind: str = "log"
    seconds: float = 12.0
    hold_start: float = 0.5
    hold_end: float = 1.5
    first_time: float | None = None
