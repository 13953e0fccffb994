"""Measure a laid-out document: where each box, line and drawing is."""
