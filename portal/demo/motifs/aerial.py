"""Land and water as seen from above."""

from collections.abc import Callable
from math import sin, tau

from media.artwork import Point, mix, polar

from ..canvas import Canvas
from ..shapes import Ellipse, Shape, between, blob, ribbon, wave


def layered_coast(canvas: Canvas) -> None:
    """A coast from above in layers of cut paper, from the woods to the deep sea."""
    canvas.background("#24513f")
    tones = (
        "#3d7350",
        "#6f9a62",
        "#a9b878",
        "#e6d6a0",
        "#f3e8c6",
        "#bfe0d2",
        "#86c5bf",
        "#4fa3a8",
        "#2f7f8f",
        "#1f6078",
        "#17475f",
        "#102f47",
    )
    bays = [wave(canvas.random, 4) for _ in range(3)]
    for layer, tone in enumerate(tones):
        edge = [_shore(layer, y, bays) for y in range(-80, 1101, 12)]
        sea = Shape([*edge, (2600, 1100), (2600, -80)])
        _sheet(canvas, sea, tone)
    _island(canvas, tones[2:10])


def _island(canvas: Canvas, tones: tuple[str, ...]) -> None:
    random = canvas.random
    x, y, size = random.uniform(1240, 1380), random.uniform(420, 640), random.uniform(92, 112)
    coast = blob(random, 0, 0, size, 0.3)
    for step, tone in enumerate(reversed(tones)):
        reach = 2.5 - 0.3 * step
        slide = 5 * step
        _sheet(
            canvas, Shape([(x + slide + reach * px, y + reach * py) for px, py in coast]), tone
        )


def _shore(layer: int, y: float, bays: list[Callable[[float], float]]) -> Point:
    first, second, third = (bay(y / 210) for bay in bays)
    share = layer / 11
    bend = first * (1 - share) + second * share
    return 100 + 99 * layer + 0.24 * (500 - y) + 190 * bend + 45 * third * sin(layer * 1.3), y


def _sheet(canvas: Canvas, shape: Shape, tone: str) -> None:
    """A sheet of paper: its shadow, its lit edge, its face."""
    for dx, dy, blur, opacity in ((-5, 9, 14, 0.42), (-2, 3, 3, 0.3)):
        shadow = Shape([(x + dx, y + dy) for x, y in shape.points])
        canvas.fill("#061b26", shadow, blur=blur, opacity=opacity)
    canvas.fill(mix(tone, "#ffffff", 0.35), shape)
    canvas.fill(tone, Shape([(x + 2.5, y + 1.5) for x, y in shape.points]))


def fields_from_above(canvas: Canvas) -> None:
    """Farmland from above: furrowed fields, round irrigated plots, a road and a stream."""
    canvas.background("#8d9a5b")
    corners = [(-330.0, -120.0), (1500.0, -420.0), (1930.0, 1120.0), (100.0, 1420.0)]
    fields = [corners]
    for _ in range(6):
        fields = [part for field in fields for part in _divide(canvas, field)]
    for field in fields:
        _field(canvas, field)
    _stream(canvas)
    canvas.vignette("#2b3a25", start=0.6, strength=0.45)


def _divide(canvas: Canvas, field: list[Point]) -> list[list[Point]]:
    a, b, c, d = field
    sides = [abs(complex(*p) - complex(*q)) for p, q in ((a, b), (b, c))]
    if max(sides) < 190 or (max(sides) < 420 and canvas.random.random() < 0.25):
        return [field]
    if sides[0] < sides[1]:
        a, b, c, d = b, c, d, a
    share = canvas.random.uniform(0.36, 0.64)
    e, f = between(a, b, share), between(d, c, share)
    return [[a, e, f, d], [e, b, c, f]]


CROPS = (
    "#d9bf6a",
    "#b9ad4e",
    "#7f9a4a",
    "#5c8446",
    "#3f6b43",
    "#a8894f",
    "#c9a869",
    "#e4d190",
    "#8fae5e",
    "#6a7f3f",
)


def _field(canvas: Canvas, field: list[Point]) -> None:
    random = canvas.random
    middle = between(field[0], field[2], 0.5)
    a, b, c, d = (between(corner, middle, 0.018) for corner in field)
    colour = random.choice(CROPS)
    canvas.fill(colour, Shape([a, b, c, d]))
    if random.random() < 0.5:
        a, b, c, d = b, c, d, a
    rows = round(abs(complex(*a) - complex(*d)) / random.choice((7, 9, 12)))
    lines = [
        Shape([between(a, d, (n + 0.5) / rows), between(b, c, (n + 0.5) / rows)], width=3)
        for n in range(rows)
    ]
    shade = mix(colour, random.choice(("#2f4a2c", "#fff2c0", "#5b4a26")), 0.3)
    canvas.fill(shade, *lines, opacity=0.6)
    side = min(abs(complex(*a) - complex(*b)), abs(complex(*a) - complex(*d)))
    if side > 130 and random.random() < 0.3:
        _round_plot(canvas, middle, side * 0.46)


def _round_plot(canvas: Canvas, middle: Point, radius: float) -> None:
    colour = canvas.random.choice(("#4f8a52", "#2f6b4a", "#8db35c", "#d8c377"))
    canvas.fill(colour, Ellipse(*middle, radius))
    rings = [Ellipse(*middle, radius * n / 8, width=2) for n in range(2, 8)]
    canvas.fill(mix(colour, "#12351f", 0.4), *rings, opacity=0.5)
    start = canvas.random.uniform(0, tau)
    wedge = [polar(middle, radius, start + n * 0.06) for n in range(14)]
    canvas.fill(mix(colour, "#f5e7ad", 0.5), Shape([middle, *wedge]), opacity=0.6)


def _stream(canvas: Canvas) -> None:
    random, bend = canvas.random, wave(canvas.random, 4)
    line = [(x, 560 - 0.28 * x + 150 * bend(x / 330)) for x in range(-450, 2050, 12)]
    breadth = [24 + 7 * bend(5 + x / 90) for x, _ in line]
    for colour, extra, blur in (("#3f6a42", 46, 4), ("#d9cc98", 9, 0), ("#3a858f", 0, 0)):
        canvas.fill(colour, ribbon(line, [width + extra for width in breadth]), blur=blur)
    trees = [
        Ellipse(
            x + random.gauss(0, 9),
            y + random.choice((-1, 1)) * random.uniform(22, 44),
            random.uniform(5, 12),
        )
        for x, y in line
        for _ in range(2)
    ]
    canvas.fill(
        "#1f4630",
        *[Ellipse(t.points[0][0] + 16, t.points[0][1] + 18, 9) for t in trees],
        opacity=0.4,
        blur=2,
    )
    canvas.fill("#3d6f43", *trees)
    canvas.fill("#5f9156", *[Ellipse(t.points[0][0] + 6, t.points[0][1] + 5, 4) for t in trees])
