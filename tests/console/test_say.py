"""What users are shown acts on no terminal, whatever they were sent."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from pipeline.console.say import say
from pipeline.console.texts import one_line, printable

FORMAT = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Cf"]
JOINERS = "\u200c\u200d"  # which letters need
SIGNS = [char for char in FORMAT if unicodedata.bidirectional(char) in ("AN", "L") and char != "\u200e"] + ["\u070f"]
UNSEEN = [char for char in FORMAT if char not in JOINERS and char not in SIGNS]
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(UNSEEN)))


@given(TEXTS)
def test_a_text_that_entered_is_one_line_without_control_characters(text):
    made = one_line(text)
    assert len(made.splitlines()) <= 1
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in made)
    assert one_line(made) == made
    assert made.replace(" ", "") == "".join(
        char for char in text
        if char != " " and char not in UNSEEN and unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
    )  # fmt: skip


@pytest.mark.parametrize("clean", [one_line, printable])
def test_no_format_character_turns_or_hides_what_is_shown(clean):
    assert {unicodedata.bidirectional(char) for char in UNSEEN} >= {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI"}
    assert set(clean("".join(UNSEEN))) <= {"?"}
    assert clean("می\u200cخواهم ❤\u200d🔥") == "می\u200cخواهم ❤\u200d🔥"


@given(TEXTS)
def test_what_a_terminal_gets_does_nothing_to_it(text):
    made = printable(text)
    assert len(made) == len(text)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in made)


def test_a_line_has_no_escapes(capsys):
    say("error: \x1b]0;title\x07 \x9b31m")
    assert capsys.readouterr().err == "error: ?]0;title? ?31m\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
@pytest.mark.parametrize("words", ["--explain 2>&1 | head -1", "--help | head -1", "init.width=0 2>&1 | true"])
def test_a_reader_that_goes_is_no_error(words):
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "MPLBACKEND": "nope"}
    shell = f"set -o pipefail; {sys.executable} -m pipeline {words}"
    done = subprocess.run(["bash", "-c", shell], env=env, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits of a shell")
def test_too_few_files_are_one_line(tmp_path):
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    shell = f"ulimit -n 12; exec {sys.executable} -m pipeline --config-dir . render=false dynamics.end_time=0.01"
    done = subprocess.run(["bash", "-c", shell], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    errors = [line for line in done.stderr.splitlines() if line.startswith(("error", "Traceback"))]
    assert done.returncode == 0 or [line.partition(":")[0] for line in errors] == ["error"]
