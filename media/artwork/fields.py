"""Drawings of continuous fields: heights, waves, growth, signals, currents."""

from collections.abc import Callable, Iterator
from math import exp, pi, sin, sqrt, tau
from random import Random

from media.artwork.marks import (
    HEIGHT,
    WIDTH,
    Point,
    circle,
    curve,
    dots,
    number,
    path,
    polar,
    spread,
)
from media.artwork.palettes import Palette


def contours(random: Random, palette: Palette) -> Iterator[str]:
    """Draw two hills: tinted heights under thin contour lines, with a dot on each summit."""
    side = random.choice((-1, 1))
    main = (320 + side * random.uniform(60, 130), random.uniform(150, 260))
    second = (320 - side * random.uniform(130, 230), random.uniform(60, 340))
    yield from _hill(random, palette, main, reach=460, rings=12, foot=0)
    yield from _hill(random, palette, second, reach=random.uniform(95, 130), rings=5, foot=0.22)
    yield dots([main], 9, palette.accent)
    yield dots([second], 6, palette.accent)


def _hill(
    random: Random, palette: Palette, summit: Point, *, reach: float, rings: int, foot: float
) -> Iterator[str]:
    waves = [
        (k, random.uniform(0.05, 0.24) / sqrt(k), random.uniform(0, tau)) for k in (1, 2, 3, 5)
    ]
    twist = random.uniform(-0.9, 0.9)

    def at(height: float, angle: float) -> Point:
        swell = sum(a * sin(k * (angle + twist * height) + phase) for k, a, phase in waves)
        radius = reach * (1 - height) ** 1.2 * (1 + (1 - height) ** 0.4 * swell)
        x, y = polar((0, 0), radius, angle)
        return summit[0] + x, summit[1] + 0.74 * y

    for ring in range(rings):
        height = ring / rings
        outline = curve([at(height, tau * step / 11) for step in range(11)], closed=True)
        fill, line = (palette.ramp(foot + height * 0.62 + lift) for lift in (0, 0.2))
        yield path(outline, fill=fill, line=line)


def interference(random: Random, palette: Palette) -> Iterator[str]:
    """Draw broad rings that spread from two or three sources and overlap."""
    sources = spread(random, random.choice((2, 2, 3)), margin=-50)
    gap = random.uniform(21, 27)
    for source in sources:
        yield f'<g stroke="{palette.tones[2]}" stroke-width="{number(gap * 0.42)}">'
        for ring in range(1, min(60 // len(sources), int(600 / gap))):
            strength = 0.5 * (1 - gap * ring / 620) ** 1.6
            yield circle(source, gap * ring, stroke_opacity=round(strength, 2))
        yield "</g>"
    yield dots(sources, gap * 0.62, palette.accent)


def seeds(random: Random, palette: Palette) -> Iterator[str]:
    """Draw a seed head: dots on the golden angle that swell and fade outwards."""
    centre = random.uniform(180, 460), random.uniform(120, 280)
    gap, turn = random.uniform(15, 18.5), random.uniform(0, tau)
    peak = random.uniform(0.3, 0.75)
    for band in range(11):
        share = band / 10
        indexes = range(band * 40 + 1, band * 40 + 41)
        places = (polar(centre, gap * sqrt(n), n * pi * (3 - sqrt(5)) + turn) for n in indexes)
        inside = [(x, y) for x, y in places if -9 < x < WIDTH + 9 and -9 < y < HEIGHT + 9]
        width = gap * max(0.2, 1.1 - 1.2 * abs(sqrt(share) - peak))
        yield dots(
            inside, width, palette.accent if band == 2 else palette.ramp(1 - 0.72 * share)
        )


def ridges(random: Random, palette: Palette) -> Iterator[str]:
    """Draw stacked rows of a signal, one of them highlighted."""
    lift = _peaks(random)
    marked = random.randrange(5, 9)
    for row in range(14):
        share = row / 13
        swell = sin(pi * (0.12 + 0.8 * share))
        crest = curve(
            [
                (x, 96 + 23 * row - lift(x, row - 7) * swell * random.uniform(0.6, 1.1))
                for x in range(-40, 681, 45)
            ]
        )
        line = palette.accent if row == marked else palette.ramp(0.55 + 0.45 * share)
        width = 2.6 if row == marked else 1.1
        fill = palette.ramp(0.04 + 0.4 * share)
        yield path(f"{crest}V440H-40z", fill=fill, line=line, width=width)


def _peaks(random: Random) -> Callable[[float, int], float]:
    """Return a height function of four peaks that lean from row to row."""
    bounds = ((110, 530), (34, 80), (50, 120), (-12, 12))
    peaks = [[random.uniform(*bound) for bound in bounds] for _ in range(4)]
    return lambda x, row: sum(
        tall * exp(-(((x - at - lean * row) / wide) ** 2)) for at, wide, tall, lean in peaks
    )


def flow(random: Random, palette: Palette) -> Iterator[str]:
    """Draw streamlines of a current that parts around a body."""
    cx, cy = random.uniform(200, 440), random.uniform(150, 250)
    size, tilt = random.uniform(60, 92), random.uniform(-18, 18)
    marked = random.sample(range(1, 8), 2)
    yield f'<g transform="rotate({tilt:.0f} 320 200)">'
    for row in (*range(-9, 0), *range(1, 10)):
        side, level = (1 if row > 0 else -1), (abs(row) - 0.5) * 0.3
        points = [
            (cx + size * x, cy + side * size * _streamline(x, level))
            for x in (-9, -5, -3, -1.9, -1.1, -0.4, 0.4, 1.1, 1.9, 3, 5, 9)
        ]
        share = max(0.25, 1 - abs(row) / 11)
        colour = palette.accent if row in marked else palette.ramp(share)
        yield path(curve(points), line=colour, width=0.8 + 2.4 * share**2)
    for share, colour in ((0.84, palette.tones[0]), (0.52, palette.tones[1])):
        yield circle((cx, cy), size * share, fill=colour)
    yield dots([(cx, cy)], size * 0.4, palette.accent)
    yield "</g>"


def _streamline(x: float, level: float) -> float:
    """Return the height, at x, of an ideal flow's streamline about the unit circle."""
    low, high = sqrt(max(0.0, 1 - x * x)), level + 1.5
    for _ in range(20):
        middle = (low + high) / 2
        is_below = middle - middle / (x * x + middle * middle) < level
        low, high = (middle, high) if is_below else (low, middle)
    return low
