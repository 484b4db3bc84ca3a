"""Screening of names beside its peers: speed, recall, precision, memory, on the real lists."""
