"""What the README has from the code is what the code says today."""

import re
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.config.explain import reference
from pipeline.config.home import CONF

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
GROUPS = sorted(path.name for path in CONF.iterdir() if path.is_dir() and path.name != "hydra")


def test_the_reference_is_what_explain_says():
    """`python -m pipeline --explain --markdown` prints it."""
    import pipeline.make
    import pipeline.sweep.check  # noqa: F401 with them all tables of choices are there

    (kept,) = re.findall(r"<!-- reference: begin -->\n(.*)<!-- reference: end -->", TEXT, re.DOTALL)
    assert kept.strip() == reference().strip()


@pytest.mark.parametrize("group", GROUPS)
def test_every_choice_of_a_group_is_named(group):
    missing = [path.stem for path in (CONF / group).glob("*.yaml") if f"`{path.stem}`" not in TEXT]
    assert missing == []


def test_every_file_that_is_linked_is_there():
    links = re.findall(r"\]\(((?!https?:|#)[^)\s]+)\)", TEXT) + re.findall(r'src="([^"]+)"', TEXT)
    assert [link for link in links if not (README.parent / link.replace("\\", "").partition("#")[0]).exists()] == []


def test_it_is_cited_by_its_version():
    assert f"version = {{{__version__}}}," in TEXT
