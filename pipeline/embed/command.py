"""`python -m pipeline.embed`: talks, decks and reels of finished runs, the atlas, and where a file comes from.

A talk that is made again here keeps the options that it was made with, but for those that are given. With `embed=talk`
the command `python -m pipeline` follows its config alone.
"""

import argparse
import logging
import re
import shlex
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.config.convert import clean_texts
from pipeline.config.schema.embed import EmbedConfig
from pipeline.console.arguments import Parser, numbers
from pipeline.console.progress import LineHandler
from pipeline.embed.check import check_embed
from pipeline.embed.provenance import reproduce
from pipeline.embed.snippets import REVEAL
from pipeline.errors import InputError
from pipeline.run.check import check

log = logging.getLogger(__name__)

DESCRIPTION = "Talks, decks and reels of finished runs, the atlas of all claims, and where a file comes from."
OPTIONS = (
    *("gif", "webm", "cuts", "beats", "events", "most_sections", "shortest", "loop"),
    *("slides", "explore", "lab", "alt"),
)
NONE = "none"  # clears a list


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the command line's words say; the exit code, 0. Raises PipelineError where that cannot be done."""
    started = time.perf_counter() if started is None else started
    logging.basicConfig(level=logging.INFO, handlers=[LineHandler()], format="%(message)s")
    do(parser().parse_intermixed_args(words), shlex.join(["python", "-m", "pipeline.embed", *words]), started)
    return 0


def do(asked: argparse.Namespace, words: str, started: float) -> None:
    """One of the five things that can be asked for."""
    if "config_dir" in asked and "atlas" not in asked:
        raise InputError("--config-dir: belongs to an atlas; ask for it, --atlas, or leave it out")
    if "source" in asked:
        print(reproduce(Path(asked.source)))
    elif "atlas" in asked:
        from pipeline.embed.atlas.command import make_atlas

        check_atlas(asked)
        make_atlas(asked, words, started)
    elif "reel" in asked:
        from pipeline.embed.reel.command import make_reel

        check_reel(asked)
        make_reel(asked, words, started)
    elif "deck" in asked:
        check_deck(asked)
        make_deck(asked, words)
    else:
        for key, owner in (("out", "a deck, reel or atlas"), ("reveal", "a deck")):
            if key in asked:
                raise InputError(f"--{key}: belongs to {owner}; name it, --deck NAME, or leave --{key} out")
        _check_folders(asked)
        make_talks(asked, started)


def _check_folders(asked: argparse.Namespace) -> None:
    if not asked.folders:
        raise InputError("give the folder of a finished run: python -m pipeline.embed renders/NAME; --help tells more")


def make_talks(asked: argparse.Namespace, started: float) -> None:
    """The folder talk/ of every run."""
    from pipeline.embed.check import TALK
    from pipeline.embed.talk import make_talk
    from pipeline.run.finished import read_finished

    for folder in map(Path, asked.folders):
        run = read_finished(folder)
        made = replace(kept_options(folder / TALK, run.config.embed), make=True, **given(asked))
        clean_texts(made)
        config = replace(run.config, embed=made, force=asked.force)
        check(config)
        check_embed(config)
        told = shlex.join(["python", "-m", "pipeline.embed", str(folder), *words_of(made, run.config.embed)])
        both = " && ".join(filter(None, [run.manifest["command"], told]))
        make_talk(replace(run, config=config), both, started)
        started = time.perf_counter()


def check_deck(asked: argparse.Namespace) -> None:
    """Raise InputError where a deck has no name of its own or no runs, or is given the options of talks."""
    from pipeline.store.manifest import read_manifest

    if read_manifest(Path(asked.deck)):
        runs = shlex.join([asked.deck, *asked.folders])
        raise InputError(f"--deck {asked.deck}: takes the deck's name before the runs: --deck NAME {runs}")
    if not re.fullmatch(r"[\w.+=-]+", asked.deck):
        raise InputError(f"--deck {asked.deck}: name it by letters, digits and .+=-_; --out FOLDER says where it goes")
    _check_folders(asked)
    _refuse_options(asked, "whose clips a deck takes; make them first, without --deck")


def check_reel(asked: argparse.Namespace) -> None:
    """Raise InputError where a reel is given the options of talks or decks."""
    _refuse_options(asked, "and a reel takes whole videos; leave it out")
    for key in ("deck", "reveal"):
        if key in asked:
            raise InputError(f"--{key}: is of decks, and a reel is a film; ask for one of them")


def check_atlas(asked: argparse.Namespace) -> None:
    """Raise InputError where an atlas is given the options of talks, decks or reels."""
    _refuse_options(asked, "and an atlas takes whole videos; leave it out")
    for key in ("deck", "reveal", "reel"):
        if key in asked:
            raise InputError(f"--{key}: is of decks and reels, and an atlas is a page; ask for one of them")


def _refuse_options(asked: argparse.Namespace, remedy: str) -> None:
    for key in given(asked):
        raise InputError(f"--{key.replace('_', '-')}: is of talks, {remedy}")


def make_deck(asked: argparse.Namespace, words: str) -> None:
    """One deck of all runs, by default in a folder of its own name."""
    from pipeline.embed.deck import Deck
    from pipeline.run.finished import read_finished

    folder = Path(getattr(asked, "out", f"deck-{asked.deck}"))
    runs = [read_finished(Path(run)) for run in asked.folders]
    deck = Deck(folder, runs, getattr(asked, "reveal", REVEAL), words)
    deck.force = asked.force
    slides = len(deck.clips)
    _, done = deck.bring_up_to_date()
    log.info("%s: deck.html and deck.qmd, %d slides%s", deck.folder, slides, "" if done else "; up to date")


def given(asked: argparse.Namespace) -> dict[str, Any]:
    """The options of talks among the words, by key of the config group."""
    return {key: value for key, value in vars(asked).items() if key in OPTIONS}


def kept_options(talk: Path, default: EmbedConfig) -> EmbedConfig:
    """What the talk in a folder was made with; `default` where there is none that can be read."""
    from pipeline.config.schema.config import config_from
    from pipeline.store.manifest import read_manifest

    try:
        kept: EmbedConfig = config_from(read_manifest(talk)["config"]["embed"], EmbedConfig)
    except (KeyError, TypeError, InputError):
        return default
    return kept


def words_of(embed: EmbedConfig, before: EmbedConfig) -> list[str]:
    """The options that give a talk these values, whatever the run's own config had `before`."""
    default = EmbedConfig()
    values = {key: getattr(embed, key) for key in OPTIONS}
    told = {
        key: value
        for key, value in values.items()
        if value is not None and not value == getattr(default, key) == getattr(before, key)
    }
    return [_word(key.replace("_", "-"), value) for key, value in told.items()]


def _word(option: str, value: Any) -> str:
    if isinstance(value, bool):
        return f"--{option}" if value else f"--no-{option}"
    return f"--{option}={(','.join(map(str, value)) or NONE) if isinstance(value, list) else value}"


def parser() -> Parser:
    """The options. Those that are not given are not in the result: a talk keeps what it was made with."""
    default, on_off = EmbedConfig(), argparse.BooleanOptionalAction
    made = Parser(
        prog="python -m pipeline.embed",
        description=DESCRIPTION,
        epilog="A talk that is there keeps its options, but for those that are given.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    made.add_argument("folders", nargs="*", default=[], metavar="FOLDER", help="of a finished run, as renders/nile")
    made.add_argument("--gif", action=on_off, help="also video.gif")
    made.add_argument("--webm", action=on_off, help="also video.webm")
    made.add_argument("--cuts", type=times, metavar="T,T…", help="training times to cut sections at, or none")
    made.add_argument("--beats", action=on_off, help="a section for each beat of a story, as by default")
    made.add_argument("--events", type=names, metavar="KIND,…", help="cut at each catch, release; or none")
    made.add_argument("--most-sections", type=int, metavar="N", help=f"of events or beats; {default.most_sections}")
    made.add_argument(
        "--shortest", type=float, metavar="SECONDS", help=f"section by events or beats; {default.shortest:g}"
    )
    made.add_argument("--loop", action=on_off, help="start clips again at their end, as by default")
    made.add_argument("--slides", action=on_off, help="talk.pptx; by default where python-pptx is installed")
    made.add_argument("--explore", action=on_off, help="the interactive page explore.html, as by default")
    made.add_argument("--lab", action=on_off, help="the laboratory lab.html, as by default")
    made.add_argument("--alt", metavar="TEXT", help="alternative text of your own")
    made.add_argument("--force", action="store_true", default=False, help="make all of it again")
    made.add_argument("--deck", metavar="NAME", help="one reveal.js deck of all FOLDERs instead, in deck-NAME")
    made.add_argument(
        "--reel", action="store_true", help="one film of all FOLDERs instead, or of a list: sahs, FILE.yaml"
    )
    made.add_argument(
        "--atlas", action="store_true", help="one page of all experiments' claims, or of those named; in atlas/"
    )
    made.add_argument("--config-dir", metavar="FOLDER", help="of configs of your own, whose claims the atlas has too")
    made.add_argument("--out", metavar="FOLDER", help="where the deck, reel or atlas goes, instead of deck-NAME, …")
    made.add_argument("--reveal", metavar="PLACE", help="reveal.js's folder or address, for the deck")
    made.add_argument("--from", dest="source", metavar="FILE", help="print the command that made a file")
    return made


def times(text: str) -> list[float]:
    """Numbers between commas; none of them where it says none."""
    return numbers(",".join(names(text)))


def names(text: str) -> list[str]:
    """Words between commas, brackets around them allowed; none of them where it says none."""
    return [part.strip() for part in text.strip("[]").split(",") if part.strip() not in ("", NONE)]
