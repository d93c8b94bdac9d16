"""Organisations, focal persons, the register of social workers, offers of services and the catalogue's editions."""
