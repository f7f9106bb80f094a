"""The data sets that a laboratory offers are those that the command composes by the same names."""

import pytest

from pipeline.embed.lab.sets import OWN, data_set, sets
from pipeline.model.sources import load_data
from tests.conftest import composed


@pytest.mark.parametrize("code", ["en", "de"])
def test_a_shipped_set_is_what_its_name_composes(code):
    base = composed("data=sine").data
    found = sets(base, load_data(base), code)
    assert not {"csv", "recorded"} & set(found)  # whose samples are in a file of the user's
    for name in ("nile", "points", "teacher"):
        config = composed(f"data={name}", f"language={code}").data
        assert found[name] == data_set(config, load_data(config), True)


def test_in_a_language_of_the_user_s_sets_have_their_english_names():
    base = composed("data=sine").data
    data = load_data(base)
    assert sets(base, data, "it") == sets(base, data, "en")
    assert sets(base, data, "it")[OWN]["title"] == base.title
