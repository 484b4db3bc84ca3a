"""Proofs over all of time: what no sequence of releases can do, each with a certificate."""
