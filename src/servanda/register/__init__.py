"""The memory that cannot be altered unnoticed. Knows bytes, not law."""
