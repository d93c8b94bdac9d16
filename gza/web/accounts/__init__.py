"""Pages of accounts: the door, one's own account, the administrator's list, colleagues' keys, the director's powers."""
