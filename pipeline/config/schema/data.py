"""Keys of the group `data`."""

from dataclasses import dataclass
from typing import Any

from pipeline.config.fields import config_key


@dataclass
class DataConfig:
    """Group `data`: where the samples come from."""

    kind: str = config_key("csv", "how the samples are made: from a file, from lists, or by a formula")
    title: str = config_key("", "how the video's title calls the data")
    x_label: str = config_key("", "axis label of x; where empty, the column's name if that is how it is given")
    x_unit: str = config_key("", "axis unit of x")
    y_label: str = config_key("", "axis label of y; where empty, the column's name if that is how it is given")
    y_unit: str = config_key("", "axis unit of y")
    standardize: bool = config_key(
        False, "true: the network sees x and y at mean 0, standard deviation 1; axes keep the user's unit"
    )
    # a test set: samples that the network does not learn, whose loss is shown beside that of the others
    test_fraction: float = config_key(0.0, "share of the samples that is held out, drawn by seed", at_least=0, below=1)
    test_path: str | None = config_key(
        None, "a file of them, .npz with x and y or CSV with the columns of the samples", verbatim=True
    )
    test_count: int = config_key(
        0, "of formulas and teachers: so many points of the function itself, without noise", at_least=0, at_most=100_000
    )
    # formulas and teachers
    count: int = config_key(20, "number of samples", at_least=2, at_most=1_000_000)
    sampling: str = config_key("even", "how they lie between low and high; drawn by seed where the law is a random one")
    low: float = config_key(-1.0, "first x", unit="x", at_least=-1e50, at_most=1e50)
    high: float = config_key(1.0, "last x", unit="x", at_least=-1e50, at_most=1e50)
    amplitude: float = config_key(1.0, "factor on y", unit="y", at_least=-1e50, at_most=1e50)
    frequency: float = config_key(1.0, "factor on x", unit="radians / x", at_least=-1e50, at_most=1e50)
    noise: float = config_key(0.0, "standard deviation of Gaussian noise on y", unit="y", at_least=0, at_most=1e50)
    seed: int = config_key(
        0, "of the noise, of places that are drawn and of samples that are held out", at_least=0, at_most=2**63 - 1
    )
    # teachers
    breakpoints: list[float] = config_key(
        [],
        "of the teacher, a network of so many neurons that makes the samples",
        unit="x",
        at_least=-1e50,
        at_most=1e50,
    )
    jumps: list[float] = config_key([], "of its slope at each", unit="y/x", at_least=-1e25, at_most=1e25)
    # files
    path: str | None = config_key(
        None,
        "CSV file, separated by commas, semicolons or tabs, UTF-8; shipped:NAME is one that comes with the package",
        verbatim=True,
    )
    header: bool = config_key(True, "whether the first row names the columns")
    decimal_comma: bool = config_key(
        False, "true: numbers are written 1,5; the columns are then separated by semicolons or tabs"
    )
    # files and lists
    x: Any = config_key(
        None, "column: a name of the header, or a number counted from 0; of points, the list of positions"
    )
    y: Any = config_key(None, "column, likewise; of points, the list of values, one per position")
