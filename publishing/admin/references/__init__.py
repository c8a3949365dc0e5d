"""Links between items, in the admin."""
