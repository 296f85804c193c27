"""Rows that were kept out: which, why, what to do, and whether the rules now in force would let them in."""
