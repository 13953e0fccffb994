"""Preview a series in a browser while it is written."""
