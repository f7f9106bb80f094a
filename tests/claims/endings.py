"""What an experiment's last frame says, asked of its run."""

from dataclasses import replace

from pipeline.render.film.storyboard import Storyboard, storyboard_of
from pipeline.render.film.telling import broken_claims, card_of
from pipeline.render.film.time_axis import TimeAxis
from pipeline.run.timeline import film_of
from tests.claims.played import taken
from tests.conftest import composed


def ending_of(experiment: str):
    """(the card of an experiment's last frame, which of the conditions that it rests on its runs break)."""
    config = composed(f"experiment={experiment}")
    board: Storyboard = storyboard_of(config.scene)
    axis = TimeAxis("linear", 1.0, 0.1, None)
    runs = config.compare.items() or [("", ())]
    films = [film_of(replace(taken(experiment, *more), label=label), axis) for label, more in runs]
    assert board.claims()
    return card_of(board, films), broken_claims(board, films)
