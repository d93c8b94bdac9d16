"""Forms of the case pages, a module a subject."""
