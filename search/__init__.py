"""Search over everything public: one index and one ranking for all types."""
