"""The command line: parse what was typed, run a task, print its answer."""
