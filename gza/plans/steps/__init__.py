"""What runs inside an act on a plan, of this app's or of one above: a subject a file. Writes no event."""
