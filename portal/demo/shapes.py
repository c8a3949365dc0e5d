"""The shapes that illustrations are made of, on a plane 1600 wide and 1000 high."""

from collections.abc import Callable, Sequence
from math import hypot, sin, tau
from random import Random
from typing import NamedTuple

from PIL import ImageDraw

from media.artwork import Point, polar

WIDTH, HEIGHT = 1600, 1000

Box = tuple[float, float, float, float]


class View(NamedTuple):
    """How the plane lies on the pixels of a picture: scaled, then shifted."""

    scale: float
    left: float
    top: float

    def pixel(self, point: Point) -> Point:
        return point[0] * self.scale - self.left, point[1] * self.scale - self.top


class Shape:
    """An outline to be filled or, with a width, a line through the points."""

    def __init__(self, points: Sequence[Point], *, width: float = 0):
        self.points, self.width = list(points), width

    @property
    def bounds(self) -> Box:
        """The left, top, right and bottom of what is drawn."""
        xs, ys = zip(*self.points, strict=True)
        edge = self.width / 2
        return min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge

    def draw(self, pen: ImageDraw.ImageDraw, view: View) -> None:
        """Draw on a mask, in white."""
        points = [view.pixel(point) for point in self.points]
        if self.width:
            width = max(1, round(self.width * view.scale))
            pen.line(points, fill=255, width=width, joint="curve" if width > 3 else None)
        else:
            pen.polygon(points, fill=255)


class Ellipse(Shape):
    """An ellipse, a disc when it has one radius, a ring when it has a line width."""

    def __init__(
        self, x: float, y: float, rx: float, ry: float | None = None, *, width: float = 0
    ):
        ry = rx if ry is None else ry
        super().__init__([(x - rx, y - ry), (x + rx, y + ry)], width=width)
        self.centre = x, y

    def draw(self, pen: ImageDraw.ImageDraw, view: View) -> None:
        """Draw on a mask, in white."""
        box = [view.pixel(point) for point in self.points]
        if self.width:
            pen.ellipse(box, outline=255, width=max(1, round(self.width * view.scale)))
        else:
            pen.ellipse(box, fill=255)


def rectangle(left: float, top: float, right: float, bottom: float) -> Shape:
    """Return an upright rectangle."""
    return Shape([(left, top), (right, top), (right, bottom), (left, bottom)])


def everything() -> Shape:
    """Return the whole plane and the margin that other proportions show."""
    return rectangle(-WIDTH, -HEIGHT, 2 * WIDTH, 2 * HEIGHT)


def ribbon(points: Sequence[Point], widths: Sequence[float]) -> Shape:
    """Return a line whose width changes from point to point."""
    left, right = [], []
    for index, ((x, y), width) in enumerate(zip(points, widths, strict=True)):
        (x0, y0), (x1, y1) = points[max(0, index - 1)], points[min(index + 1, len(points) - 1)]
        length = hypot(x1 - x0, y1 - y0) or 1
        dx, dy = (y1 - y0) / length * width / 2, (x0 - x1) / length * width / 2
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return Shape([*left, *reversed(right)])


def mirrored(x: float, sides: Sequence[Point]) -> list[Point]:
    """Return an outline that is the same on both sides of x; the points are (distance, y)."""
    return [(x - dx, y) for dx, y in sides] + [(x + dx, y) for dx, y in reversed(sides)]


def blob(random: Random, x: float, y: float, radius: float, wobble: float) -> list[Point]:
    """Return the outline of an irregular disc; `wobble` is a share of the radius."""
    waves = [(k, random.uniform(0, tau), wobble / k) for k in (2, 3, 5)]
    angles = [tau * n / 90 for n in range(90)]
    return [
        polar((x, y), radius * (1 + sum(a * sin(k * t + p) for k, p, a in waves)), t)
        for t in angles
    ]


def between(a: Point, b: Point, share: float) -> Point:
    """Return the point that lies `share` (0 to 1) of the way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def wave(random: Random, count: int = 4) -> Callable[[float], float]:
    """Return a smooth, irregular function of a number; its values lie between -1 and 1."""
    parts = [
        (random.uniform(0.6, 1.4) * n, random.uniform(0, tau), 1 / n)
        for n in range(1, count + 1)
    ]
    total = sum(weight for *_, weight in parts)
    return lambda x: (
        sum(weight * sin(pace * x + phase) for pace, phase, weight in parts) / total
    )
