"""What comes and goes in a clip, calmed once for the whole clip: no blinking, whatever is wished frame by frame."""

import numpy as np

APART = 2.0  # seconds of video between two changes of one thing
LEAST = 0.5  # seconds of video for which a state is seen at the clip's ends, which cut it
AT_ONCE = 1000  # things followed together, which bounds the memory
NEVER = 1 << 40  # the cost of what must not be


def steady(
    wishes: np.ndarray, fps: float, must: np.ndarray | None = None, least: float = LEAST, apart: float = APART
) -> np.ndarray:
    """(F, K) bool: the states on and off of K things, as near to `wishes` (F, K) bool as calm allows.

    Every state lasts at least `apart` seconds, the first and the last at least `least`. Among all such courses it is
    one that differs from the wishes in the fewest frames, by dynamic programming in O(F K). must: (F, K) bool, where a
    thing is on in any case. Wishes (F,) give states (F,).
    """
    if wishes.ndim == 1:
        return np.asarray(steady(wishes[:, None], fps, None if must is None else must[:, None], least, apart)[:, 0])
    needed = np.zeros_like(wishes) if must is None else must
    states = np.asarray(wishes | needed)
    spans = [max(round(seconds * fps), 1) for seconds in (apart, least)]
    changing = np.flatnonzero((states[1:] != states[:-1]).any(axis=0))
    for first in range(0, len(changing), AT_ONCE):
        things = changing[first : first + AT_ONCE]
        things = things[_restless(states[:, things], *spans)]
        if len(things):
            states[:, things] = _calm(states[:, things], needed[:, things], *spans)
    return states


def _restless(states: np.ndarray, span: int, end: int) -> np.ndarray:
    """(K,) bool: of which of the states (F, K), all changing, some are too short; of the others each is the nearest."""
    frame = np.arange(1, len(states))[:, None]
    changes = states[1:] != states[:-1]
    last = np.maximum.accumulate(np.where(changes, frame, 0), axis=0)  # change until then, 0 before the first
    before = np.vstack([np.zeros_like(last[:1]), last[:-1]])
    short = changes & (frame - before < np.where(before == 0, end, span))
    return np.asarray(short.any(axis=0) | (len(states) - last[-1] < end))


def _calm(wishes: np.ndarray, needed: np.ndarray, span: int, end: int) -> np.ndarray:
    """The states of things that change; span, end: frames for which a state lasts at least, inside and at the ends."""
    wrong = np.stack([wishes + NEVER * needed, ~wishes])  # cost of a frame in which it is off, and on
    total = np.concatenate([np.zeros((2, 1, wishes.shape[1]), dtype=int), np.cumsum(wrong, axis=1)], axis=1)
    return _traced(total, *_courses(total, span, end), end)


def stepped(numbers: np.ndarray, fps: float, every: float = LEAST) -> np.ndarray:
    """(F, K) whole numbers that stand for `every` seconds each: of each such part of the clip, the middle one."""
    parts = np.array_split(numbers, max(round(len(numbers) / (every * fps)), 1))
    middles = [np.sort(part, axis=0)[len(part) // 2] for part in parts]
    return np.repeat(middles, [len(part) for part in parts], axis=0)


def _courses(total: np.ndarray, span: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Of courses whose last stretch is over before a frame, in a state: the least cost and the stretch's first frame.

    Both (2, F + 1, K); total: (2, F + 1, K) costs of the frames so far in each state.
    """
    cost, since = total.copy(), np.zeros_like(total)
    cost[:, :end] = NEVER * len(total[0])
    best, last = np.zeros_like(total[:, 0]), np.zeros_like(total[:, 0])  # the first stretch begins at no cost
    for k in range(end, total.shape[1]):
        if k - span >= end:
            change = cost[::-1, k - span] - total[:, k - span]
            better = change < best
            best, last = np.where(better, change, best), np.where(better, k - span, last)
        cost[:, k], since[:, k] = total[:, k] + best, last
    return cost, since


def _traced(total: np.ndarray, cost: np.ndarray, since: np.ndarray, end: int) -> np.ndarray:
    """(F, K) the states of the cheapest courses, from the last stretch, of at least `end` frames, back to the first."""
    frames, things = total.shape[1] - 1, total.shape[2]
    change = (cost[::-1] - total)[:, : max(frames - end, 0) + 1]
    last, gain = change.argmin(axis=1), change.min(axis=1)
    last[gain >= 0] = 0  # as well one state from the beginning
    state = np.argmin(total[:, -1] + np.minimum(gain, 0), axis=0)
    begin = np.take_along_axis(last, state[None], axis=0)[0]
    states, each = np.zeros((frames, things), dtype=bool), np.arange(things)
    for k in range(frames - 1, -1, -1):
        over = k < begin
        state = np.where(over, 1 - state, state)
        begin = np.where(over, since[state, k + 1, each], begin)
        states[k] = state == 1
    return states


def stretches(on: np.ndarray) -> list[tuple[int, int]]:
    """First frame, and the one behind the last, of every stretch in which something is on, (F,) bool."""
    cuts = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]])))
    return [(int(begin), int(end)) for begin, end in cuts.reshape(-1, 2)]
