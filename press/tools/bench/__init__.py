"""Bench: measure what Press takes beside what people would use in its place, and say which goals that meets."""
