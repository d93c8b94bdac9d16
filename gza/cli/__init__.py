"""The command `gza`."""
