from .change import cumulative_change as cumulative_change
from .check import check_projection as check_projection, check_quantities as check_quantities
from .decay_optimum import GlobalOptimum as GlobalOptimum, global_optimum as global_optimum
from .prior import Prior as Prior
from .quantities import (
    PREDICTIONS as PREDICTIONS,
    QUANTITIES as QUANTITIES,
    Prediction as Prediction,
    Quantity as Quantity,
    compute as compute,
)
from .quantity_inputs import QuantityInputs as QuantityInputs
from .run_on_samples import RunOnSamples as RunOnSamples
from .scope import Scope as Scope
from .settings import Settings as Settings
from .spline import SplineTrajectory as SplineTrajectory, load_quantities as load_quantities, project as project
from .units import Unit as Unit
