from calls.funders.matrix import Matrix, Place, funder_places, funders_table, yes_or_no

__all__ = [
    "funder_places",
    "funders_table",
    "Matrix",
    "Place",
    "yes_or_no",
]
