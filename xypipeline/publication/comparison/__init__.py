"""Quarter against quarter: what changed, why ranks moved, who improved; and the year's ledger of points."""
