"""The decision engine beside its peers: one world, the same questions, checked before they are timed."""
