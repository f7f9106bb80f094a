"""From a storyboard and the moments of runs to a timeline that stands where it tells something."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.story import BeatConfig, EndingConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.errors import InputError
from pipeline.render.film.clip_limits import limits_of
from pipeline.render.film.film import Film
from pipeline.render.film.narration import events
from pipeline.render.film.story import Beat, Card, Story
from pipeline.render.film.storyboard import TIME, storyboard_of
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timeline import Timeline
from pipeline.render.film.timing import EASE, frame_count
from pipeline.render.film.when import NeverComes, When, at_time, time_of
from pipeline.render.film.words import fill_in_numbers, formats

STAYS = 3.0  # seconds that words stand at which the clip does not
APART = 1.5  # seconds between two told events, so that each can be read


class Cue(NamedTuple):
    """A beat whose moment is known, and not yet its frames: `stay` frames of words, `stand` of them at rest."""

    beat: Beat
    stand: int
    stay: int


def told(scene: SceneConfig, films: Sequence[Film], timing: TimingConfig, fps: int, axis: TimeAxis) -> Timeline:
    """The timeline of a clip of runs, and its story; films: of the runs' moments.

    Raises InputError, by key, for a beat whose moment never comes, or that points at what a run does not have.
    """
    board = storyboard_of(scene)
    before, _, after = board.added(fps)
    cues = [_cue(key, beat, when, films, fps) for key, beat, when in board.beats]
    cues.sort(key=lambda cue: cue.beat.time)
    stands = [cue for cue in cues if cue.stand]
    stops = [(cue.beat.time, cue.stand) for cue in stands]
    timeline = Timeline.of(timing, fps, axis, stops, before, after)
    firsts = {id(cue): stand[0] for cue, stand in zip(stands, timeline.stands, strict=True)}
    passing = _frames_of(timeline, [cue for cue in cues if not cue.stand])
    beats = _one_after_another(
        [(firsts.get(id(cue), passing.get(id(cue), 0)), cue) for cue in cues], len(timeline.times)
    )
    aside = _captions(scene, films[0], timeline, fps)
    count = len(timeline.times)
    story = Story(
        tuple(sorted([*beats, *aside], key=lambda beat: beat.start)),
        (0, before),
        (count - after, count),
        _card(board.ending, films),
        board.evidence,
    )
    return replace(timeline, story=story)


def _cue(key: str, beat: BeatConfig, when: When, films: Sequence[Film], fps: int) -> Cue:
    run, time = _first(key, beat, when, films)
    _check_target(f"{key}.point_at", beat, films[run])
    stand = frame_count(beat.hold, fps)
    stay = stand + frame_count(EASE, fps) if stand else frame_count(STAYS, fps)
    return Cue(Beat(0, 0, time, said(beat.say, films[run], time), beat.point_at, beat.dim, run), stand, stay)


def _first(key: str, beat: BeatConfig, when: When, films: Sequence[Film]) -> tuple[int, float]:
    """The run, by its index, in which a moment first comes, and when; the one that the beat names, if it does."""
    labels = [film.label for film in films]
    if beat.run is not None and beat.run not in labels:
        raise InputError(f"{key}.run = {beat.run}: there is no such run; choose of {', '.join(labels)}")
    found, missed = [], []
    for k, film in enumerate(films):
        if beat.run in (None, film.label):
            try:
                found.append((time_of(when, film), k))
            except NeverComes as never:
                missed.append(f"{film.label}: {never}" if film.label else str(never))
    if not found:
        raise InputError(f"{key}.at = {when.words}: never comes; {'; '.join(missed)}")
    time, run = min(found)
    return run, time


def _check_target(key: str, beat: BeatConfig, film: Film) -> None:
    """InputError for a sample or neuron that a run does not have."""
    for name, count in (("sample", len(film.x)), ("knot", film.neurons)):
        number = beat.point_at.get(name)
        if isinstance(number, int) and number > count:
            raise InputError(f"{key}.{name} = {number}: there are {count}; give 1 to {count}")


def said(template: str, film: Film, time: float) -> str:
    """Words with the facts and quantities of a training time filled in."""
    values = {name: at_time(film, name, time) for name in _scalars(template, film)}
    return fill_in_numbers(template, film.facts, lambda name: time if name == TIME else values.get(name))


def _scalars(template: str, film: Film) -> list[str]:
    return [name for name, _ in formats(template) if name == "loss" or film.has(name)]


def _frames_of(timeline: Timeline, cues: Sequence[Cue]) -> dict[int, int]:
    """By cue, the first frame that is not before its time."""
    return {id(cue): int(np.searchsorted(timeline.times, cue.beat.time)) for cue in cues}


def _one_after_another(cues: Sequence[tuple[int, Cue]], count: int) -> list[Beat]:
    """Beats that begin at frames, each until its time is over or the next begins."""
    cues = sorted(cues, key=lambda pair: pair[0])
    ends = [first for first, _ in cues[1:]] + [count] * bool(cues)
    return [
        replace(cue.beat, start=first, stop=min(first + cue.stay, end))
        for (first, cue), end in zip(cues, ends, strict=True)
        if end > first
    ]


def _captions(scene: SceneConfig, film: Film, timeline: Timeline, fps: int) -> list[Beat]:
    """Sentences under the title: those given, and where none stands catches, if these are told."""
    times, stay, apart = timeline.times, frame_count(STAYS, fps), frame_count(APART, fps)
    chosen = {int(np.searchsorted(times, time)): (time, words) for time, words in sorted(scene.captions.items())}
    if scene.narrate:
        for event in events(film, limits_of([film]).largest_jump, "catch"):
            time = float(film.t[event.frame])
            frame = int(np.searchsorted(times, time))
            if all(frame - other >= apart if other <= frame else other - frame >= stay for other in chosen):
                chosen[frame] = time, event.words
    cues = [(frame, Cue(Beat(0, 0, time, words, aside=True), 0, stay)) for frame, (time, words) in chosen.items()]
    return _one_after_another([cue for cue in cues if cue[0] < len(times)], len(times))


def _card(ending: EndingConfig | None, films: Sequence[Film]) -> Card | None:
    if ending is None:
        return None
    film = films[0]
    words = (
        said(text, film, float(film.t[-1])) for text in (ending.say, ending.measured, ending.predicted, ending.source)
    )
    return Card(*words)
