"""Writers that run inside an act of this app or of one above it, a subject a file; they write no event."""
