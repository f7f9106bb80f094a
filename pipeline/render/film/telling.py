"""From a storyboard and the moments of runs to a timeline that stands where it tells something."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.config.language import Language, english
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.story import BeatConfig, EndingConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.errors import InputError
from pipeline.render.film.clip_limits import inputs_in_sight, largest_jump_of
from pipeline.render.film.film import Film
from pipeline.render.film.narration import events
from pipeline.render.film.story import Beat, Card, Story, numbers_called
from pipeline.render.film.storyboard import TIME, Storyboard, storyboard_of
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timeline import Timeline
from pipeline.render.film.timing import EASE, frame_count
from pipeline.render.film.when import LOSS, NeverComes, When, at_time, time_of
from pipeline.render.film.words import fill_in_numbers

STAYS = 3.0  # seconds that words stand at which the clip does not
APART = 1.5  # seconds between two told events, so that each can be read
REFUSE = "refuse"  # what becomes of a beat whose moment never comes


class Dated(NamedTuple):
    """A beat whose moment is known, and not yet its frames: `stay` frames of words, `stand` of them at rest.

    key: of the beat, as it is given; empty for a caption.
    """

    key: str
    beat: Beat
    stand: int
    stay: int


def told(
    scene: SceneConfig,
    films: Sequence[Film],
    timing: TimingConfig,
    fps: int,
    axis: TimeAxis,
    language: Language | None = None,
) -> Timeline:
    """The timeline of a clip of runs, and its story; films: of the runs' moments; language: English by default.

    A clip is as long without the beats that are missed: they leave their time to the motion. Raises InputError, by key,
    for a beat whose moment never comes, or whose words nobody would see, if it is not to be left out, and for one that
    points at what a run does not have.
    """
    board, say = storyboard_of(scene), language or english()
    check_targets(scene, {film.label: (len(film.x), film.neurons) for film in films})
    before, standing, after = board.added(fps)
    dated, missed = _dated_beats(board, films, fps, scene.missed == REFUSE)
    stops = [(each.beat.time, each.stand) for each in dated if each.stand]
    left = standing - sum(count for _, count in stops)
    timeline = Timeline.of(replace(timing, seconds=timing.seconds + left / fps), fps, axis, stops, before, after)
    count = len(timeline.times)
    stood = iter(timeline.stands)
    firsts = [next(stood)[0] if each.stand else timeline.frame_at(each.beat.time) for each in dated]
    unseen = _unseen(firsts, dated)
    if unseen and scene.missed == REFUSE:
        raise InputError(unseen[0])
    beats = _one_after_another(list(zip(firsts, dated, strict=True)), count)
    aside = _captions(scene, films[0], timeline, fps, say)
    story = Story(
        tuple(sorted([*beats, *aside], key=lambda beat: beat.start)),
        (0, before),
        (count - after, count),
        card_of(board, films, say),
        (*missed, *unseen),
    )
    return replace(timeline, story=story)


def _dated_beats(
    board: Storyboard, films: Sequence[Film], fps: int, refuse: bool
) -> tuple[list[Dated], tuple[str, ...]]:
    """The beats in the order of their times, and why others are missed, if that is not refused."""
    dated, missed = [], []
    for key, beat, when in board.beats:
        try:
            dated.append(_dated(key, beat, when, films, fps))
        except NeverComes as never:
            if refuse:
                raise
            missed.append(str(never))
    return sorted(dated, key=lambda each: each.beat.time), tuple(missed)


def _dated(key: str, beat: BeatConfig, when: When, films: Sequence[Film], fps: int) -> Dated:
    run, time = _first(key, beat, when, films)
    stand = frame_count(beat.hold, fps)
    stay = stand + frame_count(EASE, fps) if stand else frame_count(STAYS, fps)
    words = said(f"{key}.say", beat.say, films, run, time)
    return Dated(key, Beat(0, 0, time, words, beat.point_at, beat.dim, run), stand, stay)


def _unseen(firsts: Sequence[int], dated: Sequence[Dated]) -> list[str]:
    """What is wrong with beats that another follows in the same frame of the clip."""
    pairs = pairwise(zip(firsts, dated, strict=True))
    return [
        f"{later.key}.at: begins in the same frame as {each.key}, whose words nobody would see; let both hold"
        for (first, each), (next_first, later) in pairs
        if first == next_first
    ]


def _first(key: str, beat: BeatConfig, when: When, films: Sequence[Film]) -> tuple[int, float]:
    """The run, by its index, in which a moment first comes, and when; the one that the beat names, if it does."""
    chosen = None if beat.run is None else _labelled(f"{key}.run", _labels(films), beat.run)
    found, missed = [], []
    for k, film in enumerate(films):
        if chosen in (None, k):
            try:
                found.append((time_of(when, film), k))
            except NeverComes as never:
                missed.append(f"{film.label}: {never}" if film.label else str(never))
    if not found:
        raise NeverComes(f"{key}.at = {when.words}: never comes; {'; '.join(missed)}")
    time, run = min(found)
    return run, time


def check_targets(scene: SceneConfig, runs: Mapping[str, tuple[int, int]]) -> None:
    """Raise InputError for a beat of a run that is not there, or of a sample or neuron that no run has.

    runs: numbers of samples and of neurons, by label.
    """
    for key, beat, _ in storyboard_of(scene).beats:
        if beat.run is not None:
            _labelled(f"{key}.run", list(runs), beat.run)
        for k, name in enumerate(("sample", "knot")):
            count = max(counts[k] for label, counts in runs.items() if beat.run in (None, label))
            number = beat.point_at.get(name)
            if isinstance(number, int) and number > count:
                raise InputError(f"{key}.point_at.{name} = {number}: there are {count}; give 1 to {count}")


def said(key: str, template: str, films: Sequence[Film], run: int, time: float) -> str:
    """Words with facts of a run and numbers of a training time filled in, also those of another run, {loss@LABEL}.

    Raises InputError for a label that no run has.
    """

    def number(name: str, label: str) -> float | int | None:
        return _number(key, films, run, time, name, label)

    return fill_in_numbers(template, films[run].facts, number)


def _number(key: str, films: Sequence[Film], run: int, time: float, name: str, label: str) -> float | int | None:
    """A number of the run of a label, or of `run`, at a training time; None where it has none of that name."""
    film = films[_labelled(key, _labels(films), label)] if label else films[run]
    if name == TIME:
        return time
    return at_time(film, name, time) if name == LOSS or film.has(name) else None


def broken_claims(board: Storyboard, films: Sequence[Film]) -> list[str]:
    """Which of the conditions that the ending rests on do not hold at the end of the runs, with what is instead."""
    if board.ending is None:
        return []
    key, run = "scene.ending.holds", _run_of(board.ending, films)
    found = []
    for claim in board.claims():
        label = claim.label or films[run].label
        end = float(films[_labelled(key, _labels(films), label)].t[-1])
        number = _number(key, films, run, end, claim.name, claim.label)
        if number is None or not claim.holds(number):
            found.append(f"{claim.words}: it is {number}")
    return found


def _labels(films: Sequence[Film]) -> list[str]:
    return [film.label for film in films]


def _labelled(key: str, labels: Sequence[str], label: str) -> int:
    """The index of a label. Raises InputError where there is none."""
    if label not in labels:
        choice = f"choose of {', '.join(labels)}" if len(labels) > 1 else "the clip has one; leave it out"
        raise InputError(f"{key} = {label}: there is no such run; {choice}")
    return labels.index(label)


def _one_after_another(dated: Sequence[tuple[int, Dated]], count: int) -> list[Beat]:
    """Beats that begin at frames, each until its time is over or the next begins."""
    dated = sorted(dated, key=lambda pair: pair[0])
    ends = [first for first, _ in dated[1:]] + [count] * bool(dated)
    return [
        replace(each.beat, start=first, stop=min(first + each.stay, end))
        for (first, each), end in zip(dated, ends, strict=True)
        if end > first
    ]


def _captions(scene: SceneConfig, film: Film, timeline: Timeline, fps: int, say: Language) -> list[Beat]:
    """Sentences under the title: those given, and where none stands catches, if these are told."""
    count, stay, apart = len(timeline.times), frame_count(STAYS, fps), frame_count(APART, fps)
    chosen = {timeline.frame_at(time): (time, words) for time, words in sorted(scene.captions.items())}
    if scene.narrate:
        for event in events(film, largest_jump_of(film, inputs_in_sight([film])), "catch", say):
            time = float(film.t[event.frame])
            frame = timeline.frame_at(time)
            if all(frame - other >= apart if other <= frame else other - frame >= stay for other in chosen):
                chosen[frame] = time, event.words
    dated = [
        (frame, Dated("", Beat(0, 0, time, words, aside=True), 0, stay)) for frame, (time, words) in chosen.items()
    ]
    return _one_after_another([each for each in dated if each[0] < count], count)


def _run_of(ending: EndingConfig, films: Sequence[Film]) -> int:
    return 0 if ending.run is None else _labelled("scene.ending.run", _labels(films), ending.run)


def card_of(board: Storyboard, films: Sequence[Film], say: Language | None = None) -> Card | None:
    """The ending of runs; where they do not keep what it rests on its numbers alone, and not the claim."""
    ending = board.ending
    if ending is None:
        return None
    run = _run_of(ending, films)
    end = float(films[run].t[-1])
    texts = {name: getattr(ending, name) for name in ("say", "measured", "predicted", "source")}
    if broken_claims(board, films):
        texts["say"] = ""
    words = {name: said(f"scene.ending.{name}", text, films, run, end) for name, text in texts.items()}
    return Card(**words, names=numbers_called(say or english()))
