"""The laboratory bench."""

from math import pi, tau

from media.artwork import Point, mix, polar

from ..canvas import Canvas
from ..paints import Linear
from ..shapes import Ellipse, Shape, between, mirrored, rectangle

WHITE, SHADE = "#ffffff", "#0c2a35"

Tones = tuple[str, str]  # a liquid's colour at its surface and at the bottom


def laboratory_glass(canvas: Canvas) -> None:
    """Flasks, a beaker and test tubes with coloured liquids on a bench."""
    canvas.background(Linear(0, 760, "#f3e4d2", "#f6d6bd", "#eebfa2"))
    canvas.fill("#fdeccf", Ellipse(1010, 420, 330), opacity=0.8)
    canvas.fill(Linear(760, 1000, "#3f6f78", "#1d434f"), rectangle(-400, 760, 2000, 1700))
    canvas.fill("#7fa9a8", rectangle(-400, 760, 2000, 766))
    _round_flask(canvas, 1060, 840, 190, ("#f4a259", "#d8573f"), 0.55)
    _tubes(canvas, 640, 800)
    _conical_flask(canvas, 330, 880, 190, 400, ("#6cc2b4", "#1f7f86"), 0.5)
    _beaker(canvas, 1380, 870, 105, 250, ("#d9a5c9", "#8b4f93"), 0.52)
    _conical_flask(canvas, 800, 905, 105, 230, ("#ffd98a", "#e79a3c"), 0.45)


def _glass(canvas: Canvas, outline: list[Point], liquid: list[Point], tones: Tones) -> None:
    """A vessel: shadow on the bench, the body of glass, what is in it, and the light on it."""
    xs, ys = zip(*outline, strict=True)
    left, right, foot = min(xs), max(xs), max(ys)
    level, body, content = min(y for _, y in liquid), Shape(outline), Shape(liquid)
    shadow = Ellipse((left + right) / 2 + 40, foot - 2, (right - left) * 0.62, 17)
    canvas.fill(SHADE, shadow, opacity=0.55, blur=11)
    tint = Linear(foot, foot + 120, tones[1] + "70", tones[1] + "00")
    canvas.fill(tint, rectangle(left + 20, foot, right - 20, foot + 120), blur=12)
    canvas.fill(Linear(left, right, "#ffffff90", "#ffffff28", "#ffffff50", across=True), body)
    canvas.fill(Linear(level, foot, *tones), content, opacity=0.94)
    sheen = Linear(left, right, "#ffffff40", "#ffffff00", "#00203050", across=True)
    canvas.fill(sheen, content)
    _outline(canvas, outline)
    inset = (right - left) * 0.2
    base = rectangle(left + inset, foot - 30, right - inset, foot - 26)
    canvas.fill(WHITE, base, opacity=0.25)


def _outline(canvas: Canvas, points: list[Point]) -> None:
    closed = [*points, points[0]]
    canvas.fill("#3f7480", Shape(closed, width=6), opacity=0.4)
    canvas.fill(WHITE, Shape(closed, width=3.5), opacity=0.75)


def _surface(canvas: Canvas, x: float, y: float, half: float, colour: str) -> None:
    canvas.fill(mix(colour, WHITE, 0.42), Ellipse(x, y, half, half * 0.13))


def _lip(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.fill("#3f7480", Ellipse(x, y, half + 1, half * 0.2 + 1, width=6), opacity=0.4)
    canvas.fill(WHITE, Ellipse(x, y, half, half * 0.2, width=4), opacity=0.85)


def _bubbles(canvas: Canvas, x: float, low: float, high: float, half: float) -> None:
    for _ in range(12):
        spot = (x + canvas.random.uniform(-half, half), canvas.random.uniform(high, low))
        canvas.fill(WHITE, Ellipse(*spot, canvas.random.uniform(3, 9), width=2), opacity=0.55)


def _conical_flask(
    canvas: Canvas, x: float, foot: float, half: float, tall: float, tones: Tones, share: float
) -> None:
    neck, shoulder, heel = half * 0.27, foot - tall * 0.68, foot - half * 0.16
    base = [(half * 0.95, heel), (half * 0.97, foot - half * 0.06), (half * 0.88, foot)]
    level = foot - tall * 0.68 * share
    reach = neck + (half * 0.95 - neck) * (level - shoulder) / (heel - shoulder)
    liquid = [(dx - 5, min(y, foot - 3)) for dx, y in [(reach, level), *base]]
    outline = mirrored(x, [(neck, foot - tall), (neck, shoulder), *base])
    _glass(canvas, outline, mirrored(x, liquid), tones)
    _surface(canvas, x, level, reach - 5, tones[0])
    _bubbles(canvas, x, foot - 20, level + 24, reach * 0.7)
    _lip(canvas, x, foot - tall, neck + 7)
    high, low = shoulder + 14, foot - half * 0.2
    sides = ((0.55 * neck, high), (0.74 * half, low), (0.66 * half, low), (0.32 * neck, high))
    canvas.fill(WHITE, Shape([(x - dx, y) for dx, y in sides]), opacity=0.5)


def _round_flask(
    canvas: Canvas, x: float, foot: float, radius: float, tones: Tones, share: float
) -> None:
    middle, neck, top = (x, foot - radius), radius * 0.21, foot - radius * 3.15
    level, gap = foot - 2 * radius * share, 0.21
    half = (radius**2 - (level - middle[1]) ** 2) ** 0.5
    angles = [-pi / 2 + gap + n * (tau - 2 * gap) / 80 for n in range(81)]
    bowl = [polar(middle, radius, angle) for angle in angles]
    liquid = [between(middle, point, 0.965) for point in bowl if point[1] >= level]
    _glass(canvas, [(x + neck, top), *bowl, (x - neck, top)], liquid, tones)
    _surface(canvas, x, level + 2, half * 0.955, tones[0])
    _bubbles(canvas, x, foot - 40, level + 24, half * 0.6)
    _lip(canvas, x, top, neck + 8)
    gleam = [polar(middle, radius * 0.825, pi + n * 0.03) for n in range(26)]
    canvas.fill(WHITE, Shape(gleam, width=radius * 0.07), opacity=0.6)


def _beaker(
    canvas: Canvas, x: float, foot: float, half: float, tall: float, tones: Tones, share: float
) -> None:
    level = foot - tall * share
    outline = mirrored(x, [(half, foot - tall), (half, foot - 16), (half - 14, foot)])
    liquid = mirrored(x, [(half - 5, level), (half - 5, foot - 18), (half - 18, foot - 5)])
    _glass(canvas, outline, liquid, tones)
    _surface(canvas, x, level, half - 5, tones[0])
    _lip(canvas, x, foot - tall, half)
    left = x + half * 0.35
    for n in range(2, 9):
        y, right = foot - tall * n / 10, x + half * (0.85 if n % 2 else 0.7)
        canvas.fill(WHITE, rectangle(left, y, right, y + 4), opacity=0.65)
    gleam = rectangle(x - half * 0.8, foot - tall + 30, x - half * 0.66, foot - 30)
    canvas.fill(WHITE, gleam, opacity=0.4)


def _tubes(canvas: Canvas, x: float, foot: float) -> None:
    """A rack of four test tubes."""
    liquids = (
        ("#f2b5a0", "#c9584e"),
        ("#f7dc95", "#e0a03f"),
        ("#9ad3bd", "#2f8b83"),
        ("#a9c4e6", "#44699f"),
    )
    for n, tones in enumerate(liquids):
        _tube(canvas, x - 150 + n * 84, foot, tones)
    canvas.fill(SHADE, Ellipse(x + 20, foot + 10, 260, 18), opacity=0.5, blur=10)
    canvas.fill(
        Linear(foot - 190, foot + 10, "#c98e62", "#8d5637"),
        rectangle(x - 214, foot - 186, x + 166, foot - 160),
        rectangle(x - 226, foot - 22, x + 178, foot + 10),
        rectangle(x - 214, foot - 186, x - 194, foot),
        rectangle(x + 146, foot - 186, x + 166, foot),
    )


def _tube(canvas: Canvas, x: float, foot: float, tones: Tones) -> None:
    top, half, level = foot - 330, 27, foot - 130 - 60 * canvas.random.random()
    end = [polar((x, foot - 60), half, n * pi / 24) for n in range(25)]
    outline = [(x + half, top), *end, (x - half, top)]
    bottom = [(x + (px - x) * 0.86, py - 3) for px, py in end]
    canvas.fill(WHITE, Shape(outline), opacity=0.4)
    liquid = Shape([(x + half - 4, level), *bottom, (x - half + 4, level)])
    canvas.fill(Linear(level, foot, *tones), liquid)
    _outline(canvas, outline)
    canvas.fill(WHITE, rectangle(x - 15, top + 20, x - 9, foot - 70), opacity=0.5)
    _surface(canvas, x, level, half - 4, tones[0])
    _lip(canvas, x, top, half + 4)
