"""The ledger and the indicators, tiers, score and rank; reads counts and record keys, never content."""
