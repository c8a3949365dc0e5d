"""Living things under the lens: molecules, cells and nerves."""

from math import cos, hypot, sin, tau

from media.artwork import Point, mix, polar

from ..canvas import Canvas
from ..paints import Linear, Radial
from ..shapes import HEIGHT, WIDTH, Ellipse, Shape, blob, ribbon, wave


def double_helix(canvas: Canvas) -> None:
    """A strand of DNA in shallow focus, before soft lights."""
    random = canvas.random
    canvas.background(Linear(0, 1000, "#0f2a43", "#16405a", "#2b6a73"))
    canvas.glow(1180, 260, 900, "#3f9a9a", 0.55)
    canvas.glow(250, 900, 700, "#c97a6a", 0.3)
    for _ in range(26):
        x, y, r = random.uniform(0, 1600), random.uniform(0, 1000), random.uniform(16, 80)
        tint = random.choice(("#7fd0c5", "#ffd9a8", "#f2a58e", "#a8d8f0"))
        canvas.fill(
            tint, Ellipse(x, y, r), opacity=random.uniform(0.05, 0.16), blur=3, is_light=True
        )
    phase = random.uniform(0, tau)
    _strand(canvas, phase + 1.9, size=0.42, middle=(1180, 210), blur=7, opacity=0.55)
    _strand(canvas, phase, size=1.0, middle=(800, 520), blur=0, opacity=1.0)


def _strand(
    canvas: Canvas, phase: float, *, size: float, middle: Point, blur: float, opacity: float
) -> None:
    """The pairs of a helix that rises from left to right, drawn from back to front."""
    lean, pairs = -0.5, []
    for step in range(-30, 31):
        turn = phase + step * 0.29
        along = step * 36 * size
        centre = (middle[0] + along * cos(lean), middle[1] + along * sin(lean))
        reach = 190 * size * cos(turn)
        side = (-sin(lean) * reach, cos(lean) * reach)
        depth = sin(turn)
        for sign in (-1, 1):
            end = (centre[0] + sign * side[0], centre[1] + sign * side[1])
            pairs.append((sign * depth, centre, end, sign, step))
    for depth, centre, end, sign, step in sorted(pairs):
        near = (depth + 1) / 2
        focus = blur + 2.4 * (1 - near) ** 2 * size
        base = (("#f6b26b", "#e8786a"), ("#8fd6c4", "#58a9d0"))[sign > 0][step % 2]
        rung = mix("#17415a", base, 0.25 + 0.75 * near)
        canvas.fill(
            rung, Shape([centre, end], width=(5 + 6 * near) * size), blur=focus, opacity=opacity
        )
        _ball(canvas, end, (13 + 15 * near) * size, sign, near, focus, opacity)


def _ball(
    canvas, centre: Point, radius: float, sign: int, near: float, blur: float, opacity: float
):
    light, body, shade = (("#fff4e0", "#f2b880", "#a4554d"), ("#f0fffb", "#7fcdc0", "#1f6478"))[
        sign > 0
    ]
    dim = 0.62 * (1 - near)
    colours = [mix(colour, "#17415a", dim) for colour in (light, body, shade)]
    x, y = centre
    paint = Radial(x - radius * 0.35, y - radius * 0.4, radius * 1.6, *colours)
    canvas.fill(paint, Ellipse(x, y, radius), blur=blur, opacity=opacity)


def cells_under_the_microscope(canvas: Canvas) -> None:
    """Stained tissue: cells side by side, their nuclei dark, some of them dividing."""
    random = canvas.random
    canvas.background(Radial(800, 480, 1150, "#fbeeea", "#f4d9dc", "#dcb6c9"))
    for _ in range(26):
        x, y, r = random.uniform(-50, 1650), random.uniform(-50, 1050), random.uniform(60, 170)
        canvas.fill(
            random.choice(("#d98ba6", "#b98cc4", "#e9a7a0")),
            Ellipse(x, y, r, r * 0.8),
            opacity=0.3,
            blur=24,
        )
    for x, y, r in _packed(canvas, 66):
        _cell(canvas, x, y, r)
    canvas.vignette("#6b2f5c", start=0.65, strength=0.55)


def _packed(canvas: Canvas, count: int) -> list[tuple[float, float, float]]:
    """Discs that touch but hardly overlap."""
    discs: list[tuple[float, float, float]] = []
    for _ in range(4000):
        x, y = canvas.random.uniform(-90, WIDTH + 90), canvas.random.uniform(-90, HEIGHT + 90)
        room = min((hypot(x - a, y - b) - r * 0.96 for a, b, r in discs), default=150)
        if room > 44:
            discs.append((x, y, min(room, canvas.random.uniform(80, 150))))
        if len(discs) == count:
            break
    return discs


def _cell(canvas: Canvas, x: float, y: float, r: float) -> None:
    random = canvas.random
    outline = blob(canvas.random, x, y, r, 0.09)
    body, rim = random.choice(
        (
            ("#f3b4c0", "#b0476f"),
            ("#eaa6bd", "#9b3f77"),
            ("#d9b0dc", "#7b4b9c"),
            ("#f7c4b8", "#bf5468"),
        )
    )
    canvas.fill(
        Radial(x, y, r * 1.12, (0, body + "50"), (0.7, body + "a0"), (1, rim + "c0")),
        Shape(outline),
    )
    canvas.fill(rim, Shape([*outline, outline[0]], width=3.2), opacity=0.55)
    for _ in range(round(r / 4)):
        spot = polar((x, y), r * 0.8 * random.random() ** 0.5, random.uniform(0, tau))
        canvas.fill(
            rim, Ellipse(*spot, random.uniform(1.5, 4)), opacity=random.uniform(0.15, 0.45)
        )
    off = polar((x, y), r * 0.16, random.uniform(0, tau))
    twins = random.random() < 0.12
    axis = random.uniform(0, tau)
    for side in (-1, 1) if twins else (0,):
        centre = polar(off, side * r * 0.3, axis)
        _nucleus(canvas, *centre, r * (0.26 if twins else random.uniform(0.32, 0.44)))


def _nucleus(canvas: Canvas, x: float, y: float, r: float) -> None:
    random = canvas.random
    canvas.fill(
        "#3d1f5c",
        Shape(blob(canvas.random, x + 2, y + 3, r * 1.08, 0.07)),
        opacity=0.25,
        blur=4,
    )
    paint = Radial(x - r * 0.3, y - r * 0.3, r * 1.5, "#8a5bb0", "#5b3389", "#3a1d66")
    canvas.fill(paint, Shape(blob(canvas.random, x, y, r, 0.08)), opacity=0.92)
    for _ in range(random.randint(2, 5)):
        spot = polar((x, y), r * 0.6 * random.random(), random.uniform(0, tau))
        canvas.fill(
            random.choice(("#2a1250", "#b58ad0")),
            Ellipse(*spot, r * random.uniform(0.08, 0.2)),
            opacity=0.6,
            blur=1,
        )


def neurons(canvas: Canvas) -> None:
    """Nerve cells that reach for one another, lit from within."""
    random = canvas.random
    canvas.background(Linear(0, 1000, "#1a1236", "#2c1a4d", "#43214f"))
    canvas.glow(1100, 350, 800, "#6a3a9a", 0.5)
    canvas.glow(350, 800, 620, "#a33e6b", 0.35)
    for size, blur, colour, count in ((0.6, 8, "#7a5ac0", 7), (0.8, 3, "#c46aa8", 4)):
        for _ in range(count):
            _neuron(
                canvas, (random.uniform(0, 1600), random.uniform(0, 1000)), size, blur, colour
            )
    for centre in ((470, 400), (1120, 620)):
        _neuron(
            canvas,
            (centre[0] + random.uniform(-60, 60), centre[1] + random.uniform(-50, 50)),
            1.25,
            0,
            "#ffb98a",
        )


def _neuron(canvas: Canvas, centre: Point, size: float, blur: float, colour: str) -> None:
    random, branches = canvas.random, []
    arms = random.randint(6, 8)
    start = random.uniform(0, tau)
    for arm in range(arms):
        angle = start + arm * tau / arms + random.uniform(-0.3, 0.3)
        _dendrite(canvas, centre, angle, 19 * size, 1.7 if arm == 0 else 1, branches)
    lit = mix(colour, "#fff3dc", 0.4)
    soma = Shape(blob(canvas.random, *centre, 34 * size, 0.14))
    canvas.fill(colour, *branches, soma, opacity=0.55, blur=blur + 10 * size, is_light=True)
    canvas.fill(colour, *branches, soma, opacity=0.95 if not blur else 0.6, blur=blur)
    canvas.fill(Radial(*centre, 46 * size, "#fffaf0", lit, colour), soma, blur=blur)
    canvas.glow(*centre, 150 * size, colour, 0.55)
    if not blur:
        tips = [branch.points[len(branch.points) // 2 - 1] for branch in branches]
        canvas.fill("#ffe9c7", *[Ellipse(*tip, random.uniform(2, 5.5)) for tip in tips])
        for tip in random.sample(tips, min(9, len(tips))):
            canvas.glow(*tip, 46, "#ffc38f", 0.8)


def _dendrite(
    canvas, start: Point, angle: float, width: float, reach: float, branches: list
) -> None:
    random, bend = canvas.random, wave(canvas.random, 3)
    points, widths = [start], [width]
    for step in range(random.randint(8, 14)):
        points.append(
            polar(points[-1], (5 + width * 0.95) * reach, angle + 0.5 * bend(step / 4))
        )
        widths.append(widths[-1] * 0.955)
    branches.append(ribbon(points, widths))
    if widths[-1] < 2:
        return
    for side in (-1, 1):
        turn = side * random.uniform(0.2, 0.6)
        _dendrite(
            canvas,
            points[-1],
            angle + turn,
            widths[-1] * random.uniform(0.6, 0.86),
            reach,
            branches,
        )
