"""What the warehouse says of each hospital beyond its figures: days, tables, findings, refused files."""
