"""Files to rows: every value kept as text, with hospital, upload date, file and line."""
