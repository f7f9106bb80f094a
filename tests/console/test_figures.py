"""Numbers are written as a person writes them, alike in Python and in pages."""

import math

import pytest
from hypothesis import given, strategies as st

from pipeline.console.figures import SUPERSCRIPTS, figures
from pipeline.embed.explore.inline import PAGE, library

USUAL = {0.0: "0", 0.5: "0.5", -2.0: "−2", 1.981e9: "1.981×10⁹", 9.07e-9: "9.07×10⁻⁹", 99999.9: "100000", 3: "3"}
PLAIN = {letter: digit for digit, letter in zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}


@pytest.mark.parametrize(("number", "words"), USUAL.items())
def test_it_is_written_by_hand(number, words):
    assert figures(number) == words


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300), st.integers(1, 8))
def test_it_reads_as_the_number_to_so_many_figures(number, digits):
    words = figures(number, digits)
    assert "e" not in words
    assert len(words.translate(SUPERSCRIPTS)) > 0
    mantissa, _, power = words.replace("−", "-").partition("×10")
    read = float(mantissa) * 10.0 ** int("".join(PLAIN[letter] for letter in power) or 0)
    assert math.isclose(read, number, rel_tol=0.5 * 10 ** (1 - digits) * (1 + 1e-9), abs_tol=1e-300)


def test_pages_write_them_alike(page):
    page.goto("about:blank")
    page.add_script_tag(content=library(PAGE / "round.js").replace("const module_round", "window.module_round"))
    numbers = [s * a * 10.0**k for s in (-1, 1) for a in (1, 1.5, 2.34567, 9.9996, 7) for k in range(-12, 13)]
    for digits in (3, 4, 6):
        written = page.evaluate("([all, d]) => all.map(one => module_round.figures(one, d))", [numbers, digits])
        assert written == [figures(number, digits) for number in numbers]
