"""The only folder that imports Dagster: assets, checks, jobs, partitions, resources."""
