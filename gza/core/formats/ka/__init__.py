"""Georgian formats."""
