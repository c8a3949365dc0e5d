"""Landscapes: layers of land and water that fade into the light."""

from collections.abc import Callable
from math import cos, pi, sin, tau

from media.artwork import Point, mix, polar

from ..canvas import Canvas
from ..paints import Linear
from ..shapes import WIDTH, Ellipse, Shape, between, mirrored, rectangle, wave


def rolling_hills(canvas: Canvas) -> None:
    """Ploughed hills one behind the other, in the first sun."""
    random = canvas.random
    canvas.background(Linear(0, 620, "#8fb0b5", "#e9d9b4", "#f7c88f"))
    sun = random.uniform(900, 1250)
    canvas.glow(sun, 380, 620, "#ffd9a0", 0.8)
    canvas.fill("#fff3d6", Ellipse(sun, 380, 62))
    tones = ("#dba88a", "#c9977a", "#b59a6c", "#94945c", "#66814f", "#3c6148", "#173b3a")
    for layer, top in enumerate(tones):
        crest = _crest(canvas, 430 + 82 * layer, 50 + 13 * layer, 200 + 34 * layer)
        mist = mix(top, "#f8d8a4", 0.62 - 0.08 * layer)
        canvas.fill(Linear(400 + 82 * layer, 620 + 90 * layer, top, mist), _ground(crest))
        if layer in (2, 3, 4, 5):
            _furrows(canvas, crest, mix(top, "#fbe0a8", 0.5), spread=16 + 7 * layer)
        if layer in (3, 4):
            _poplars(canvas, crest, mix(top, "#12302f", 0.8), size=13 + 7 * (layer - 2))


def _ground(crest: Callable[[float], float], *, step: int = 20) -> Shape:
    """The land below a crest line."""
    line = [(x, crest(x)) for x in range(-400, 2001, step)]
    return Shape([*line, (2000, 1700), (-400, 1700)])


def _crest(canvas: Canvas, base: float, lift: float, length: float) -> Callable[[float], float]:
    shape = wave(canvas.random, 5)
    return lambda x: base - lift * shape(x / length)


def _furrows(canvas: Canvas, crest: Callable[[float], float], colour: str, *, spread: int):
    start = canvas.random.uniform(-100, 900)
    reach = canvas.random.uniform(500, 800)
    rows = []
    for row in range(1, 9):
        depth = row * spread * (0.5 + row * 0.09)
        xs = range(round(start + 5 * row), round(start + reach - 12 * row), 20)
        bend = [(x, crest(x) + depth * (0.4 + 0.6 * sin(pi * (x - start) / reach))) for x in xs]
        rows.append(Shape(bend, width=1.6 + row * 0.45))
    canvas.fill(colour, *rows, opacity=0.55)


def _poplars(canvas: Canvas, crest: Callable[[float], float], colour: str, *, size: float):
    x, trees = canvas.random.uniform(80, 1200), []
    for _ in range(canvas.random.randint(5, 9)):
        x += canvas.random.uniform(0.7, 1.6) * size
        tall = size * canvas.random.uniform(3, 5)
        foot = crest(x) + size * 0.2
        trees.append(Shape(_leaf((x, foot), (x, foot - tall), size * 0.34)))
    canvas.fill(colour, *trees)


def _leaf(foot: Point, tip: Point, half: float) -> list[Point]:
    """A slender upright leaf, widest below its middle."""
    sides = [(n / 12, half * sin(pi * (n / 12) ** 0.7)) for n in range(13)]
    at = [(*between(foot, tip, share), bulge) for share, bulge in sides]
    return [(x - b, y) for x, y, b in at] + [(x + b, y) for x, y, b in reversed(at)]


def sea_and_wind_turbines(canvas: Canvas) -> None:
    """A wind farm at sea before a low sun."""
    random, horizon = canvas.random, 600
    canvas.background(Linear(0, horizon, "#3f7c8c", "#9cc4bd", "#f6dfae", "#f9c58a"))
    sun = random.uniform(420, 640)
    canvas.glow(sun, 540, 700, "#ffdf9e", 0.75)
    canvas.fill("#fff4d4", Ellipse(sun, 530, 78))
    for _ in range(9):
        x, y, long = (
            random.uniform(-100, 1700),
            random.uniform(90, 470),
            random.uniform(160, 480),
        )
        canvas.fill("#fff1d8", Ellipse(x, y, long, long * 0.045), opacity=0.3, blur=9)
    canvas.fill(
        Linear(horizon, 1000, "#e3bd8c", "#6ba0a0", "#215665", "#123c4d"),
        rectangle(-400, horizon, 2000, 1700),
    )
    _swell(canvas, horizon, sun)
    for size, count in ((0.34, 6), (0.55, 4), (1, 2)):
        for n in range(count):
            x = 90 + (n + random.uniform(0.25, 0.75)) * 1450 / count
            haze = mix("#f4e2c2", "#fdfaf2", size)
            _turbine(canvas, x, horizon + 6 + 90 * size**2, 400 * size, haze, size)


def _swell(canvas: Canvas, horizon: float, sun: float) -> None:
    """Long waves that grow towards the viewer, and the sun's path on them."""
    random, dark, light, path = canvas.random, [], [], []
    for _ in range(420):
        share = random.random() ** 1.7
        y = horizon + 4 + 400 * share
        wave_at = (random.uniform(-50, WIDTH + 50), y, 14 + 190 * share * random.random())
        (dark if random.random() < 0.6 else light).append(Ellipse(*wave_at, 0.8 + 5 * share))
    for _ in range(150):
        share = random.random() ** 1.4
        x = random.gauss(sun, 26 + 120 * share)
        path.append(
            Ellipse(
                x, horizon + 4 + 380 * share, 10 + 60 * share * random.random(), 1 + 4 * share
            )
        )
    canvas.fill("#0e3f50", *dark, opacity=0.28)
    canvas.fill("#c9e0d2", *light, opacity=0.22)
    canvas.fill(Linear(horizon, 1000, "#fff2c9", "#ffdc9c60"), *path, opacity=0.8)


def _turbine(
    canvas: Canvas, x: float, foot: float, tall: float, colour: str, nearness: float
) -> None:
    hub, turn, half = (x, foot - tall), canvas.random.uniform(0, tau), tall * 0.019
    mast = Shape(mirrored(x, [(half * 0.5, hub[1]), (half, foot)]))
    shaded = Linear(x - half, x + half, colour, mix(colour, "#5f8f98", 0.55), across=True)
    canvas.fill(shaded, mast)
    outline = ((0.03, 0.4), (0.14, 0.3), (0.62, 0.03), (0.14, -0.1), (0.03, -0.4))
    angles = [turn + blade * tau / 3 for blade in range(3)]
    blades = [
        Shape([polar(hub, tall * reach, angle + lean) for reach, lean in outline])
        for angle in angles
    ]
    canvas.fill(colour, *blades, Ellipse(*hub, tall * 0.024))
    depth = foot + tall * 0.5
    image = Shape(mirrored(x, [(half, foot), (half * 2, depth)]))
    fading = Linear(foot, depth, colour + "90", colour + "00")
    canvas.fill(fading, image, opacity=nearness, blur=2)


def forest_in_mist(canvas: Canvas) -> None:
    """Conifers on slopes that vanish into the mist."""
    random = canvas.random
    canvas.background(Linear(0, 800, "#dfe8df", "#f3ead2", "#cddccf"))
    canvas.glow(1120, 210, 560, "#fff0c8", 0.6)
    canvas.fill("#fffaf0", Ellipse(1120, 210, 66), opacity=0.95)
    for layer in range(6):
        share = layer / 5
        crest = _crest(canvas, 400 + 105 * layer, 60 + 14 * layer, 330)
        colour = mix("#b4cabd", "#0f2f2d", share**0.85)
        mist = mix(colour, "#e6eadb", 0.75 - 0.62 * share)
        trees, x = [_ground(crest)], -60.0
        while x < WIDTH + 60:
            tall = (46 + 200 * share**1.25) * random.uniform(0.55, 1.15)
            trees.append(_conifer(canvas, x, crest(x) + tall * 0.12, tall))
            x += tall * random.uniform(0.12, 0.5)
        top = 300 + 95 * layer - 60 * share
        canvas.fill(Linear(top, top + 330, colour, mist), *trees)


def _conifer(canvas: Canvas, x: float, foot: float, tall: float) -> Shape:
    left, right, tiers = [], [], max(5, round(tall / 15))
    for tier in range(tiers):
        reach = tall * 0.2 * (tier + 0.7) / tiers
        y = foot - tall + tall * (tier + 1) / tiers
        for side, points in ((-1, left), (1, right)):
            out = reach * canvas.random.uniform(0.75, 1.2)
            points += [
                (x + side * out, y + tall * 0.012),
                (x + side * out * 0.5, y - tall * 0.012),
            ]
    return Shape([(x, foot - tall), *right, *reversed(left)])


def observatory(canvas: Canvas) -> None:
    """A telescope dome on a ridge under the trails of the stars."""
    random, pole = canvas.random, (980.0, 330.0)
    canvas.background(Linear(0, 900, "#0d1b3a", "#1d3a63", "#4d6a92", "#c99a86"))
    trails: dict[str, list[Shape]] = {"#ffffff": [], "#bcd4ff": [], "#ffdcb0": []}
    for _ in range(330):
        radius, start = 1250 * random.random() ** 0.6, random.uniform(0, tau)
        arc = [polar(pole, radius, start + n * 0.035) for n in range(random.randint(9, 14))]
        trails[random.choice(list(trails))].append(
            Shape(arc, width=random.choice((1.2, 1.6, 2.4)))
        )
    for colour, arcs in trails.items():
        canvas.fill(colour, *arcs, opacity=0.55)
    canvas.fill("#ffffff", Ellipse(*pole, 2.5))
    for layer, colour in enumerate(("#55698c", "#33496e", "#1c2f50", "#0c1a31")):
        crest = _crest(canvas, 690 + 76 * layer, 105 - 10 * layer, 210 - 15 * layer)
        rough = wave(random, 9)
        line = _ground(lambda x, c=crest, r=rough: c(x) + 14 * r(x / 38))
        if layer == 2:
            _dome(canvas, 420, min(crest(x) for x in range(310, 531, 20)) + 6)
        canvas.fill(
            Linear(600 + 76 * layer, 1000, colour, mix(colour, "#b98f8a", 0.35 - 0.1 * layer)),
            line,
        )


def _dome(canvas: Canvas, x: float, foot: float) -> None:
    canvas.glow(x + 30, foot - 190, 260, "#ffcf8f", 0.5)
    wall = rectangle(x - 104, foot - 120, x + 104, foot + 60)
    canvas.fill(Linear(x - 104, x + 104, "#cdd6e4", "#5f7393", across=True), wall)
    cap = [polar((x, foot - 116), 118, pi + pi * n / 40) for n in range(41)]
    canvas.fill(Linear(x - 118, x + 118, "#f2f4f7", "#7488a8", across=True), Shape(cap))
    slit = [
        (x + 118 * cos(a) * 0.24 + 26, foot - 116 - 118 * sin(a) * 0.985)
        for a in (n * pi / 40 for n in range(3, 21))
    ]
    inner = [(px - 34, py + 2) for px, py in reversed(slit)]
    canvas.fill(Linear(foot - 236, foot - 110, "#ffb765", "#fff0cc"), Shape([*slit, *inner]))
    canvas.fill("#3b4d6d", rectangle(x - 122, foot - 122, x + 122, foot - 110))
    canvas.fill(
        "#ffd795",
        rectangle(x - 14, foot - 62, x + 14, foot - 8),
        rectangle(x + 48, foot - 78, x + 70, foot - 56),
    )
