"""Have Vega draw, in processes that load little else: importing this package imports nothing."""
