"""Judgements that rest on a status, pure."""
