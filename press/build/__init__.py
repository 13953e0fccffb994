"""Build: go the whole way from content to outputs, and keep what has not changed."""
