"""`python -m pipeline.embed.explore FOLDER [TARGET]`: the page of a finished run, FOLDER/explore.html by default."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError

USAGE = "python -m pipeline.embed.explore FOLDER [TARGET.html]"


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the words say; the exit code, 0. Raises PipelineError where the page cannot be made."""
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        raise InputError(f"give the folder of a finished run: {USAGE}")
    from pipeline.embed.explore.assemble import write_page

    folder = Path(words[0])
    target = Path(words[1]) if len(words) == 2 else folder / "explore.html"
    write_page(folder, target)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB; open it in any browser")
    return 0
