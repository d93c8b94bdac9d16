"""What every page shares: language, read-only requests, one-time forms, refusals, errors, Today."""
