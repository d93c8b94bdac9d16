"""The pages of the Fund's money: of a case, the queue, the budget."""
