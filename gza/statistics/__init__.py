"""Statistics of the cases: programme, extracts, releases, the ledger of published figures. The only exit for small counts."""
