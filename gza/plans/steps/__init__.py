"""Writers that run inside a caller's act and write no event, a subject a file."""
