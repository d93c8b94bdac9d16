"""Keys, sealed fields, sealed files."""
