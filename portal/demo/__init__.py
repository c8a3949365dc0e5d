"""Demo content and its loader."""
