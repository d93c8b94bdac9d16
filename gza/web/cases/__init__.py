"""Pages of the cases: lists, the overview, one case, and what is done to it before the plan."""
