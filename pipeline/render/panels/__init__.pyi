from .parts.base import Panel as Panel
from .table import PANELS as PANELS
from .table import PanelKind as PanelKind
from .table import panel_class as panel_class
