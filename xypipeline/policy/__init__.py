"""Each year's cut-offs, weights and rounding, as data."""
