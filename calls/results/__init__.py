from calls.results.figures import add_up, of_call, of_initiative
from calls.results.map import HEIGHT, WIDTH, OutcomeMap
from calls.results.tables import country_table, described_text, totals

__all__ = [
    "add_up",
    "country_table",
    "described_text",
    "HEIGHT",
    "of_call",
    "of_initiative",
    "OutcomeMap",
    "totals",
    "WIDTH",
]
