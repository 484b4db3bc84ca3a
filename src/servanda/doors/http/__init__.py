"""The listeners of a node."""
