"""The year of a plan: its pages."""
