"""Check what authors wrote, before anything is composed."""
