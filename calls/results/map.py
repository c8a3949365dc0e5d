"""Map of participants by country: circles on static/europe.svg."""

from dataclasses import dataclass
from math import hypot, sqrt

from localisation.fields import country_name

WIDTH = 1000
HEIGHT = 960
#: Radius of the circle of one participation; MIN_RADIUS leaves room for the number in it.
UNIT_RADIUS = 27
MIN_RADIUS = 27
MAX_RADIUS = 66
#: Minimum distance between two circles, and number of passes that separate overlapping ones.
GAP = 3
SEPARATION_PASSES = 60
#: Centre of the largest part of each country, in the coordinates of static/europe.svg.
CENTRES = {
    "AD": (238, 725),
    "AL": (564, 768),
    "AT": (455, 621),
    "BA": (519, 700),
    "BE": (312, 541),
    "BG": (651, 718),
    "BY": (648, 458),
    "CH": (360, 637),
    "CY": (828, 870),
    "CZ": (473, 570),
    "DE": (398, 539),
    "DK": (390, 415),
    "EE": (595, 343),
    "ES": (138, 759),
    "FI": (585, 240),
    "FO": (220, 244),
    "FR": (266, 633),
    "GB": (232, 440),
    "GE": (952, 640),
    "GR": (600, 790),
    "HR": (490, 672),
    "HU": (541, 627),
    "IE": (141, 445),
    "IS": (131, 136),
    "IT": (420, 715),
    "LI": (382, 630),
    "LT": (584, 426),
    "LU": (332, 564),
    "LV": (592, 388),
    "MC": (342, 709),
    "MD": (686, 604),
    "ME": (547, 730),
    "MK": (593, 754),
    "MT": (465, 898),
    "NL": (331, 504),
    "NO": (395, 300),
    "PL": (531, 510),
    "PT": (56, 756),
    "RO": (636, 646),
    "RS": (571, 694),
    "SE": (470, 300),
    "SI": (467, 656),
    "SK": (539, 590),
    "SM": (428, 708),
    "TR": (848, 761),
    "UA": (719, 547),
    "XK": (576, 733),
}


@dataclass
class Circle:
    """Circle of a country; `home_x`, `home_y` is the centre of the country itself."""

    code: str
    number: int
    radius: float
    home_x: int
    home_y: int
    x: float = 0
    y: float = 0

    @property
    def name(self):
        return country_name(self.code)

    @property
    def is_moved(self):
        return hypot(self.x - self.home_x, self.y - self.home_y) > self.radius


class ResultsMap:
    """Circles of the countries (Groups of calls.results) that static/europe.svg shows.

    `outside` has the countries that aren't on the map.
    """

    width = WIDTH
    height = HEIGHT

    def __init__(self, countries):
        self.shown = [group for group in countries if group.key in CENTRES]
        self.outside = [
            {"name": country_name(group.key), "number": group.participations}
            for group in countries
            if group.key not in CENTRES
        ]
        self.circles = self._circles()
        _push_apart(self.circles)

    def __bool__(self):
        return bool(self.circles)

    def _circles(self):
        largest = max((group.participations for group in self.shown), default=1)
        unit_radius = min(UNIT_RADIUS, MAX_RADIUS / sqrt(largest))
        return [
            Circle(
                code=group.key,
                number=group.participations,
                radius=round(max(unit_radius * sqrt(group.participations), MIN_RADIUS), 1),
                home_x=CENTRES[group.key][0],
                home_y=CENTRES[group.key][1],
                x=CENTRES[group.key][0],
                y=CENTRES[group.key][1],
            )
            for group in self.shown
        ]


def _push_apart(circles):
    """Move overlapping circles apart, both by the same distance."""
    for _round in range(SEPARATION_PASSES):
        for number, circle in enumerate(circles):
            for other in circles[number + 1 :]:
                _push_pair(circle, other)
    for circle in circles:
        circle.x = round(min(max(circle.x, circle.radius), WIDTH - circle.radius), 1)
        circle.y = round(min(max(circle.y, circle.radius), HEIGHT - circle.radius), 1)


def _push_pair(circle, other):
    dx, dy = other.x - circle.x, other.y - circle.y
    distance = hypot(dx, dy) or 1
    overlap = circle.radius + other.radius + GAP - distance
    if overlap <= 0:
        return
    step_x, step_y = dx / distance * overlap / 2, dy / distance * overlap / 2
    circle.x, circle.y = circle.x - step_x, circle.y - step_y
    other.x, other.y = other.x + step_x, other.y + step_y
