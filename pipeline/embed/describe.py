"""A finished video in plain words: its title, what it shows for those who hear it, and its parameters."""

from collections.abc import Sequence

import numpy as np

from pipeline.config.language import language_of
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
    return config.embed.alt or " ".join(filter(None, [spoken(cues, language_of(config.language)), _runs(films)]))


def _runs(films: Sequence[Film]) -> str:
    if len(films) == 1:
        return _run(films[0])
    labelled = " ".join(f"{plain(film.label)}: {_run(film)}" for film in films)
    return f"{len(films)} runs side by side. {labelled}"


def _run(film: Film) -> str:
    facts, last = film.facts, len(film.t) - 1
    y, x = (
        with_unit(plain(axis.label) or name, axis.unit)
        for axis, name in ((film.data.y_axis, "y"), (film.data.x_axis, "x"))
    )
    held = int(np.count_nonzero(film.held[last]))
    inside = np.count_nonzero((film.beta >= film.x[0]) & (film.beta <= film.x[-1]), axis=1)
    return (
        f"A shallow ReLU network of {_network(film, ' ({})')} learns {_data(film)} of {y} over {x}, "
        f"{'by' if _start(film) else 'in'} {facts['dynamics']} from training time 0 to {figures(film.time.end_time)}. "
        f"The loss goes from {_loss(film)}. Of the breakpoints {inside[0]} lie among the "
        f"samples at the start and {inside[last]} at the end, where samples hold {held} of them."
    )


def parameters(films: Sequence[Film]) -> list[str]:
    """Lines that name each run's data, network and training."""
    lines = []
    for film in films:
        label = f"{plain(film.label)}: " if film.label else ""
        lines += [
            f"{label}{_data(film)}",
            f"{label}{_network(film, ', {}')}",
            f"{label}{film.facts['dynamics']} from t = 0 to {figures(film.time.end_time)}, loss {_loss(film)}",
        ]
    return lines


def _data(film: Film) -> str:
    return f"{plain(film.data.name) or 'data'}, {len(film.x)} samples"


def _network(film: Film, start: str) -> str:
    """Its size and, in a place for it, its start."""
    return f"{film.neurons} neurons{start.format(_start(film)) if _start(film) else ''}"


def _start(film: Film) -> str:
    """How it was initialised; nothing where that is not known."""
    facts = film.facts
    if "init" not in facts:
        return ""
    return f"{facts['init']} initialisation, scale {fill_in('{scale}', facts)}, seed {facts['seed']}"


def _loss(film: Film) -> str:
    return f"{figures(film.loss[0], 3)} to {figures(film.loss[-1], 3)}"
