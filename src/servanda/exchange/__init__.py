"""Carries signed envelopes between nodes and proves that they arrived."""
