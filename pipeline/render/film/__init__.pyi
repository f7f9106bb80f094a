from .calm import calmed as calmed
from .clip_limits import Limits as Limits, limits_of as limits_of, shared_limits as shared_limits
from .film import Film as Film
from .running_mean import running_mean as running_mean, trembling as trembling
from .time_axis import TimeAxis as TimeAxis
from .timeline import Timeline as Timeline
from .timing import PACES as PACES, frame_count as frame_count
from .units import in_user_units as in_user_units, unit_word as unit_word
from .words import fill_in as fill_in, fill_in_known as fill_in_known
