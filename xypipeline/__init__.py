"""From raw hospital uploads to the quarterly bulletin, in five stages.

landing      files as hospitals delivered them, never edited
raw          every row as text, with hospital, upload date, file and line
validated    typed rows, and findings: one per breach of the standard
scores       the ledger (hospital x table x day) and the indicators, tiers, score and rank
publication  what leaves the house: the ranked attachment and its twins

The word of a stage names its folder here, its DuckDB schema, its Dagster group and its tests.
"""
