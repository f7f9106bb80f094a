from .errors import InputError as InputError
from .model.data import Axis as Axis, Data as Data
from .model.network import Network as Network
from .notebook.exploring import Page as Page, explore as explore
from .notebook.filming import film as film
from .notebook.movie import Movie as Movie
from .notebook.stills import still as still
from .projection.spline import SplineTrajectory as SplineTrajectory, project as project
from .simulate.gradient_flow import gradient_flow as gradient_flow
from .simulate.recorded.recorder import Recorder as Recorder
from .simulate.trajectory import Trajectory as Trajectory

__version__: str
