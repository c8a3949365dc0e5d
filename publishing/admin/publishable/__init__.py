"""The admin of a Publishable."""
