from calls.funders import matrix
from calls.funders.matrix import Place, places, yes_or_no

__all__ = [
    "matrix",
    "Place",
    "places",
    "yes_or_no",
]
