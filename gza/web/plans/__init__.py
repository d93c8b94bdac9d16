"""Pages of the plan: drawn up, submitted, answered, compared, printed."""
