from .data import Axis as Axis, Data as Data
from .initialization import (
    SCALINGS as SCALINGS,
    Given as Given,
    Law as Law,
    Scaling as Scaling,
    initialize as initialize,
)
from .network import Network as Network
from .sources import SOURCES as SOURCES, Source as Source, formula as formula, load_data as load_data
