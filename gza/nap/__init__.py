"""National action plans: read from files, held as data, written out again."""
