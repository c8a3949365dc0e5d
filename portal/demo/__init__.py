"""The demo content and what loads it."""
