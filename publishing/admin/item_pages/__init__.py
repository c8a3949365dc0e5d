"""Pages beside an item's form."""
