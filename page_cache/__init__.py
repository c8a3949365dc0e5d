"""Cache of public pages that is dropped when what a page shows changes."""
