"""Functions that are linked late give what Numba's own way does, whoever calls them, also if its names change."""

import subprocess
import sys
from pathlib import Path

import pytest
from numba import njit

from pipeline import linking
from pipeline.compiled import compiled, inner

ROOT = Path(__file__).parents[1]
WITHOUT = """
import sys
{hide}
from pipeline import compiled
inner = compiled.inner(lambda x: x / 3.0)
print("pipeline.linking" in sys.modules, compiled.compiled(lambda x: inner(x) + inner(x + 1))(0.1).hex())
"""


def parts():
    """A new function that only compiled ones call, whose own callee another of its callers may call too."""
    third = inner(lambda x: x / 3.0)
    return third, inner(lambda x: third(x) * 2.0 + max(x, 0.5))


def plain(x):
    """What `parts` give to those below that call both."""
    return (x / 3.0) * 2.0 + max(x, 0.5) + x / 3.0


def test_whoever_calls_a_part_finds_it_with_all_it_calls():
    """Also a function compiled by Numba's own way, and one that calls such a one and the part itself."""
    third, sixth = parts()
    late, own = (compile_(lambda x: sixth(x) + third(x)) for compile_ in (compiled, njit))
    both = njit(lambda x: own(x) + sixth(x))
    assert late(0.1) == own(0.1) == plain(0.1)
    assert both(0.1) == plain(0.1) + (0.1 / 3.0) * 2.0 + 0.5


@pytest.mark.parametrize("missing", ["an attribute", "nothing"])
def test_libraries_that_are_others_are_left_to_numba(monkeypatch, missing):
    monkeypatch.setattr(linking, "LEANT_ON", ("_gone",) if missing == "an attribute" else linking.LEANT_ON)
    third, sixth = parts()
    function = compiled(lambda x: sixth(x) + third(x))
    assert function(0.1) == plain(0.1)
    library = function.overloads[function.signatures[0]].library
    assert isinstance(library, linking.Whole) == (missing == "nothing")


def test_without_the_classes_functions_are_compiled_numbas_way():
    hidden = "import numba.core.codegen\ndel numba.core.codegen.JITCodeLibrary"
    asked = [WITHOUT.format(hide=hide) for hide in ("", hidden)]
    late, own = (subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split() for code in asked)
    assert late[0] == "True"
    assert own[0] == "False"
    assert late[1] == own[1]
