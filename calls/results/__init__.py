from calls.results.figures import results_of_call, results_of_initiative, sum_by_currency
from calls.results.map import HEIGHT, WIDTH, ResultsMap
from calls.results.tables import country_table, described_text, totals

__all__ = [
    "country_table",
    "described_text",
    "HEIGHT",
    "results_of_call",
    "results_of_initiative",
    "ResultsMap",
    "sum_by_currency",
    "totals",
    "WIDTH",
]
