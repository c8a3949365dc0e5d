"""Networks, light and data."""

from itertools import product
from math import cos, dist, pi, sin, sqrt, tau

from media.artwork import Point, mix

from ..canvas import Canvas
from ..paints import Linear, Radial
from ..shapes import HEIGHT, WIDTH, Ellipse, Shape, rectangle, wave


def globe_of_partners(canvas: Canvas) -> None:
    """A globe of dots with arcs of light between its places."""
    random, centre, radius = canvas.random, (860.0, 560.0), 470.0
    canvas.background(Radial(*centre, 1300, "#2a5a7c", "#14304f", "#0a1a33"))
    stars = [
        Ellipse(random.uniform(0, 1600), random.uniform(0, 1000), random.uniform(0.8, 2.2))
        for _ in range(150)
    ]
    canvas.fill("#cfe6ff", *stars, opacity=0.6)
    canvas.glow(centre[0] - 60, centre[1] - 60, radius * 1.5, "#3f9cc4", 0.75)
    canvas.fill(
        Radial(centre[0] - 150, centre[1] - 190, radius * 1.5, "#2f7f9f", "#164a6d", "#0a2344"),
        Ellipse(*centre, radius),
    )
    for ring in range(1, 6):
        canvas.fill(
            "#8fd0e6",
            Ellipse(centre[0], centre[1], radius * ring / 6, radius, width=1.4),
            opacity=0.12,
        )
    land = _land(canvas, centre, radius)
    for near, dots in land.items():
        canvas.fill(mix("#3f86a0", "#d9f3e6", near / 4), *dots, opacity=0.35 + 0.16 * near)
    canvas.fill("#9fe0ef", Ellipse(*centre, radius, width=3), opacity=0.45)
    _ties(canvas, centre, radius)


def _land(canvas: Canvas, centre: Point, radius: float) -> dict[int, list[Shape]]:
    """Dots spread evenly over the sphere's near side, where an imagined relief rises."""
    waves = [
        [canvas.random.uniform(-5.5, 5.5) for _ in range(3)] + [canvas.random.uniform(0, tau)]
        for _ in range(6)
    ]
    dots: dict[int, list[Shape]] = {n: [] for n in range(5)}
    for n in range(5200):
        y, turn = 1 - 2 * (n + 0.5) / 5200, n * pi * (3 - sqrt(5))
        x, z = sqrt(1 - y * y) * cos(turn), sqrt(1 - y * y) * sin(turn)
        relief = sum(sin(a * x + b * y + c * z + p) for a, b, c, p in waves)
        if z > 0.04 and relief > 0.1:
            spot = (centre[0] + radius * x, centre[1] + radius * y)
            dots[min(4, int(z * 5))].append(Ellipse(*spot, 1.6 + 3.2 * z))
    return dots


def _ties(canvas: Canvas, centre: Point, radius: float) -> None:
    random, places = canvas.random, []
    for n in range(13):
        reach, turn = (
            radius * 0.82 * sqrt((n + 0.5) / 13),
            n * pi * (3 - sqrt(5)) + random.uniform(0, 1.4),
        )
        places.append((centre[0] + reach * cos(turn), centre[1] - 30 + reach * sin(turn)))
    for n, place in enumerate(places[1:], start=1):
        near = min(places[:n], key=lambda other: dist(place, other))
        for other in {near, random.choice(places[:n])}:
            line = _bow(place, other, centre)
            colour = random.choice(("#ffd28a", "#ffb27d", "#ffe6b8"))
            canvas.fill(colour, Shape(line, width=8), opacity=0.3, blur=4, is_light=True)
            canvas.fill(colour, Shape(line, width=2.4), opacity=0.9)
    for place in places:
        canvas.glow(*place, 52, "#ffc27a", 0.8)
        canvas.fill("#fff6e2", Ellipse(*place, random.uniform(4, 8)))


def _bow(a: Point, b: Point, centre: Point) -> list[Point]:
    """A curve from a to b that bulges away from the centre of the globe."""
    middle = complex((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    chord = complex(*b) - complex(*a)
    across = chord * 1j / (abs(chord) or 1)
    outward = middle - complex(*centre)
    side = 1 if (outward * across.conjugate()).real > 0 else -1
    top = middle + side * across * abs(chord) * 0.34
    steps = (n / 40 for n in range(41))
    curve = (
        (1 - t) ** 2 * complex(*a) + 2 * t * (1 - t) * top + t * t * complex(*b) for t in steps
    )
    return [(point.real, point.imag) for point in curve]


SPECTRUM = (
    "#4a1a3a",
    "#94303f",
    "#cb5a3c",
    "#e29c4c",
    "#d9c673",
    "#8fb07a",
    "#43908c",
    "#2d6a98",
    "#3a468c",
    "#3a2a68",
)


def spectrum(canvas: Canvas) -> None:
    """Starlight spread into rows of colour and crossed by dark absorption lines."""
    random, rows = canvas.random, 17
    canvas.background("#120f1c")
    tall = HEIGHT / rows
    for row in range(-2, rows + 2):
        top, gap = row * tall, 4
        first, last = ((row + part) / rows * (len(SPECTRUM) - 1) for part in (-0.15, 1.15))
        stops = [_hue(first + (last - first) * n / 8) for n in range(9)]
        canvas.fill(
            Linear(-30, WIDTH + 30, *stops, across=True),
            rectangle(-400, top + gap, 2000, top + tall - gap),
        )
        shade = Linear(top, top + tall, "#ffffff2c", "#ffffff00", "#00000050")
        canvas.fill(shade, rectangle(-400, top + gap, 2000, top + tall - gap))
        for strength, count in ((0.3, 40), (0.55, 22), (0.85, 9)):
            lines = []
            for _ in range(count):
                x, half = (
                    random.uniform(-400, 2000),
                    random.choice((0.8, 1.2, 2, 3.2)) * (0.6 + strength),
                )
                lines.append(rectangle(x - half, top + gap, x + half, top + tall - gap))
            canvas.fill("#120f1c", *lines, opacity=strength, blur=0.8)
    canvas.vignette("#080612", start=0.55, strength=0.75)


def _hue(place: float) -> str:
    place = min(max(place, 0), len(SPECTRUM) - 1.001)
    return mix(SPECTRUM[int(place)], SPECTRUM[int(place) + 1], place % 1)


def circuit(canvas: Canvas) -> None:
    """A chip and the copper lines that lead to it."""
    random, middle, half = canvas.random, (870.0, 500.0), 170
    canvas.background(Linear(0, 1000, "#0f4a4c", "#0c3a44", "#0a2a38"))
    canvas.glow(*middle, 820, "#2a8f86", 0.55)
    vias, traces = [], {"#d9a35c": [], "#7fb8a4": [], "#efcf8f": []}
    for side in range(4):
        for pin in range(-8, 9):
            points = _trace(canvas, pin, half)
            turned = [_turn(point, side, middle) for point in points]
            traces[random.choice(list(traces))].append(Shape(turned, width=6))
            vias.append(turned[-1])
    for colour, lines in traces.items():
        canvas.fill(
            "#062029",
            *[Shape([(x + 4, y + 5) for x, y in line.points], width=7) for line in lines],
            opacity=0.5,
            blur=2,
        )
        canvas.fill(colour, *lines, opacity=0.9)
    canvas.fill("#efcf8f", *[Ellipse(*via, 11) for via in vias])
    canvas.fill("#0b303b", *[Ellipse(*via, 4.5) for via in vias])
    for via in random.sample(vias, 16):
        canvas.glow(*via, 60, "#ffd88f", 0.75)
    _chip(canvas, middle, half)


def _trace(canvas: Canvas, pin: int, half: float) -> list[Point]:
    """From a pin outwards: straight, aslant, straight; for the side that looks right."""
    random, y = canvas.random, pin * 19.0
    first = half + 40 + 13 * (8 - abs(pin)) + 8
    drop = (abs(pin) * 17 + 12 * max(0, abs(pin) - 3)) * (1 if pin > 0 else -1)
    last = first + abs(drop) + random.uniform(90, 520)
    return [(half, y), (first, y), (first + abs(drop), y + drop), (last, y + drop)]


def _turn(point: Point, side: int, middle: Point) -> Point:
    x, y = point
    for _ in range(side):
        x, y = -y, x
    return middle[0] + x, middle[1] + y


def _chip(canvas: Canvas, middle: Point, half: float) -> None:
    x, y = middle
    canvas.fill("#020f16", _square(x + 15, y + 18, half + 15), opacity=0.6, blur=16)
    pins = []
    for side, pin in product(range(4), range(-8, 9)):
        corners = ((-4, -5), (22, -5), (22, 5), (-4, 5))
        pins.append(
            Shape([_turn((half + dx, pin * 19 + dy), side, middle) for dx, dy in corners])
        )
    canvas.fill(Linear(y - half - 22, y + half + 22, "#fff3d6", "#d8b67c"), *pins)
    canvas.fill(Linear(y - half, y + half, "#3c4656", "#1a2130"), _square(x, y, half))
    canvas.fill(Linear(x - 100, x + 100, "#f4d59a", "#c98f56", across=True), _square(x, y, 96))
    canvas.fill(Linear(y - 84, y + 84, "#2f8f93", "#1c4f73"), _square(x, y, 84))
    canvas.fill("#9fe3d3", *_blocks(canvas, x - 78, y - 78), opacity=0.42)
    canvas.glow(x - 30, y - 40, 150, "#bff5ea", 0.5)
    canvas.fill("#aab4c2", Ellipse(x - half + 24, y + half - 24, 8))


def _square(x: float, y: float, half: float) -> Shape:
    return rectangle(x - half, y - half, x + half, y + half)


def _blocks(canvas: Canvas, left: float, top: float) -> list[Shape]:
    """The blocks of a die: some wide, some narrow, some missing."""
    blocks = []
    for x, y in product(range(8), range(8)):
        wide = canvas.random.choice((0, 16, 16, 16, 7))
        if wide:
            corner = left + 20 * x, top + 20 * y
            blocks.append(rectangle(*corner, corner[0] + wide, corner[1] + 16))
    return blocks


def stream_of_data(canvas: Canvas) -> None:
    """Threads of light that gather into a ribbon and part again."""
    random = canvas.random
    canvas.background(Linear(0, 1000, "#170f2e", "#2b1647", "#4a1d4f"))
    canvas.glow(1150, 420, 800, "#c2456b", 0.4)
    canvas.glow(300, 620, 700, "#3b5fc0", 0.4)
    for pace, colours in (
        (0.9, ("#5a6ff0", "#c45ad0")),
        (1.3, ("#ff8f6b", "#ffd98f")),
        (1.7, ("#4fd0d6", "#8f7af0")),
    ):
        _threads(canvas, pace, colours)
    for _ in range(110):
        spark = Ellipse(
            random.uniform(0, WIDTH), random.gauss(520, 190), random.choice((1.5, 2, 4))
        )
        canvas.fill("#ffffff", spark, opacity=random.uniform(0.25, 0.9))
    for _ in range(9):
        x, y, reach = random.uniform(100, 1500), random.gauss(520, 130), random.uniform(40, 110)
        canvas.glow(x, y, reach, "#ffd0a8", 0.5)


def _threads(canvas: Canvas, pace: float, colours: tuple[str, str]) -> None:
    bend, swell = wave(canvas.random, 3), wave(canvas.random, 3)
    twist = canvas.random.uniform(1.2, 2.4)

    def thread(share: float) -> list[Point]:
        line = []
        for x in range(-40, 1661, 20):
            spread = 90 + 480 * abs(swell(1 + x / 380))
            turn = cos(twist * share + pace + x / 520)
            line.append((x, 500 + 330 * bend(x / 430) + (share - 0.5) * spread * turn))
        return line

    for group in range(7):
        tone = mix(*colours, group / 6)
        paint = Linear(
            0, WIDTH, tone + "40", tone + "f0", tone + "b0", tone + "30", across=True
        )
        shares = [(group + n / 8) / 7 for n in range(8)]
        threads = [
            Shape(thread(share), width=3.2 if n == 0 else 1.7) for n, share in enumerate(shares)
        ]
        canvas.fill(paint, *threads, is_light=True)
    band = Shape([*thread(0), *reversed(thread(1))])
    canvas.fill(mix(*colours, 0.5), band, is_light=True, opacity=0.1)
