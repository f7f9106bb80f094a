"""Records of runs from files: one .npz of all times, or a checkpoint a time."""

import os
import re
from collections.abc import Mapping, Sequence
from glob import glob
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.layers import network_of
from pipeline.model.network import Network
from pipeline.model.weights_file import READERS, place_of, read_arrays
from pipeline.simulate.recorded.record import WEIGHTS, Record

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")
KNOWN = "t", *WEIGHTS, "c", "loss", "held", "x", "y", "forks"
ZERO = "b", "c"  # of our own names: those that may be missing, being 0 then


def read_record(path: str) -> Record:
    """The run in an .npz file with t, w, b, v (c, loss, x, y where they are known), or in checkpoints.

    path: of that file; of a folder whose files are one checkpoint each; or of such files, with * for what differs
    between them. A checkpoint's time is its array t, or else the last number in its name. Raises InputError, with the
    file, where one cannot be read or lacks something.
    """
    place = place_of(path)
    if "*" in place.name or os.path.isdir(place):
        return _of_checkpoints(path, _checkpoints(path, place))
    if place.is_file() and place.suffix.lower() != ".npz":
        raise InputError(f"{path}: is one checkpoint; give an .npz of all times, or a folder, or names with a *")
    weights, digest = read_arrays(place)
    arrays = dict(weights)
    for key in ("t", *WEIGHTS):
        if key not in arrays:
            there = ", ".join(sorted(arrays)) or "nothing"
            raise InputError(f"{path}: has no {key}, only {there}; a record of a run has t, w, b and v")
    arrays.setdefault("c", np.zeros(np.shape(arrays["t"])))
    known = {key: arrays[key] for key in KNOWN if key in arrays}
    return Record(**known, name=path, files={path: digest})


def _checkpoints(path: str, place: Path) -> list[Path]:
    """The files of weights in a folder, or those that a name with * means. Raises InputError where there is none."""
    found = list(place.iterdir()) if place.is_dir() else [Path(name) for name in glob(str(place))]
    files = [file for file in found if file.suffix.lower() in READERS and file.is_file()]
    if not files:
        raise InputError(f"{path}: no file of weights is there; give {', '.join(READERS)}")
    return files


def _of_checkpoints(path: str, files: Sequence[Path]) -> Record:
    states, hashes, keys = [], {}, {}
    for file in files:
        arrays, hashes[str(file)] = read_arrays(file)
        states.append((file, *_state(file, arrays)))
        keys[file] = {key for key, array in arrays.items() if np.ndim(array) and key not in ZERO}
    states.sort(key=lambda state: state[1])
    _check_alike(states, keys)
    networks = [network for _, _, network in states]
    w, b, v, c = (np.array([getattr(network, key) for network in networks]) for key in (*WEIGHTS, "c"))
    return Record(np.array([time for _, time, _ in states]), w, b, v, c, name=path, files=dict(sorted(hashes.items())))


def _state(file: Path, arrays: Mapping[str, Any]) -> tuple[float, Network]:
    """The time and the network of a checkpoint."""
    try:
        network = network_of({key: value for key, value in arrays.items() if key != "t"})
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    if "t" in arrays:
        return _time(file, arrays["t"]), network
    numbers = NUMBER.findall(file.stem)
    if not numbers:
        raise InputError(f"{file}: no number in its name tells its time; name it by its step, or give it an array t")
    return float(numbers[-1]), network


def _time(file: Path, held: Any) -> float:
    time = np.ravel(held)
    if len(time) != 1 or time.dtype.kind not in "fiu":
        raise InputError(f"{file}: t is an array of {time.dtype} of shape {np.shape(held)}; give one time")
    return float(time[0])


def _check_alike(states: Sequence[tuple[Path, float, Network]], keys: Mapping[Path, set[str]]) -> None:
    """InputError where two checkpoints are of one time or of different networks; keys: of their arrays."""
    for (one, before, first), (other, after, second) in pairwise(states):
        if before == after:
            raise InputError(f"{other}: is of time {after:g}, as {one} is; give a checkpoint a time")
        if len(first) != len(second):
            raise InputError(f"{other}: has {len(second)} neurons, {one} has {len(first)}; give those of one run")
        for lacking, having in ((other, one), (one, other)):
            if missing := sorted(keys[having] - keys[lacking]):
                raise InputError(f"{lacking}: has no {missing[0]}, {having} has one; give those of one run")
