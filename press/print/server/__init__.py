"""Print in a locked process: one warm server forks a child for each print."""
