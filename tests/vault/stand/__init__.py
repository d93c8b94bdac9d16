"""A small app whose models stand in for those of upper layers."""
