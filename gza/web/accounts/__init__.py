"""Pages of accounts: the door, one's own account, the administrator's list, keys of colleagues, the director's powers."""
