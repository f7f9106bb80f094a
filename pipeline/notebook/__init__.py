"""Runs filmed and shown from Python, in a line each, without the command line or Hydra."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
