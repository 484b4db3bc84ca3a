"""Licences at a node: their records, each written once and checked against where the licence stands then."""
