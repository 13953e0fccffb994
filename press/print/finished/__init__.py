"""Read a finished PDF back."""
