"""Views of the Fund's money: a case's, and the Fund's own."""
