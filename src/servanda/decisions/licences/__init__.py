"""Licences, pure: where one stands, what remains of it, what its undertakings ask, where its goods went."""
