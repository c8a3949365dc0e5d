"""Forms that write revisions and lose nothing."""
