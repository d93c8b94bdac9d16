"""The national action plan."""
