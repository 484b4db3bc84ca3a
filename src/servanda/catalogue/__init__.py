"""The real agreements, as data only."""
