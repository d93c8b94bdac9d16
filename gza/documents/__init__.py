"""Paper: what is printed or exported."""
