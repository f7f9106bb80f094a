"""The clips of a finished run: the whole video, and its sections, with what they say and what a speaker says."""

from collections.abc import Sequence
from functools import partial

from pipeline import __version__
from pipeline.config.language import language_of
from pipeline.embed.clip import Clip, clips
from pipeline.embed.describe import description, parameters, title_of
from pipeline.embed.sections import Section
from pipeline.embed.told import to_say
from pipeline.render.film.cues import Cue
from pipeline.run.asked import VIDEO
from pipeline.run.finished import Finished


def whole_clip(run: Finished, command: str) -> Clip:
    """The video as a clip; command: that it is asked for with."""
    config, manifest, films = run.config, run.manifest, run.films
    told = description(config, films, run.cues)
    size, colours = (manifest["width"], manifest["height"]), (config.theme.background, config.theme.foreground)
    shown = *VIDEO, *size, manifest["seconds"], title_of(config, films), told, config.embed.loop, *colours
    return Clip(*shown, run.cues, config.video.subtitles, notes(run, command, run.cues, "", told), config.language.code)


def clips_of_run(run: Finished, command: str, sections: Sequence[Section]) -> list[Clip]:
    """What slides show: the sections, or the whole video where there are none."""
    say = language_of(run.config.language)
    whole, about = whole_clip(run, command), description(run.config, run.films)
    return clips(whole, sections, run.manifest["fps"], about, partial(notes, run, command), say)


def notes(run: Finished, command: str, cues: Sequence[Cue], claim: str, told: str) -> tuple[str, ...]:
    """What to say, or what is told where a clip says nothing; then parameters, version and command."""
    say = language_of(run.config.language)
    made = say("talk.version", version=__version__), say("talk.command", command=command or run.manifest["command"])
    return *(to_say(cues, claim, say) or [told]), *parameters(run.films, say), *made
