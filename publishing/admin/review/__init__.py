"""Reviews in the admin."""
