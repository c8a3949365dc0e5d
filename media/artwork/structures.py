"""Drawings of built things: networks, layers, tiles, orbits, helices, arcs."""

from collections.abc import Iterator
from math import dist, pi, sin, tau
from random import Random

from media.artwork.marks import (
    HEIGHT,
    WIDTH,
    circle,
    curve,
    dots,
    number,
    pair,
    path,
    polar,
    spread,
)
from media.artwork.palettes import Palette


def network(random: Random, palette: Palette) -> Iterator[str]:
    """Draw a network: nodes joined to their neighbours, some of them hubs."""
    nodes = spread(random, 44, margin=30)
    near = {node: sorted(nodes, key=lambda b: dist(node, b))[1:4] for node in nodes}
    facets = random.sample(nodes, 24)
    for share, group in ((0.14, facets[:12]), (0.28, facets[12:])):
        corners = ((pair(a), pair(near[a][0]), pair(near[a][1])) for a in group)
        yield path("".join(f"M{a}L{b} {c}z" for a, b, c in corners), fill=palette.ramp(share))
    ties = sorted({tuple(sorted((a, b))) for a in nodes for b in near[a]})
    yield path("".join(f"M{pair(a)}L{pair(b)}" for a, b in ties), line=palette.tones[2])
    yield dots(nodes[14:], 5, palette.tones[2])
    yield dots(nodes[4:14], 11, palette.tones[3])
    for hub in nodes[:4]:
        yield circle(hub, random.uniform(13, 22), fill=palette.ground, stroke=palette.tones[3])
    yield dots(nodes[:4], 13, palette.accent)


def strata(random: Random, palette: Palette) -> Iterator[str]:
    """Draw layers of a landscape, ruled like an engraving, with a low sun behind them."""
    between = random.uniform
    yield dots([(between(140, 500), between(90, 150))], between(80, 136), palette.accent)
    layers, slope = random.randint(6, 8), between(-50, 50)
    for layer in range(1, layers + 1):
        share = layer / layers
        tilt, lift = slope * (1 - share) / WIDTH, between(14, 34)
        phase, pace = between(0, tau), between(0.6, 1.3)
        crest = [
            (x, 110 + 250 * share**1.1 + tilt * (x - 320) + lift * sin(phase + pace * x / 90))
            for x in range(-40, 721, 84)
        ]
        yield path(f"{curve(crest)}V440H-40z", fill=palette.ramp(0.15 + 0.85 * share**0.9))
        for gap in (7, 14):
            rule = curve([(x, y + gap) for x, y in crest])
            yield path(rule, line=palette.ramp(0.85 * share**0.9), width=0.8)


# Each starts at the top left corner of an 80 by 80 square: four quarter discs, two leaves, a
# disc and two half discs.
TILES = (
    "h80a80 80 0 0 1-80 80z",
    "v80h80a80 80 0 0 0-80-80z",
    "m80 0v80h-80a80 80 0 0 1 80-80z",
    "h80v80a80 80 0 0 1-80-80z",
    "a80 80 0 0 1 80 80a80 80 0 0 1-80-80z",
    "m80 0a80 80 0 0 1-80 80a80 80 0 0 1 80-80z",
    "m0 40a40 40 0 0 0 80 0a40 40 0 0 0-80 0z",
    "h80a40 40 0 0 1-80 0z",
    "m0 80a40 40 0 0 1 80 0z",
)


def tiling(random: Random, palette: Palette) -> Iterator[str]:
    """Draw discs, quarter discs, half discs and leaves on a square grid."""
    weights = [random.choice((0, 1, 1, 3)) for _ in TILES]
    weights[random.randrange(4)] = 3
    colours = [*palette.tones, *palette.tones[1:3]] * 2 + [palette.accent]
    squares, figures = "", dict.fromkeys(colours, "")
    for x in range(0, WIDTH, 80):
        for y in range(0, HEIGHT, 80):
            if random.random() < 0.35:
                squares += f"M{x} {y}h80v80h-80z"
            figures[random.choice(colours)] += f"M{x} {y}{random.choices(TILES, weights)[0]}"
    yield path(squares, fill=palette.ramp(0.13))
    for colour, d in figures.items():
        yield path(d, fill=colour)


def orbits(random: Random, palette: Palette) -> Iterator[str]:
    """Draw rings about an off-centre point, with arcs and bodies on them."""
    between = random.uniform
    centre = (320 + random.choice((-1, 1)) * between(100, 260), between(120, 280))
    for ring in range(8):
        yield circle(centre, 470 - 54 * ring, fill=palette.ramp(0.05 + 0.035 * ring))
    radius = between(34, 52)
    yield circle(centre, radius, fill=palette.accent)
    while radius < 520:
        radius += between(16, 44)
        share, start = between(0.35, 0.8), between(0, tau)
        yield circle(centre, radius, stroke=palette.ramp(share), stroke_width=0.8)
        ends = [
            pair(polar(centre, radius, angle)) for angle in (start, start + between(0.3, 1.5))
        ]
        arc = f"M{ends[0]}A{number(radius)} {number(radius)} 0 0 1 {ends[1]}"
        yield path(arc, line=palette.ramp(share + 0.1), width=between(1.5, 7))
        colour = random.choice((palette.accent, *palette.tones[2:]))
        yield dots([polar(centre, radius, between(0, tau))], between(8, 26), colour)


def helix(random: Random, palette: Palette) -> Iterator[str]:
    """Draw two ribbons of fine lines that wind about each other, with rungs between."""
    between = random.uniform
    pace, phase, reach = between(0.011, 0.016), between(0, tau), between(84, 118)
    ribbon = between(0.8, 1.2)

    def height(x: float, shift: float) -> float:
        return 200 + reach * sin(pace * x + phase + shift) * (0.86 + 0.14 * sin(x / 130))

    yield f'<g transform="rotate({between(-24, 24):.0f} 320 200)">'
    rungs = [(x, height(x, ribbon), height(x, pi + ribbon)) for x in range(-60, 710, 22)]
    ladder = "".join(f"M{x} {number(a)}V{number(b)}" for x, a, b in rungs)
    yield path(ladder, line=palette.tones[1], width=1.6)
    for strand in (0, pi):
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1):
            points = [(x, height(x, strand + ribbon * share)) for x in range(-78, 721, 57)]
            line = palette.ramp(0.4 + 0.6 * share)
            yield path(curve(points), line=line, width=0.9 + 2 * share**2)
    yield dots([(x, a) for x, a, _ in rungs], 7, palette.tones[3])
    yield dots([(x, b) for x, _, b in rungs], 7, palette.accent)
    yield "</g>"


def arcs(random: Random, palette: Palette) -> Iterator[str]:
    """Draw points on a line, joined by half circles."""
    base = random.randrange(215, 300)
    places = random.sample(range(20, 630, 12), 18)
    ties = sorted({tuple(sorted(random.sample(places, 2))) for _ in range(40)})
    for a, b in sorted(ties, key=lambda tie: tie[0] - tie[1]):
        radius, share = number((b - a) / 2), (b - a) / 600
        above = random.choice((0, 1, 1, 1))
        d = f"M{a} {base}A{radius} {radius} 0 0 {above} {b} {base}"
        fill = palette.ramp(0.05 + 0.3 * (1 - share)) if random.random() < 0.4 else None
        yield path(
            d, fill=fill, line=palette.ramp(1 - 0.6 * share), width=random.uniform(0.7, 3)
        )
    yield path(f"M0 {base}h{WIDTH}", line=palette.tones[3])
    yield dots([(x, base) for x in places[5:]], 8, palette.tones[3])
    yield dots([(x, base) for x in places[:5]], 14, palette.accent)
