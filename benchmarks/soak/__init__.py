"""A year of days through the daemon, under a clock that jumps from morning to morning."""
