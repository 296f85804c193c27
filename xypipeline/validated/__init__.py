"""Rows judged by the standard: typed rows, and one finding per breach."""
