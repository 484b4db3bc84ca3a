"""Screening at a node: the copies of lists that it keeps, and what its officers decided on hits."""
