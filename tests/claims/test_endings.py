"""The table of claims says what last frames say, and each last frame is asserted on its run."""

import re
from pathlib import Path

from pipeline.render.film.story import Card
from tests.claims.endings import README, ROW, with_numbers

TEXT = "| **a** [S] | `one`<br>x | 3 \\| 4 | 5 |\n| **b** | `two`<br>y | **old: 1**; rest | **7** |\n"


def test_numbers_are_led_in_bold_and_replaced():
    first = with_numbers(TEXT, {"one": Card("", "3.1", "3", "width of it · nobody 2019")})
    assert first.splitlines()[0] == "| **a** [S] | `one`<br>x | **width of it: 3.1**; 3 \\| 4 | **3**; 5 | holds |"
    again = with_numbers(
        first, {"one": Card("", "3.2", "3", "nobody 2019"), "two": Card("", "2", "|8|", "new · nobody")}
    )
    assert again.splitlines() == [
        "| **a** [S] | `one`<br>x | **3.2**; 3 \\| 4 | **3**; 5 | holds |",
        "| **b** | `two`<br>y | **new: 2**; rest | **\\|8\\|** | holds |",
    ]
    assert with_numbers(again, {}) == again


def test_every_row_of_the_table_is_asserted_on_its_run():
    rows = ROW.findall(README.read_text(encoding="utf-8"))
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    assert len(rows) > 15
    assert set(rows) <= set(re.findall(r'ending_of\("(\w+)"\)', tests))
