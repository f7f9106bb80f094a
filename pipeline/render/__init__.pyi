from .check import check_scene as check_scene
from .encoding import VideoSink as VideoSink
from .film import Film as Film
from .panels import PANELS as PANELS, Panel as Panel, PanelKind as PanelKind
from .scene import Scene as Scene
