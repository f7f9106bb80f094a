"""Videos of the splines that shallow univariate ReLU networks are (Sahs et al., arXiv:2008.01772).

The public names are imported on first use, so that the command line starts without SciPy or Numba.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "Data": "pipeline.model.data",
    "Axis": "pipeline.model.data",
    "Network": "pipeline.model.network",
    "Trajectory": "pipeline.simulate.trajectory",
    "gradient_flow": "pipeline.simulate.gradient_flow",
    "SplineTrajectory": "pipeline.projection.spline",
    "project": "pipeline.projection.spline",
    "InputError": "pipeline.errors",
}
__all__ = list(_HOME)


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
