"""Servanda: agreements kept, and information shared exactly as far as they allow."""
