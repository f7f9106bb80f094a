"""What is wrong with a command's options is one line, whichever command it is."""

import pytest

from pipeline.__main__ import outcome

WRONG = {
    ("sweep", "compare", "renders/a", "--times", "0,x"): "0,x: give numbers, such as 0,0.1,30",
    ("sweep", "compare", "renders/a", "--times", "nan"): "nan: give numbers",
    ("sweep", "compare", "renders/a", "--colour"): "--colour",
    ("sweep", "look"): "invalid choice",
    ("sweep",): "COMMAND",
    ("embed", "renders/a", "--cuts", "0.1,x"): "0.1,x: give numbers, such as 0,0.1,30",
    ("embed", "renders/a", "--cuts", "inf"): "inf: give numbers",
    ("embed", "--colour"): "--colour",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_options_are_one_line(words, capsys):
    room, *rest = words
    assert outcome(f"pipeline.{room}.command", rest) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert WRONG[words] in said
    assert "--help` lists the options" in said
