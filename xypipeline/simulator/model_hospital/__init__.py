"""Hospitals small enough to keep every rule across rows, and one fault for each of these rules."""
