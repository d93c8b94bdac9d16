"""Pages of the statistics: the officer's, the approver's, and the public one."""
