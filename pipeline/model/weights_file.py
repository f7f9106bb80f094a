"""Files of arrays as other libraries write them: .npz, .safetensors, and PyTorch's own."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config.tables import Table
from pipeline.errors import InputError

Arrays = Mapping[str, Any]
# Under which a checkpoint keeps the weights, beside those of its optimiser.
WEIGHTS = "state_dict", "model_state_dict", "model", "params"
NUMBERS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "<i1", "U8": "<u1"}
REMEDY = "write it again"


def place_of(path: str) -> Path:
    """The file that a path of the user's means, with ~ for the home folder."""
    return Path(os.path.expanduser(path))


def read_arrays(path: Path) -> tuple[Arrays, str]:
    """Arrays by name, perhaps in mappings of mappings, of a file, read as its suffix says; and SHA-256 of its bytes.

    Raises InputError where it cannot be read, for another suffix, and for bytes that are no such file.
    """
    content = read_bytes(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: is no file of weights; give {', '.join(READERS)}")
    arrays = reader(path, content)
    weights = next((arrays[name] for name in WEIGHTS if isinstance(arrays.get(name), Mapping)), arrays)
    return weights, hashlib.sha256(content).hexdigest()


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises InputError where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: is no plain file; give the path of one with weights")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give the path of a file with weights") from None


def _npz(path: Path, content: bytes) -> Arrays:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise InputError(f"{path}: cannot be read, is no .npz file or part of one; {REMEDY}, by numpy.savez")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return dict(arrays)
    except Exception as error:  # whatever a damaged file makes NumPy and zipfile say
        raise InputError(f"{path}: cannot be read ({error}); {REMEDY}") from None


def _safetensors(path: Path, content: bytes) -> Arrays:
    """A length, a header in JSON, and the bytes of the arrays one after the other."""
    try:
        start = 8 + int.from_bytes(content[:8], "little")
        header = json.loads(content[8:start])
        entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
        return {name: _tensor(content[start:], entry) for name, entry in entries.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); {REMEDY}") from None


def _tensor(data: bytes, entry: Mapping[str, Any]) -> np.ndarray:
    first, stop = entry["data_offsets"]
    part = data[first:stop]
    if entry["dtype"] == "BF16":  # the upper half of a float32
        flat = (np.frombuffer(part, "<u2").astype(np.uint32) << 16).view(np.float32)
    else:
        flat = np.frombuffer(part, NUMBERS[entry["dtype"]])
    return flat.reshape(entry["shape"])


def _torch(path: Path, content: bytes) -> Arrays:
    try:
        # No import: what a result depends on is read off these, and it need not be there.
        torch = import_module("torch")
    except ImportError:
        remedy = "install it, or save the weights as .npz or .safetensors"
        raise InputError(f"{path}: is read by PyTorch, which is not installed; {remedy}") from None
    try:
        held = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except Exception as error:  # whatever a file makes of the unpickler
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"{path}: holds more than weights, or is damaged ({reason}); save a state dict") from None
    if not isinstance(held, Mapping):
        raise InputError(f"{path}: holds a {type(held).__name__}; save a state dict, torch.save(model.state_dict(), …)")
    return held


READERS: Table[Callable[[Path, bytes], Arrays]] = Table(
    "file of weights", {".npz": _npz, ".safetensors": _safetensors, ".pt": _torch, ".pth": _torch, ".ckpt": _torch}
)
