from .feasibility import check_font as check_font, check_words as check_words, in_room as in_room
from .mosaic import RunTable as RunTable
from .panel_grid import NoRoom as NoRoom, PanelGrid as PanelGrid
from .panel_spec import PanelSpec as PanelSpec, needed_quantities as needed_quantities
from .scene import Scene as Scene
