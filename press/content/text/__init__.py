"""Read the Markdown of authors: a tree of parts, each with its offset."""
