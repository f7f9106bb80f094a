"""Where results may lie inside others: only in the places that these keep for them."""

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store.manifest import kind_of, one, read_manifest


def check_apart(folder: Path, within: Mapping[str, str]) -> None:
    """Raise InputError for a folder inside that of other results, but for the places that are kept for it there.

    Results that take each other's places would refuse or remove each other's files. The folder where the user stands,
    and what is around it, does not count.
    within: by kind of the results around it, a pattern of those places, as paths from there.
    """
    place = folder.resolve()
    for around in place.parents:
        if Path.cwd().is_relative_to(around):
            return
        manifest = read_manifest(around)
        if "stages" in manifest:
            kind, path = kind_of(manifest), place.relative_to(around).as_posix()
            if kind not in within or not re.fullmatch(within[kind], path):
                raise InputError(
                    f"{folder}: lies inside {around}, which holds {one(kind)}; choose a folder outside of it"
                )
            return
