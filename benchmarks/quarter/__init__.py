"""The product's own work at a scale, beside a bare load of the same files."""
