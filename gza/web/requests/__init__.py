"""Pages about requests to providers, for the social worker and the Fund."""
