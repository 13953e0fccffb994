"""What every room stands on: files written whole, locks, signals, digests and folders."""
