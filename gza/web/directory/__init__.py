"""Pages of the directory and of the list of services."""
