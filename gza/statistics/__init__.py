"""Statistics of the cases: programme, extracts, releases, what was published. The only exit for small counts."""
