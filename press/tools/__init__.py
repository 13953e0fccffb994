"""Tools for developers; no build needs them."""
