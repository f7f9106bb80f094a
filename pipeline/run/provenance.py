"""What it takes to make a result again, for manifests and for the metadata of files."""

import json
from dataclasses import asdict
from typing import Any

from pipeline import __version__
from pipeline.config.schema.config import Config
from pipeline.render.encoding.check import LONGEST_COMMENT
from pipeline.store.keys import library_versions

LIBRARIES = "numpy", "scipy", "numba", "matplotlib", "imageio-ffmpeg"


def provenance(command: str, config: Config) -> dict[str, Any]:
    """The command, versions and config that make a result."""
    return {
        "command": command,
        "version": __version__,
        "libraries": library_versions(*LIBRARIES),
        "config": asdict(config),
    }


def as_comment(provenance: dict[str, Any]) -> str:
    """A provenance as JSON for a file's metadata: of a language its tag, and no lists of points that would not fit."""
    if language := provenance["config"].get("language"):
        config = {**provenance["config"], "language": {"code": language["code"]}}
        provenance = {**provenance, "config": config}
    text = json.dumps(provenance, ensure_ascii=False)
    if len(text.encode()) <= LONGEST_COMMENT:
        return text
    config, elsewhere = provenance["config"], "see manifest.json"
    short = {**config, "data": {**config["data"], "x": elsewhere, "y": elsewhere}}
    return json.dumps({**provenance, "command": elsewhere, "config": short}, ensure_ascii=False)
