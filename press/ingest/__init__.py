"""Take in a review: turn its file into a source, the index of its passages with their fingerprints and values."""
