"""Freeze what is handed out, verify it, and tell what changed."""
