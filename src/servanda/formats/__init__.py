"""Bytes to words and back, nothing else."""
