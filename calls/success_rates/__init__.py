from calls.success_rates import figures
from calls.success_rates.figures import Odds

__all__ = [
    "figures",
    "Odds",
]
