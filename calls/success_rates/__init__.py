from calls.success_rates.download import success_rates_table
from calls.success_rates.figures import SuccessRates

__all__ = [
    "SuccessRates",
    "success_rates_table",
]
