"""Lists of the admin: their pages, filters and badges."""
