"""What leaves the house: the ranked attachment and its twins; the only place that rounds."""
