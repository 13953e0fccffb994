"""Resolve a brief in one language into one value, the edition."""
