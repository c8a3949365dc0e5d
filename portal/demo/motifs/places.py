"""Places where people live and meet."""

from media.artwork import mix

from ..canvas import Canvas
from ..paints import Linear
from ..shapes import WIDTH, Ellipse, Shape, rectangle, wave


def city_at_dawn(canvas: Canvas) -> None:
    """A skyline before sunrise and its reflection in a river."""
    random, shore = canvas.random, 690
    canvas.background(Linear(0, shore, "#2b3f70", "#7d6f9f", "#e59a92", "#fbd29b"))
    canvas.glow(940, 540, 660, "#ffdf9f", 0.75)
    canvas.fill("#fff2d2", Ellipse(940, 520, 74))
    for _ in range(7):
        x, y, long = random.uniform(0, 1600), random.uniform(120, 460), random.uniform(180, 460)
        canvas.fill("#ffd9c0", Ellipse(x, y, long, long * 0.04), opacity=0.28, blur=10)
    layers = (
        ("#c98d95", "#f0bd9c", 330, 46),
        ("#7a5f8b", "#c98f93", 410, 56),
        ("#2c2f5c", "#6a5580", 520, 66),
    )
    for depth, (top, foot, tall, broad) in enumerate(layers):
        _skyline(canvas, shore, Linear(shore - tall, shore, top, foot), tall, broad, depth)
    canvas.reflect(shore, Linear(shore, 1000, "#f2b59a30", "#3c3f7090", "#1b2350e0"))
    ripples = [_ripple(canvas, shore) for _ in range(210)]
    canvas.fill("#20285a", *ripples[:120], opacity=0.25)
    canvas.fill("#ffd9ae", *ripples[120:], opacity=0.3)
    canvas.fill("#1d2148", rectangle(-400, shore - 5, 2000, shore + 4))


def _ripple(canvas: Canvas, shore: float) -> Shape:
    share = canvas.random.random() ** 1.5
    x, long = canvas.random.uniform(-50, 1650), 20 + 170 * share * canvas.random.random()
    return Ellipse(x, shore + 8 + 310 * share, long, 0.8 + 2.6 * share)


def _skyline(
    canvas: Canvas, shore: float, paint, tall: float, broad: float, depth: int
) -> None:
    random, houses, lights, x = canvas.random, [], [], -80.0
    profile = wave(random, 4)
    while x < WIDTH + 80:
        wide = broad * random.uniform(0.5, 1.2)
        high = tall * (0.45 + 0.3 * profile(x / 210) + random.uniform(-0.16, 0.26))
        high *= 1 - (0.5 + 0.1 * depth) * max(0, 1 - abs(x - 940) / 420)
        roof = shore - max(34, high)
        houses += [rectangle(x, roof, x + wide, shore), *_roof(canvas, x, roof, wide)]
        if depth:
            lights += _windows(canvas, x, roof, wide, shore, 8 + depth)
        x += wide + random.choice((-9, 0, 0, 3)) * depth
    canvas.fill(paint, *houses)
    if lights:
        canvas.fill("#ffd694", *lights, opacity=0.35 + 0.25 * depth)


def _roof(canvas: Canvas, x: float, roof: float, wide: float) -> list[Shape]:
    """A gable, a setback with a mast, a dome, or nothing."""
    middle, kind = x + wide / 2, canvas.random.random()
    if kind < 0.12:
        return [Shape([(x, roof + 1), (middle, roof - wide * 0.45), (x + wide, roof + 1)])]
    if kind < 0.34:
        mast = rectangle(middle - 1.8, roof - 84, middle + 1.8, roof)
        return [rectangle(x + wide * 0.2, roof - 26, x + wide * 0.8, roof + 1), mast]
    if kind < 0.4:
        return [
            Ellipse(middle, roof, wide * 0.42),
            rectangle(middle - 1.5, roof - wide * 0.75, middle + 1.5, roof),
        ]
    return []


def _windows(
    canvas, x: float, roof: float, wide: float, shore: float, gap: float
) -> list[Shape]:
    share = canvas.random.choice((0, 0.1, 0.22, 0.34))
    columns, rows = int((wide - 10) // gap), int((shore - roof - 14) // (gap * 1.3))
    return [
        rectangle(left, top, left + gap * 0.42, top + gap * 0.6)
        for column in range(columns)
        for row in range(rows)
        if canvas.random.random() < share
        for left, top in [(x + 7 + column * gap, roof + 10 + row * gap * 1.3)]
    ]


def conference_hall(canvas: Canvas) -> None:
    """An audience in a dark hall, a speaker before a bright screen."""
    canvas.background(Linear(0, 1000, "#1c1836", "#3a2350", "#241734"))
    left, top, right, foot = 430, 130, 1170, 520
    canvas.glow(800, 330, 900, "#f08a5f", 0.5)
    canvas.fill(
        Linear(top, foot, "#ffe3b3", "#f9a86f", "#d9607a"), rectangle(left, top, right, foot)
    )
    _slide(canvas, left, top, right, foot)
    _spotlights(canvas)
    canvas.fill(
        Linear(590, 680, "#8a4a66", "#3b2148"),
        Shape([(250, 600), (1350, 600), (1480, 690), (120, 690)]),
    )
    canvas.fill("#f3b28a", rectangle(250, 597, 1350, 602), opacity=0.6)
    _speaker(canvas, 1060, 612)
    for row in range(6):
        share = row / 5
        size = 24 + 62 * share**1.3
        tone = mix("#6d3b5d", "#0d0a1c", share**0.6)
        _audience(canvas, 675 + 62 * row + 26 * share**2, size, tone, row)
    canvas.vignette("#0a0715", start=0.5, strength=0.8)


def _spotlights(canvas: Canvas) -> None:
    light = Linear(20, 640, "#ffe2bd60", "#ffe2bd00")
    for x in (140, 420, 1180, 1460):
        aim = 800 + (x - 800) * 0.45
        beam = Shape([(x - 8, 20), (x + 8, 20), (aim + 130, 640), (aim - 130, 640)])
        canvas.fill(light, beam, blur=5, is_light=True)
        canvas.fill("#fff4dc", Ellipse(x, 20, 13))


def _slide(canvas: Canvas, left: float, top: float, right: float, foot: float) -> None:
    """A chart of rising bars under a curve, as a speaker would show."""
    bend, base, bars, curve = wave(canvas.random, 3), foot - 44, [], []
    for n in range(13):
        x = left + 64 + n * (right - left - 128) / 12
        height = 46 + 15 * n + 34 * bend(n / 2)
        bars.append(rectangle(x - 15, base - height, x + 15, base))
        curve.append((x, base - height - 46 - 14 * bend(3 + n / 3)))
    canvas.fill(Linear(top, foot, "#c2476b", "#7a2f6d"), *bars, opacity=0.85)
    canvas.fill(
        "#4a2266", rectangle(left + 40, base, right - 40, base + 4), Shape(curve, width=6)
    )
    canvas.fill("#fff6e4", *[Ellipse(*point, 9) for point in curve])
    canvas.fill("#4a2266", *[Ellipse(*point, 9, width=4) for point in curve])
    canvas.fill(
        "#4a2266",
        rectangle(left + 44, top + 36, left + 260, top + 50),
        rectangle(left + 44, top + 64, left + 190, top + 72),
        opacity=0.75,
    )


def _speaker(canvas: Canvas, x: float, foot: float) -> None:
    body = [
        (x - 27, foot),
        (x - 31, foot - 74),
        (x - 22, foot - 98),
        (x + 22, foot - 98),
        (x + 31, foot - 74),
        (x + 27, foot),
    ]
    arm = Shape([(x - 24, foot - 86), (x - 66, foot - 112), (x - 92, foot - 146)], width=13)
    canvas.fill(
        "#1f1430",
        Shape(body),
        Ellipse(x, foot - 122, 20, 24),
        arm,
        Ellipse(x - 92, foot - 148, 8),
    )
    desk = Shape(
        [(x + 42, foot - 84), (x + 118, foot - 92), (x + 106, foot + 2), (x + 56, foot + 2)]
    )
    canvas.fill(Linear(x + 42, x + 118, "#7c3f5c", "#3a1f44", across=True), desk)


def _audience(canvas: Canvas, y: float, size: float, tone: str, row: int) -> None:
    random, people, lit = canvas.random, [], []
    x = -size * (0.4 + 0.8 * (row % 2))
    while x < WIDTH + size:
        head = size * random.uniform(0.4, 0.47)
        cx, cy = x + random.uniform(-0.12, 0.12) * size, y + random.uniform(-0.14, 0.1) * size
        wide, tall = head * random.uniform(0.84, 1.02), head
        people.append(Ellipse(cx, cy, wide, tall))
        people.append(Ellipse(cx, cy + size * 1.12, size * 0.78, size * 0.72))
        people.append(rectangle(cx - head * 0.36, cy, cx + head * 0.36, cy + size * 0.7))
        towards = -3.5 if cx > WIDTH / 2 else 3.5
        lit.append(Ellipse(cx + towards * 0.5, cy - 3.2, wide, tall))
        x += size * (random.uniform(1.5, 1.8) if random.random() < 0.93 else 2.7)
    canvas.fill("#ffb98c", *lit, opacity=0.6)
    canvas.fill(tone, *people, rectangle(-400, y + size * 1.2, 2000, 1700))
