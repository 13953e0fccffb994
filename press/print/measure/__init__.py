"""Measure a laid-out document: find out where each box, line and drawing is."""
