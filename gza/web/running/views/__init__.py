"""Views of the year of a plan."""
