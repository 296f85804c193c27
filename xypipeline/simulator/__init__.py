"""Synthetic uploads whose published result is known beforehand."""
