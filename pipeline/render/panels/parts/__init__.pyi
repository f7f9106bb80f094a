from .base import Panel as Panel
from .broken_lines import broken as broken
from .cloud import Cloud as Cloud
from .contours import bands as bands, level_lines as level_lines
from .curve_names import dashes as dashes
from .edges import EdgeCounts as EdgeCounts
from .end_labels import EndLabels as EndLabels
from .field import Field as Field
from .holds import Holds as Holds
from .pointer import Pointer as Pointer
from .predictions import Predictions as Predictions
from .ring import Ring as Ring
from .ruler import Ruler as Ruler
from .rulings import Rulings as Rulings
from .series import TimeSeries as TimeSeries
from .thread_lines import Threads as Threads
from .trails import Trails as Trails
from .window import Window as Window
