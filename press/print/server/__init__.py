"""Print in locked processes: a warm server forks a child for each print."""
