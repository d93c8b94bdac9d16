"""Views of the directory, one module a part."""
