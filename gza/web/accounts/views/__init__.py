"""Views of accounts, by room."""
