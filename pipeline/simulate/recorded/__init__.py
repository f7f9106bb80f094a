"""Runs that were recorded elsewhere, or by a Recorder: from their files to a trajectory."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
