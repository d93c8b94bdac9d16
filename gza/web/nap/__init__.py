"""Pages of the national action plans."""
