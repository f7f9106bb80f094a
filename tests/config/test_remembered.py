"""What is kept of a command's words, and what is not."""

import pytest

from pipeline.config import remembered
from pipeline.config.remembered import CONF, Composed, recall, remember
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
    return Composed(composed(*words), {}, remembered.Path("renders/kept"))


def test_words_are_recalled_as_they_were_composed(kept):
    assert recall(WORDS) is None
    remember(WORDS, made(*WORDS), SHIPPED)
    assert recall(WORDS) == made(*WORDS)
    assert recall(WORDS[:-1]) is None


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
    for width in range(1, 6):
        remember([f"init.width={width}"], made(), SHIPPED)
    assert len(list(kept.iterdir())) == 3
    assert recall(["init.width=5"])
