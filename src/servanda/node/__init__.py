"""One party's house: the only place with a clock, an identity, a disk."""
