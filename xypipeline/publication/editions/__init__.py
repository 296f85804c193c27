"""Editions of a period's publication: drafted, reviewed, published, corrected, and never overwritten."""
