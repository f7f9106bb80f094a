"""What is kept of a command's words, and what is not."""

import re
from pathlib import Path

import pytest

from pipeline.config import remembered
from pipeline.config.remembered import CONF, Composed, recall, remember
from pipeline.config.run_name import run_name
from tests.conftest import composed

WORDS = ["init.width=7", "name=kept", "scene.title='a = b'"]
SHIPPED = ["hydra.conf", str(CONF), ""]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder that words are kept in."""
    monkeypatch.setattr(remembered, "user_cache_path", lambda name: tmp_path)
    return tmp_path / "composed"


def made(*words: str) -> Composed:
    """What words make."""
    return Composed(composed(*words), {}, Path("renders/kept"))


def named(*words: str) -> Composed:
    """The same in the folder of their run."""
    config = composed(*words)
    return Composed(config, {}, Path("renders", run_name(config.name, words)))


def test_words_are_recalled_as_they_were_composed(kept):
    assert recall(WORDS) is None
    remember(WORDS, made(*WORDS), SHIPPED)
    assert recall(WORDS) == made(*WORDS)
    assert recall(WORDS[:-1]) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("init.width=7", "init.width=12"),
        ("init.scale=2", "init.scale=0.5"),
        ("init.scale=0.5", "init.scale=+2"),
        ("init.scale=0.5", "init.scale=1.5e-3"),
        ("dynamics.rtol=1e-4", "dynamics.rtol=2.0"),
        ("data.noise=0.1", "data.noise=-7"),  # refused where it is checked, as what Hydra composes is
        ("timing.first_time=0.5", "timing.first_time=3"),  # may be null
        ("theme.stroke=0.1", "theme.stroke=0.2"),
    ],
)
def test_words_that_differ_in_numbers_are_recalled_as_they_would_be_composed(kept, before, after):
    """By the name of their run, too, and whatever stands beside them."""
    for words in ([before], ["data=sine", before, "video=draft"], [before, "name=kept"]):
        other = [after if word == before else word for word in words]
        assert recall(words) is None
        remember(words, named(*words), SHIPPED)
        assert recall(other) == named(*other)
        assert recall(words) == named(*words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("init.width=7", "init.width=7.5"),  # is no whole number
        ("init.width=7", "init.width=07"),  # is none of Hydra's numbers
        ("init.width=7", "init.width=many"),
        ("init.width=7", "init.depth=7"),
        ("init.seed=1", "data.seed=1"),
        ("name=1", "name=2"),  # is a text
        ("scene.subtitle=1", "scene.subtitle=2"),
        ("data.at=1", "data.at=2"),
        ("data=1", "data=2"),
        ("scene.panels.function.sign=1", "scene.panels.function.sign=2"),
        ("init.scale=1", "init.scale=inf"),
        ("init.scale=1", "init.scale=1e400"),
        ("init.scale=1", f"init.scale=1{400 * '0'}"),
        ("init.seed=1", f"init.seed=1{5000 * '0'}"),
    ],
)
def test_words_that_differ_in_more_than_numbers_are_composed(kept, before, after):
    remember([before], made(), SHIPPED)
    assert recall([before])
    assert recall([after]) is None


def test_runs_side_by_side_are_composed_when_a_number_differs(kept):
    """For what they are said to have themselves stays as it is."""
    side_by_side = Composed(composed("init.scale=1"), {"one": composed("init.scale=1")}, Path("renders/kept"))
    remember(["init.scale=1"], side_by_side, SHIPPED)
    assert recall(["init.scale=1"]) == side_by_side
    assert recall(["init.scale=2"]) is None


@pytest.mark.parametrize("later", ["init.width=8", "init={width: 8}", "init={width: 8, seed: 1}"])
def test_what_a_later_word_sets_too_is_composed_when_a_number_differs(kept, later):
    remember(["init.width=7", later], made("init.width=8"), SHIPPED)
    assert recall(["init.width=7", later])
    assert recall(["init.width=9", later]) is None


def test_no_number_of_a_shipped_config_is_another_key_s():
    """Or it would have to be composed where that one differs."""
    kept = {"dynamics.path", "name", "hydra.overrides.task"}
    texts = (path.read_text(encoding="utf-8") for path in CONF.rglob("*.yaml"))
    assert {key for text in texts for key in re.findall(r"\$\{([^${}]+)\}", text)} == kept


def test_what_comes_with_the_package_counts(kept, monkeypatch):
    remember(WORDS, made(*WORDS), SHIPPED)
    for changed in ("made_by", "file_hash", "_plugins"):
        with monkeypatch.context() as patch:
            patch.setattr(remembered, changed, lambda *of: ["another"])
            assert recall(WORDS) is None
    assert recall(WORDS)


@pytest.mark.parametrize(
    "word",
    [
        "-m",
        "--cfg=job",
        "hydra.run.dir=x",
        "hydra/launcher=joblib",
        "init.scale=${oc.env:SCALE}",
        "~init",
        "+a=1",
        "experiment=../../mine",
    ],
)
def test_words_that_more_than_shipped_configs_decide_are_composed_each_time(kept, word):
    remember([word], made(), SHIPPED)
    assert recall([word]) is None
    assert not kept.exists()


def test_configs_from_elsewhere_are_composed_each_time(kept):
    remember(WORDS, made(), [*SHIPPED, "/home/user/conf"])
    assert not kept.exists()


@pytest.mark.parametrize("left", [b"", b"no pickle", b"\x80\x04N."])
def test_what_cannot_be_read_is_composed(kept, left):
    remember(WORDS, made(), SHIPPED)
    (file,) = kept.iterdir()
    file.write_bytes(left)
    assert recall(WORDS) is None


def test_where_nothing_can_be_written_nothing_is_kept(kept):
    kept.write_text("in the way")
    remember(WORDS, made(), SHIPPED)
    assert recall(WORDS) is None


def test_few_commands_are_kept(kept, monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 3)
    for name in "abcde":
        remember([f"name={name}"], made(), SHIPPED)
    assert len(list(kept.iterdir())) == 3
    assert recall(["name=e"])
