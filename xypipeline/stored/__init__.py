"""How rows lie in the warehouse: each once, for `raw` to show as text and `validated` as values."""
