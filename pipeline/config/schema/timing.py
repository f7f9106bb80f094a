"""Keys of the group `timing`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class TimingConfig:
    """Group `timing`: which training time each frame shows."""

    kind: str = config_key(
        "even",
        "what is equal from frame to frame: all change in sight, the step of log time, of time, or f's change alone",
    )
    seconds: float = config_key(
        12.0,
        "length of the video, holds included; what a storyboard adds comes on top",
        unit="s",
        above=0,
        at_most=3600,
    )
    hold_start: float = config_key(
        0.5,
        "how long the first frame stands; both holds take half of the clip at most",
        unit="s",
        at_least=0,
        at_most=3600,
    )
    hold_end: float = config_key(1.5, "how long the last frame stands", unit="s", at_least=0, at_most=3600)
    first_time: float | None = config_key(
        None,
        "when logarithmic time begins, linear below; null: the start's fastest time scale",
        unit="training time",
        above=0,
        at_most=1e50,
    )
