"""Print pages: turn HTML and its assets into a PDF, in locked processes, and report what is known of it."""
