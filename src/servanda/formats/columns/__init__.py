"""Columns at the edge: labels read from Arrow and Parquet, answers written to them, batch by batch."""

from __future__ import annotations

from servanda.formats.columns.encode import Coded
from servanda.formats.columns.read import ObjectRows, read_objects
from servanda.formats.columns.write import Form, Stamp, answer_batches, answer_schema, write_answers

__all__ = [
    "Coded",
    "Form",
    "ObjectRows",
    "Stamp",
    "answer_batches",
    "answer_schema",
    "read_objects",
    "write_answers",
]
