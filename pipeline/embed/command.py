"""`python -m pipeline.embed`: talks and decks of finished runs, and where a file comes from."""

import argparse
import logging
import shlex
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config.convert import clean_texts
from pipeline.config.schema.embed import EmbedConfig
from pipeline.console.progress import LineHandler
from pipeline.console.say import say
from pipeline.embed.check import check_embed
from pipeline.embed.provenance import reproduce
from pipeline.embed.snippets import REVEAL
from pipeline.errors import InputError, PipelineError
from pipeline.run.check import check

log = logging.getLogger(__name__)


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the command line's words say; the exit code, 0 when all is made, 1 or 2 when one line says why not."""
    started = time.perf_counter() if started is None else started
    logging.basicConfig(level=logging.INFO, handlers=[LineHandler()], format="%(message)s")
    try:
        do(parser().parse_args(words), shlex.join(["python", "-m", "pipeline.embed", *words]), started)
    except PipelineError as error:
        say(f"error: {error}")
        return 2 if isinstance(error, InputError) else 1
    return 0


def do(asked: argparse.Namespace, words: str, started: float) -> None:
    """One of the three things that can be asked for."""
    if asked.source:
        print(reproduce(Path(asked.source)))
    elif not asked.folders:
        raise InputError("give the folder of a finished run: python -m pipeline.embed renders/NAME; --help tells more")
    elif asked.deck:
        make_deck(asked, words)
    else:
        make_talks(asked, words, started)


def make_talks(asked: argparse.Namespace, words: str, started: float) -> None:
    """The folder talk/ of every run."""
    from pipeline.embed.talk import make_talk
    from pipeline.run.finished import read_finished

    for folder in asked.folders:
        run = read_finished(Path(folder))
        config = replace(run.config, embed=embed_config(asked), force=asked.force)
        check(config)
        check_embed(config)
        both = " && ".join(filter(None, [run.manifest["command"], words]))
        make_talk(replace(run, config=config), both, started)
        started = time.perf_counter()


def make_deck(asked: argparse.Namespace, words: str) -> None:
    """One deck of all runs."""
    from pipeline.embed.deck import Deck
    from pipeline.run.finished import read_finished
    from pipeline.store.folder import make_folder

    deck = Deck(Path(asked.out), [read_finished(Path(folder)) for folder in asked.folders], asked.reveal, words)
    deck.force = asked.force
    slides = len(deck.clips)
    make_folder(deck.folder)
    _, done = deck.bring_up_to_date()
    log.info("%s: deck.html and deck.qmd, %d slides%s", deck.folder, slides, "" if done else "; up to date")


def embed_config(asked: argparse.Namespace) -> EmbedConfig:
    """The options as the config group has them."""
    keys = "gif", "webm", "cuts", "events", "most_sections", "shortest", "loop", "slides", "explore", "alt"
    made = EmbedConfig(make=True, **{key: getattr(asked, key) for key in keys})
    clean_texts(made)
    return made


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are ours."""

    def error(self, message: str):
        """Raise InputError."""
        raise InputError(f"{message}; `python -m pipeline.embed --help` lists the options")


def parser() -> Parser:
    """The options; their defaults are those of the config group."""
    default, on_off = EmbedConfig(), argparse.BooleanOptionalAction
    made = Parser(prog="python -m pipeline.embed", description=__doc__, allow_abbrev=False)
    made.add_argument("folders", nargs="*", metavar="FOLDER", help="of a finished run, such as renders/default")
    made.add_argument("--gif", action="store_true", help="also video.gif")
    made.add_argument("--webm", action="store_true", help="also video.webm")
    made.add_argument("--cuts", type=numbers, default=[], metavar="T,T…", help="training times to cut sections at")
    made.add_argument("--events", type=names, default=[], metavar="KIND,…", help="cut at each catch, release")
    made.add_argument("--most-sections", type=int, default=default.most_sections, metavar="N", help="that events make")
    made.add_argument("--shortest", type=float, default=default.shortest, metavar="SECONDS", help="section by events")
    made.add_argument("--loop", action=on_off, default=default.loop, help="start clips again at their end")
    made.add_argument("--slides", action=on_off, default=default.slides, help="talk.pptx; needs python-pptx")
    made.add_argument("--explore", action=on_off, default=default.explore, help="the interactive page explore.html")
    made.add_argument("--alt", default=default.alt, metavar="TEXT", help="alternative text of your own")
    made.add_argument("--force", action="store_true", help="make all of it again")
    made.add_argument("--deck", action="store_true", help="one reveal.js deck of all FOLDERs instead")
    made.add_argument("--out", default="deck", metavar="FOLDER", help="where the deck goes")
    made.add_argument("--reveal", default=REVEAL, metavar="PLACE", help="reveal.js's folder or address")
    made.add_argument("--from", dest="source", metavar="FILE", help="print the command that made a file")
    return made


def numbers(text: str) -> list[float]:
    """Numbers between commas."""
    return [float(part) for part in names(text)]


def names(text: str) -> list[str]:
    """Words between commas, brackets around them allowed."""
    return [part.strip() for part in text.strip("[]").split(",") if part.strip()]
