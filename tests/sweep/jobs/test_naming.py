"""Names of a sweep's jobs: short, safe, unique."""

import re

from hypothesis import given, strategies as st

from pipeline.store.names import LONGEST
from pipeline.sweep.jobs.naming import job_name

keys = st.sampled_from(["init.scale", "dynamics.seed", "init.seed", "data.path"])
values = st.dictionaries(keys, st.text(), min_size=1)


def test_a_name_says_what_differs_in_few_words():
    assert job_name({"init.scale": "0.1", "init.seed": "0"}) == "scale=0.1+seed=0"
    assert job_name({"init.seed": "0", "dynamics.seed": "1"}) == "init.seed=0+dynamics.seed=1"


def test_numbers_of_an_optimiser_are_cut_and_stay_apart():
    close = [job_name({"init.scale": text}) for text in ("0.18662266976517972", "0.18662266976517973")]
    assert all(name.startswith("scale=0.186623-") for name in close)
    assert close[0] != close[1]


def test_names_that_differ_in_capitals_only_can_be_told_apart():
    assert job_name({"data.path": "A"}).casefold() == job_name({"data.path": "a"}).casefold()
    assert job_name({"data.path": "A"}, unlike=True).casefold() != job_name({"data.path": "a"}).casefold()


@given(values)
def test_names_are_safe(chosen):
    name = job_name(chosen)
    assert re.fullmatch(r"[\w.=+\-]+", name, re.ASCII)
    assert len(name) <= LONGEST
    assert not name.startswith(".")


@given(values, values)
def test_names_are_unique(a, b):
    assert (job_name(a) == job_name(b)) == (list(a.items()) == list(b.items()))
