"""The views, a subject a file."""
