"""Bring a release to a place and to readers."""
