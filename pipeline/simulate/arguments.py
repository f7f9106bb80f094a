"""What every simulation may be given beside its numbers."""

from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.arguments import check_is
from pipeline.model.data import Data
from pipeline.model.network import Network


def check_subjects(network: Any, data: Any) -> None:
    """InputError for what is no network or no data, as where one stands in the other's place."""
    check_is("network", network, Network, "a Network, Network(w, b, v), and after it the data")
    check_is("data", data, Data, "Data, Data(x, y), and before it the network")


def check_settings(output_bias: Any, progress: Any) -> None:
    """InputError for an `output_bias` that is no boolean and a `progress` that is no function."""
    check_is("output_bias", output_bias, (bool, np.bool_), "True or False")
    if progress is not None and not callable(progress):
        raise InputError(f"`progress` = {progress!r:.60}: is no function; give one of the training time, or None")
