"""Form controls of the admin."""
