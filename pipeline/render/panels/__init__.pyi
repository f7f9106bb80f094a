from .parts.base import Panel as Panel
from .table import PANELS as PANELS, PanelKind as PanelKind, panel_class as panel_class
