"""The pages of the end of a plan and of what comes after."""
