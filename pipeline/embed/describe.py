"""A finished video in plain words: its title, what it shows for those who hear it, and its parameters."""

from collections.abc import Sequence

import numpy as np

from pipeline.config.language import Language, language_of
from pipeline.config.schema.config import Config
from pipeline.console.figures import figures
from pipeline.embed.told import spoken
from pipeline.render.film.cues import Cue
from pipeline.render.film.film import Film, with_unit
from pipeline.render.film.plain import plain
from pipeline.render.film.words import SEPARATOR, common_facts, fill_in, fill_in_known


def title_of(config: Config, films: Sequence[Film]) -> str:
    """The title of the scene."""
    return plain(fill_in(config.scene.title, common_facts(film.facts for film in films)))


def subtitle_of(config: Config, film: Film) -> str:
    """The subtitle of a scene of one run, within whose parts no line breaks."""
    text = plain(fill_in_known(config.scene.subtitle, film.facts))
    return SEPARATOR.join(part.replace(" ", "\u00a0") for part in text.split(SEPARATOR))


def description(config: Config, films: Sequence[Film], cues: Sequence[Cue] = ()) -> str:
    """What the video says and shows, in sentences, with the parameters of each run: the alternative text.

    cues: what it says.
    """
    say = language_of(config.language)
    return config.embed.alt or " ".join(filter(None, [spoken(cues, say), _runs(films, say)]))


def _runs(films: Sequence[Film], say: Language) -> str:
    if len(films) == 1:
        return _run(films[0], say)
    labelled = " ".join(f"{plain(film.label)}: {_run(film, say)}" for film in films)
    return f"{say('talk.runs', count=len(films))} {labelled}"


def _run(film: Film, say: Language) -> str:
    y, x = (
        with_unit(plain(axis.label) or name, axis.unit)
        for axis, name in ((film.data.y_axis, "y"), (film.data.x_axis, "x"))
    )
    held = int(np.count_nonzero(film.held[-1]))
    inside = np.count_nonzero((film.beta >= film.x[0]) & (film.beta <= film.x[-1]), axis=1)
    start = _start(film, say)
    network = say("talk.neurons", count=film.neurons) + (f" ({start})" if start else "")
    how = say("talk.by" if start else "talk.within", dynamics=film.facts["dynamics"])
    end = figures(film.time.end_time)
    described = say(
        "talk.described" if film.of_relus else "talk.described_other",
        network=network,
        data=_data(film, say),
        y=y,
        x=x,
        how=how,
        end=end,
    )
    first, last = inside[[0, -1]].tolist()
    return f"{described} {say('talk.outcome', loss=_loss(film, say), first=first, last=last, held=held)}"


def parameters(films: Sequence[Film], say: Language) -> list[str]:
    """Lines that name each run's data, network and training."""
    lines = []
    for film in films:
        label = f"{plain(film.label)}: " if film.label else ""
        network = ", ".join(filter(None, [say("talk.neurons", count=film.neurons), _start(film, say)]))
        dynamics, end = film.facts["dynamics"], figures(film.time.end_time)
        training = say("talk.training", dynamics=dynamics, end=end, loss=_loss(film, say))
        lines += [f"{label}{line}" for line in (_data(film, say), network, training)]
    return lines


def _data(film: Film, say: Language) -> str:
    samples = say("talk.samples", count=len(film.x))
    return say("talk.data", data=plain(film.data.name) or say("talk.any_data"), samples=samples)


def _start(film: Film, say: Language) -> str:
    """How it was initialised; nothing where that is not known."""
    facts = film.facts
    if "init" not in facts:
        return ""
    return say("talk.start", init=facts["init"], scale=fill_in("{scale}", facts), seed=facts["seed"])


def _loss(film: Film, say: Language) -> str:
    return say("talk.range", first=figures(film.loss[0], 3), last=figures(film.loss[-1], 3))
