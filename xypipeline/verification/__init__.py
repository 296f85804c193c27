"""Proves a quarter's editions again: files against manifests, figures against ledgers, inputs."""
