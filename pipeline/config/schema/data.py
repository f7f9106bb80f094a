"""Keys of the group `data`."""

from dataclasses import dataclass
from typing import Any


@dataclass
class DataConfig:
    """Group `data`: where the samples come from."""

    kind: str = "csv"
    title: str = ""
    x_label: str = ""
    x_unit: str = ""
    y_label: str = ""
    y_unit: str = ""
    standardize: bool = False
    # formulas: sine, step, sawtooth, cubic
    count: int = 20
    low: float = -1.0
    high: float = 1.0
    amplitude: float = 1.0
    frequency: float = 1.0
    noise: float = 0.0
    seed: int = 0
    # csv: path, header, decimal_comma, and the columns x, y; points: the lists x, y
    path: str | None = None
    header: bool = True
    decimal_comma: bool = False
    x: Any = None
    y: Any = None
