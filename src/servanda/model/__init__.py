"""The words of the house as frozen values that compare, print and hash, and do nothing else."""
