"""How the inner loops are compiled: strict floating point, on one thread, cached on disk."""

from numba import njit

# No fastmath and no threads: the same input gives the same bits. Divisions give inf or NaN as NumPy's do,
# because the loops look for non-finite states themselves.
compiled = njit(cache=True, error_model="numpy", nogil=True)
