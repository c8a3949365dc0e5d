"""Compact SVG primitives for the drawings."""

import re
from collections.abc import Iterable, Sequence
from math import cos, dist, sin
from random import Random

WIDTH, HEIGHT = 640, 400

Point = tuple[float, float]


def number(value: float) -> str:
    """Format a number to one decimal, in as few characters as SVG allows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else re.sub(r"^(-?)0\.", r"\1.", text)


def pair(point: Point) -> str:
    """Format a point as path data."""
    return f"{number(point[0])} {number(point[1])}"


def tag(name: str, **attributes: object) -> str:
    """Return an empty element: `stroke_width=2` becomes `stroke-width="2"`, None is omitted."""
    pairs = (
        f' {key.replace("_", "-")}="{value}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{''.join(pairs)}/>"


def path(d: str, *, fill: str | None = None, line: str | None = None, width: float = 1) -> str:
    """Return a path with a fill, a line, or both."""
    thickness = number(width) if line and width != 1 else None
    return tag("path", d=d, fill=fill, stroke=line, stroke_width=thickness)


def circle(centre: Point, radius: float, **attributes: object) -> str:
    x, y = centre
    return tag("circle", cx=number(x), cy=number(y), r=number(radius), **attributes)


def dots(points: Iterable[Point], width: float, colour: str) -> str:
    """Return many discs in few bytes: they are zero-length lines with round ends."""
    d = "".join(f"M{pair(point)}h0" for point in points)
    return path(d, line=colour, width=width) if d else ""


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return path data of a smooth curve through the points (Catmull-Rom spline)."""
    before = points[-1:] if closed else points[:1]
    after = points[:2] if closed else points[-1:]
    run = [*before, *points, *after]
    d = f"M{pair(run[1])}"
    for index in range(1, len(run) - 2):
        start, end = run[index], run[index + 1]
        into, out = _tangent(run, index), _tangent(run, index + 1)
        handle = (end[0] - out[0] - start[0], end[1] - out[1] - start[1])
        d += f"c{pair(into)} " if index == 1 else "s"
        d += f"{pair(handle)} {pair((end[0] - start[0], end[1] - start[1]))}"
    return re.sub(r" (?=-)", "", d) + ("z" if closed else "")


def _tangent(run: Sequence[Point], index: int) -> Point:
    (x0, y0), (x1, y1) = run[index - 1], run[index + 1]
    return (x1 - x0) / 6, (y1 - y0) / 6


def polar(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at this distance and angle (radians) from the centre."""
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def spread(random: Random, count: int, *, margin: float = 0) -> list[Point]:
    """Return well-spaced points: for each, the farthest of eight random candidates."""
    points: list[Point] = []
    for _ in range(count):
        candidates = [
            (random.uniform(-margin, WIDTH + margin), random.uniform(-margin, HEIGHT + margin))
            for _ in range(8)
        ]
        points.append(
            max(candidates, key=lambda c: min((dist(c, p) for p in points), default=0))
        )
    return points
