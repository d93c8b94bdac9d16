"""Organisations, focal persons, social workers, services and their catalogue."""
