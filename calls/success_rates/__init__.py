from calls.success_rates.download import table
from calls.success_rates.figures import Odds

__all__ = [
    "Odds",
    "table",
]
