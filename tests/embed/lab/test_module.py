"""The committed module is made of the present sources, and finds in a browser what Python's solver finds."""

import pytest

from pipeline.embed.lab.module import MODULE, is_current, layout, module_sources
from pipeline.simulate.solver import stepping
from tests.embed.lab.agreement import check_answer
from tests.embed.lab.problems import KINDS, posed, solved

REBUILD = "the solver has changed: `python -m pipeline.embed.lab.build` (Debian's `lld`, or `pip install ziglang`)"
EACH = 10  # problems of a kind


def test_module_is_made_of_the_present_sources():
    assert is_current(), REBUILD


def test_sources_are_those_that_are_compiled():
    names = {path.name for path in module_sources()}
    assert {"stepping.py", "flow.py", "sampling.py", "entry.py", "tables.py"} <= names
    assert not names & {"gradient_flow.py", "compiled.py", "data.py", "errors.py"}


def test_module_is_small():
    assert MODULE.stat().st_size < 150_000


def test_states_are_those_of_the_solver():
    assert layout()["states"]["CONVERGED"] == stepping.CONVERGED


@pytest.fixture(scope="module")
def answers(shared):
    """By number of the problem, the page's answers."""
    page, *_ = shared
    wishes = [posed(seed) for seed in range(EACH * len(KINDS))]
    return page.evaluate("wishes => Promise.all(wishes.map((wish) => lab.solve(wish)))", wishes)


@pytest.mark.parametrize("kind", KINDS)
def test_page_finds_what_python_finds(answers, kind):
    for seed in range(KINDS.index(kind), len(answers), len(KINDS)):
        check_answer(seed, answers[seed])


def test_problems_hold_and_release():
    """Else their answers would say little."""
    runs = [solved(posed(seed)) for seed in range(EACH)]
    assert any((run.held >= 0).any() for run in runs)
    assert any(((run.held[:-1] >= 0) & (run.held[1:] < 0)).any() for run in runs)
