"""The synthetic country: deterministic, believable, invented."""
