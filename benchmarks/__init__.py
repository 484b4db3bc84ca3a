"""Benchmarks: `python -m benchmarks.NAME [--quick]`, a table and a file in benchmarks/results/."""
