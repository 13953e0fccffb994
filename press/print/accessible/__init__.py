"""Make a PDF that everybody can read, and that lasts: structure, spaces, metadata (PDF/A-2a and PDF/UA-1)."""
