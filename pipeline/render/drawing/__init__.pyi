from .canvas import Canvas as Canvas
from .density import Density as Density
from .heatmap import Heatmap as Heatmap
from .history import History as History
from .key import Key as Key
from .knot_merging import DrawnKnots as DrawnKnots, KnotMerging as KnotMerging
from .lettering import drawn_width as drawn_width, pixel_text as pixel_text
from .marks import Marks as Marks, area_scale as area_scale
from .outlined_text import OutlinedText as OutlinedText
from .round_numbers import few_on_log_axis as few_on_log_axis, round_numbers as round_numbers
from .steady import steady as steady, stepped as stepped, stretches as stretches
from .theme import Style as Style, style_for as style_for
from .uprights import Uprights as Uprights
