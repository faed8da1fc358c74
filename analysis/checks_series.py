"""Checks of whole series: sums, order in time, and references between tables."""
