"""Filters of the directory's templates."""
