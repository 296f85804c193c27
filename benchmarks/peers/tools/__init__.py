"""One module per peer.

Each has `PACKAGES`, whose versions are told, and `judge(rows, work, tell_first)`: it reads the file, lets the
tool judge it, calls `tell_first` as soon as a caller could act on something found, and returns the number of
breaches by check; a check that the tool cannot express is left out.
"""
