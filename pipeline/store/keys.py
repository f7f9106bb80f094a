"""What results are known by: keys that say what made them, hashes of their bytes."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.store.sources import ROOT, libraries, reached


def content_key(*parts: Any) -> str:
    """A hash of JSON-able parts (bytes are hashed as they are): equal inputs, equal key, on every machine."""
    digest = hashlib.sha256()
    for part in parts:
        data = b"b" + part if isinstance(part, bytes) else b"j" + json.dumps(part, sort_keys=True).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


@cache
def code_version(*modules: str) -> str:
    """A hash of all source that modules of `pipeline`, given by dotted name, depend on."""
    return content_key([[_name(file), source_hash(file)] for file in reached(*modules)])


@cache
def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def source_hash(path: Path) -> str:
    """Of a file of ours, which stays as it is while the process lives."""
    return file_hash(path)


def made_by(*modules: str) -> list[Any]:
    """What of code and libraries a result depends on that modules of `pipeline` make: a part of its key."""
    return [code_version(*modules), library_versions(*libraries(*modules))]


def library_versions(*names: str) -> dict[str, str]:
    """The installed versions of distributions."""
    return {name: _version(name) for name in names}


@cache
def _version(name: str) -> str:
    return version(name)  # which reads all that a distribution says of itself


def file_hash(path: Path) -> str:
    """sha256 of a file, or of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]:
        digest.update(b"" if file == path else file.relative_to(path).as_posix().encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
