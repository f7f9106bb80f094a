"""What came of a claim: it holds, holds under a condition, or fails; the words of `scene.ending.verdict` begin so."""

from pipeline.config.check import shown
from pipeline.errors import InputError

# The longest first: each is what the words of a verdict begin with, and its name.
VERDICTS = {"holds only if ": "only_if", "holds": "holds", "fails": "fails"}


def kind_of(verdict: str) -> str:
    """holds, only_if or fails. Raises InputError for words that begin with none of these."""
    for words, kind in VERDICTS.items():
        if verdict.startswith(words):
            return kind
    raise InputError(
        f"scene.ending.verdict = {shown(verdict)}: give holds, holds only if …, or fails: with what came out"
    )
