"""Views of the statistics."""
