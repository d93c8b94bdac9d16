"""What runs inside an act on a plan, or on one above it; writes no event of its own (see ``cases.steps``)."""
