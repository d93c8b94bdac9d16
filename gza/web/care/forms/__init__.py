"""Forms of the work with the person, a module a subject."""
