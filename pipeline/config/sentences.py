"""What shipped configs say, in the language that is chosen: titles, axes, and all that a storyboard tells."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.config.language import english, flat
from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig

OF_DATA = "title", "x_label", "x_unit", "y_label", "y_unit"  # what is said of samples, however they came
OF_SCENE = "title", "subtitle"
# keys of beats, endings, evidence and panels
INNER = "say", "measured", "predicted", "source", "verdict", "target_say", "text"


# Titles of shipped scenes where neurons are no ReLUs.
OF_OTHERS = {
    "A ReLU network of {neurons} neurons learns {data}": "A network of {neurons} neurons learns {data}",
    "ReLU networks learn {data}": "Networks learn {data}",
}


def translate(config: Config) -> None:
    """Put sentences in the place of the English ones that they translate, and keep of the language its words alone.

    What the language does not translate, as what a user wrote, stays. Of English words those stay that differ.
    """
    sentences, scene = config.language.sentences, config.scene
    if config.dynamics.activation != DynamicsConfig().activation:
        scene.title = OF_OTHERS.get(scene.title, scene.title)
    translate_texts(config.data, OF_DATA, sentences)
    translate_texts(scene, OF_SCENE, sentences)
    scene.captions = {time: _said(words, sentences) for time, words in scene.captions.items()}
    scene.beats = [_inner(beat, sentences) for beat in scene.beats]
    scene.ending, scene.evidence = _inner(scene.ending, sentences), _inner(scene.evidence, sentences)
    scene.panels = {name: _inner(options, sentences) for name, options in scene.panels.items()}
    config.sweep.scene = {name: _of_montage(name, value, sentences) for name, value in config.sweep.scene.items()}
    config.language.sentences = {}
    if config.language.code == english().code and flat(config.language.words).items() <= english().words.items():
        config.language.words = {}


def translate_texts(group: Any, names: Iterable[str], sentences: Mapping[str, str]) -> None:
    """Put sentences in the place of the English ones that keys of a group hold; what none translates stays."""
    for name in names:
        setattr(group, name, _said(getattr(group, name), sentences))


def _of_montage(name: str, value: Any, sentences: Mapping[str, str]) -> Any:
    """What a key of `sweep.scene` has, translated."""
    if name in OF_SCENE:
        return _said(value, sentences)
    return [_inner(beat, sentences) for beat in value] if isinstance(value, list) else _inner(value, sentences)


def _inner(group: Any, sentences: Mapping[str, str]) -> Any:
    """A group of keys, or what else stands in the place of one, with its texts translated."""
    if not isinstance(group, Mapping):
        return group
    texts = {name: _said(value, sentences) for name, value in group.items() if name in INNER}
    marks = {name: _each(value, sentences) for name, value in group.items() if name == "marks"}
    return {**group, **texts, **marks}


def _each(texts: Any, sentences: Mapping[str, str]) -> Any:
    if not isinstance(texts, Mapping):
        return texts
    return {place: _said(text, sentences) for place, text in texts.items()}


def _said(text: Any, sentences: Mapping[str, str]) -> Any:
    return sentences.get(text, text) if isinstance(text, str) else text
