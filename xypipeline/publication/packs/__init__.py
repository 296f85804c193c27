"""One archive per recipient: a county's hospitals, or one hospital; nothing of another's inside."""
