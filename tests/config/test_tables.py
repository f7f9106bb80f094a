"""Tables of choices are filled whenever a config is checked, whatever else is imported."""

import re
import subprocess
import sys

from tests.source_tree import FILES, PACKAGE

PRINT = "import pipeline.run.check; from pipeline.config.tables import TABLES; print(*TABLES)"


def test_every_table_of_choices_is_there_when_a_config_is_checked():
    """One that only a later stage imports would let a wrong word pass, to fail there without its key."""
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    declared = {key for text in texts for key in re.findall(r"\bkey=\"(\w+\.\w+)\"", text)}
    process = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert declared <= set(process.stdout.split())
    assert {"video.format", "timing.kind"} <= declared
