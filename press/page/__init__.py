"""Compose an edition into one HTML page."""
