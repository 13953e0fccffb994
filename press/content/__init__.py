"""Read what authors write, into one typed library."""
