"""Videos of the splines that shallow univariate ReLU networks are (Sahs et al., arXiv:2008.01772).

The public names are imported on first use, so that the command line starts without SciPy or Numba; __init__.pyi has
them all.
"""

import lazy_loader as lazy

__version__ = "0.5.0"

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
