"""Publishing and unpublishing in the admin."""
