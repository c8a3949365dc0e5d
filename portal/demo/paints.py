"""What shapes are filled with: a colour (#rrggbb or #rrggbbaa), or a change of colours."""

from collections.abc import Sequence
from math import sqrt

from PIL import Image, ImageColor

from .shapes import View

Stop = tuple[float, str]
RGBA = tuple[int, int, int, int]
Pixels = tuple[int, int, int, int]


class Linear:
    """A paint that changes from one line to another: from top to bottom, or `across`.

    Colours are spread evenly, or placed as (share, colour).
    """

    def __init__(self, start: float, end: float, *colours: str | Stop, across: bool = False):
        self.start, self.end, self.across = start, end, across
        self.stops = _stops(colours)

    def image(self, view: View, box: Pixels) -> Image.Image:
        """Return the part of the paint that lies in a box of pixels."""
        axis = 0 if self.across else 1
        first, last = (view.pixel((end, end))[axis] for end in (self.start, self.end))
        length = box[axis + 2] - box[axis]
        line = Image.new("RGBA", (length, 1) if self.across else (1, length))
        line.putdata(
            [
                _colour_at(self.stops, (box[axis] + n + 0.5 - first) / (last - first))
                for n in range(length)
            ]
        )
        return line.resize((box[2] - box[0], box[3] - box[1]))


class Radial:
    """A paint that changes from a centre outwards; colours as for `Linear`."""

    def __init__(self, x: float, y: float, radius: float, *colours: str | Stop):
        self.x, self.y, self.radius = x, y, radius
        self.stops = _stops(colours)

    def image(self, view: View, box: Pixels) -> Image.Image:
        """Return the part of the paint that lies in a box of pixels."""
        # Pillow's gradient is a square of 256 that reaches 255 in its corners, not its sides.
        steps = [_colour_at(self.stops, value * sqrt(2) / 255) for value in range(256)]
        distance = Image.radial_gradient("L")
        channels = [distance.point(list(values)) for values in zip(*steps, strict=True)]
        left, top = view.pixel((self.x - self.radius, self.y - self.radius))
        step = 256 / (2 * self.radius * view.scale)
        return Image.merge("RGBA", channels).transform(
            (box[2] - box[0], box[3] - box[1]),
            Image.Transform.AFFINE,
            (step, 0, (box[0] - left) * step, 0, step, (box[1] - top) * step),
            Image.Resampling.BICUBIC,
            fillcolor=steps[-1],
        )


Paint = str | Linear | Radial


def rgba(colour: str) -> RGBA:
    """Return the channels of a written colour, 0 to 255."""
    return ImageColor.getcolor(colour, "RGBA")


def _blend(first: RGBA, second: RGBA, share: float) -> RGBA:
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def _stops(colours: Sequence[str | Stop]) -> list[tuple[float, RGBA]]:
    last = max(1, len(colours) - 1)
    return [
        (n / last, rgba(colour)) if isinstance(colour, str) else (colour[0], rgba(colour[1]))
        for n, colour in enumerate(colours)
    ]


def _colour_at(stops: Sequence[tuple[float, RGBA]], place: float) -> RGBA:
    if place <= stops[0][0]:
        return stops[0][1]
    for (a, first), (b, second) in zip(stops, stops[1:], strict=False):
        if place <= b:
            return _blend(first, second, (place - a) / (b - a))
    return stops[-1][1]
