# The flow itself is pipeline.gradient_flow: here that name is its module's.
from .descent import Rule as Rule, descend as descend
from .learning_rate import safe_rate as safe_rate
from .optimisers.adam import adam as adam
from .optimisers.gradient_descent import gradient_descent as gradient_descent
from .optimisers.table import OPTIMISERS as OPTIMISERS, Optimiser as Optimiser, descent_by as descent_by
from .resample import resampled as resampled
from .trajectory import Trajectory as Trajectory
