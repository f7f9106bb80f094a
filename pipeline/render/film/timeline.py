"""What a clip shows when: a map from its video frames to training time, with holds, and its axis of time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipeline.config.schema.timing import TimingConfig
from pipeline.render.film.story import Story
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timing import Stand, parts, with_stands


@dataclass(frozen=True)
class Timeline:
    """The frames of a clip: shares (F,), nondecreasing, of its moving part that lie behind each, and the axis of that.

    A frame rests where the share does. stands: (first, stop, training time) of frames that show a time exactly. Runs in
    one clip share their timeline, and its story.
    """

    shares: np.ndarray
    axis: TimeAxis
    stands: tuple[tuple[int, int, float], ...] = ()
    story: Story = field(default_factory=Story)

    @classmethod
    def of(
        cls,
        timing: TimingConfig,
        fps: int,
        axis: TimeAxis,
        stops: Sequence[tuple[float, int]] = (),
        before: int = 0,
        after: int = 0,
    ) -> "Timeline":
        """That of a clip that moves over the axis once, evenly, between its holds.

        stops: training times, ascending, at which it comes to a stand, each with its number of frames; before, after:
        frames that come to those of the holds.
        """
        still_start, moving, still_end = parts(timing.seconds, fps, timing.hold_start, timing.hold_end)
        stands = [Stand(float(axis.position(time)), count) for time, count in stops]
        shares, spans = with_stands(moving, stands, fps)
        lead = before + still_start
        whole = np.concatenate([np.zeros(lead), shares, np.ones(still_end + after)])
        rests = zip(spans, stops, strict=True)
        return cls(whole, axis, tuple((lead + first, lead + stop, time) for (first, stop), (time, _) in rests))

    @cached_property
    def times(self) -> np.ndarray:
        """(F,) training time of every frame, nondecreasing, from exactly 0 to exactly the end."""
        times = self.axis.time(self.shares)
        for first, stop, time in self.stands:
            times[:first] = np.minimum(times[:first], time)
            times[first:stop] = time
            times[stop:] = np.maximum(times[stop:], time)
        return times

    def frame_at(self, time: float) -> int:
        """The first frame that is not before a training time; behind the last one where there is none."""
        return int(np.searchsorted(self.times, time))
