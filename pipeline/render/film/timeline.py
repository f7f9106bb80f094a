"""What a clip shows when: a map from its video frames to training time, with holds, and its axis of time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.config.schema.timing import TimingConfig
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timing import frame_shares


@dataclass(frozen=True)
class Timeline:
    """The frames of a clip: shares (F,), nondecreasing, of its moving part that lie behind each, and the axis of that.

    A frame rests where the share does. Runs in one clip share its timeline.
    """

    shares: np.ndarray
    axis: TimeAxis

    @classmethod
    def of(cls, timing: TimingConfig, fps: int, axis: TimeAxis) -> "Timeline":
        """That of a clip that moves over the axis once, evenly, between its holds."""
        return cls(frame_shares(timing.seconds, fps, timing.hold_start, timing.hold_end), axis)

    @cached_property
    def times(self) -> np.ndarray:
        """(F,) training time of every frame, from exactly 0 to exactly the end."""
        return self.axis.time(self.shares)
