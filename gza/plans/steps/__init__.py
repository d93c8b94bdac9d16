"""Writers that run inside an act of the plans or of an app above: a subject a file; they write no event."""
