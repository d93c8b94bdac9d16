"""Pages of the work with the person: explanation, consents, representative, needs, services, files."""
