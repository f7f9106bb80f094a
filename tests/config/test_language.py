"""Words of pictures and pages: one table, which every language has whole; what is drawn takes its words from there."""

import re
from dataclasses import asdict, replace

import pytest
import yaml
from matplotlib.text import Text

from pipeline.config.home import CONF
from pipeline.config.language import Language, check_language, english, language_of
from pipeline.config.schema.config import Config
from pipeline.config.schema.language import LanguageConfig
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.sentences import OF_OTHERS, translate
from pipeline.embed.reel.listing import LISTS, read_list
from pipeline.embed.reel.making import in_its_language
from pipeline.errors import InputError
from pipeline.model.data import Axis
from pipeline.model.initialization import SCALINGS
from pipeline.model.sources import load_data
from pipeline.projection.quantities import PREDICTIONS, QUANTITIES, compute
from pipeline.projection.spline import project
from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.scene.panel_spec import needed_quantities
from pipeline.render.scene.scene import Scene
from pipeline.run.single_run import SingleRun
from pipeline.simulate.optimisers.table import OPTIMISERS
from tests.conftest import composed
from tests.render.runs import awkward_run, film_of

OTHERS = sorted(path.stem for path in (CONF / "language").glob("*.yaml") if path.stem != "en")
DRAWN = "axes", "paces", "key", "marks", "panels", "story", "quantities", "predictions"  # parts of pictures


def shipped(code: str) -> LanguageConfig:
    return LanguageConfig(**yaml.safe_load((CONF / "language" / f"{code}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("code", ["en", *OTHERS])
def test_a_shipped_language_is_whole(code):
    language = shipped(code)
    check_language(language)
    assert language.code == code
    for name, text in language_of(language).words.items():
        assert text.count("$") % 2 == 0, name
        assert len(re.split(r" \| ", text)) == len(re.split(r" \| ", english().words[name])), name


class Asked(dict):
    """Translations that keep what is looked up in them."""

    def get(self, text, otherwise=None):
        self[text] = text
        return otherwise


def said_by_configs() -> set[str]:
    """Every text of the shipped data sets, scenes, experiments and reels that a language may translate."""
    asked = Asked()
    for kind in ("data", "scene", "experiment"):
        for path in (CONF / kind).glob("*.yaml"):
            given, config = yaml.safe_load(path.read_text(encoding="utf-8")) or {}, Config()
            for group, keys in (given if kind == "experiment" else {kind: given}).items():
                if group in ("data", "scene", "sweep"):
                    vars(getattr(config, group)).update(keys)
            config.language.sentences = asked
            translate(config)
    for path in LISTS.glob("*.yaml"):
        reel = read_list(path)
        asked |= dict.fromkeys([reel.title, *(clip.say for clip in reel.clips)], "")
    return {*asked, *OF_OTHERS.values()}


@pytest.mark.parametrize("code", OTHERS)
def test_what_shipped_configs_say_is_translated_with_the_same_facts(code):
    sentences, said = shipped(code).sentences, said_by_configs()
    assert not {*sentences} - said  # of what no config says any more
    in_words = {text for text in said if re.search(r"[^\W\d_]{3}", re.sub(r"\{[^}]*\}|\$[^$]*\$", "", text))}
    assert not in_words - {*sentences}
    for text, other in sentences.items():
        assert sorted(re.findall(r"\{[^}]*\}", text)) == sorted(re.findall(r"\{[^}]*\}", other)), text
        assert re.findall(r"\d+", text) == re.findall(r"\d+", other), text
        assert other == other.strip(), text


def test_a_reel_of_ours_speaks_the_language_of_its_clips():
    reel = in_its_language(read_list(LISTS / "sahs.yaml", ["language=de"]))
    said = shipped("de").sentences
    english = read_list(LISTS / "sahs.yaml")
    assert [reel.title, *(clip.say for clip in reel.clips)] == [
        said[text] for text in (english.title, *(clip.say for clip in english.clips))
    ]
    assert in_its_language(english) == english
    with pytest.raises(InputError, match="language"):
        in_its_language(read_list(LISTS / "sahs.yaml", ["language=xx"]))


def test_rows_of_tables_have_their_words_in_the_table():
    words = english().words
    scalars = [name for name, row in QUANTITIES.items() if row.shape == "F"]
    assert not [name for name in scalars if f"quantities.{name}" not in words]
    assert not [name for name in PREDICTIONS if f"predictions.{name}" not in words]
    for part, table in (("initialisations", SCALINGS), ("dynamics", OPTIMISERS)):
        assert english().part(part) == {name: row.spoken for name, row in table.items()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, r"lack axes\.output, axes\.\w+, axes\.\w+ and"),
        ({"axes": {"new": "x"}}, "have axes.new"),
        ({"marks": {"knots": "{number} Knicke"}}, r"words.marks.knots = .*must be \{count\}"),
        ({"axes": 3}, "words.axes: is a group of texts"),
    ],
)
def test_a_language_that_is_not_whole_is_told_in_one_line(words, said):
    language = shipped("de")
    given = {part: {**language.words.get(part, {}), **texts} if isinstance(texts, dict) else texts
             for part, texts in words.items()}  # fmt: skip
    language.words = {**language.words, **given} if words else {"key": {"network": "x"}}
    with pytest.raises(InputError, match=said) as told:
        check_language(language)
    assert "\n" not in str(told.value)


def test_counts_choose_their_form_and_formulas_stay():
    say = Language("xx", {"a.b": "{count} knot | {count} knots", "a.c": "$10^{x}$ of {value}"})
    assert [say("a.b", count=count) for count in (0, 1, 2)] == ["0 knots", "1 knot", "2 knots"]
    assert say("a.c", value=3) == "$10^{x}$ of 3"


def test_a_choice_translates_what_is_shipped_and_nothing_of_the_users():
    config = composed("language=de", "data=sine", "scene.subtitle=my own")
    assert (config.data.title, config.scene.subtitle) == (shipped("de").sentences["a sine"], "my own")
    assert config.language == replace(shipped("de"), sentences={})
    assert composed("language=en") == composed() == replace(composed(), language=LanguageConfig())
    assert asdict(Config().language) == asdict(LanguageConfig())


def test_a_language_draws_anew_and_simulates_nothing(tmp_path):
    jobs = [SingleRun(config, tmp_path, "", load_data(config.data)) for config in (composed(), composed("language=de"))]
    one, other = ({stage.name: stage.key for stage in job.stages} for job in jobs)
    assert {name for name in one if one[name] != other[name]} == {"render"}
    assert not jobs[1]._replaces({"config": asdict(jobs[0].config)})


def texts_of(scene: Scene) -> set[str]:
    """Every text that stands in some frames of a clip."""
    found = set()
    for frame in range(0, len(scene), 7):
        scene.still(frame)
        for artist in scene.canvas.agg.figure.findobj(lambda artist: isinstance(artist, Text | OutlinedText)):
            found |= set(artist.words) if isinstance(artist, OutlinedText) else {artist.get_text()}
    return {text for text in found if text}


@pytest.mark.parametrize("code", OTHERS)
def test_a_picture_shows_no_english_word(code):
    language = language_of(shipped(code))
    mosaic = [["function", "paths"], ["plane", "loss"], ["slopes", "jumps"], ["threads", "threads"]]
    scene, (data, trajectory) = SceneConfig("", "", LayoutConfig(mosaic)), awkward_run(frames=40)
    quantities = compute(needed_quantities(scene), trajectory, project(trajectory))
    film = film_of(replace(data, x_axis=Axis(), y_axis=Axis()), trajectory, quantities=quantities)
    shown = texts_of(Scene([film], scene, ThemeConfig(), 1920, 1080, language=language))
    assert shown & {language("axes.loss"), language("key.network")} == {language("axes.loss"), language("key.network")}
    drawn = [(name, text) for name, text in english().words.items() if name.partition(".")[0] in DRAWN]
    foreign = {text for name, text in drawn if len(text) > 3 and text != language.words[name]}
    others = set(language.words.values())
    assert not {text for text in shown for word in foreign - others if re.search(rf"\b{re.escape(word)}\b", text)}
