"""All reads of the cases. No transaction, no write; the number of queries does not depend on the number of rows."""
