"""The predictions between which the option `band` shades: all interpolants that bend least."""

BAND = "lower_interpolant", "upper_interpolant"
