"""Views of the case pages, a module a subject."""
