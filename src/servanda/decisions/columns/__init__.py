"""Bulk questions over columns: signatures, histories and masks instead of loops."""
