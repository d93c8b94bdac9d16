"""Template tags of the interface; a builtin of every template."""
