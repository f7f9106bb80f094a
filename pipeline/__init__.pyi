from .errors import InputError as InputError
from .model.data import Axis as Axis, Data as Data
from .model.network import Network as Network
from .projection.spline import SplineTrajectory as SplineTrajectory, project as project
from .simulate.gradient_flow import gradient_flow as gradient_flow
from .simulate.trajectory import Trajectory as Trajectory

__version__: str
