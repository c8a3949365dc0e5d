"""A canvas for illustrations: smooth-edged layers of paint, light, reflections and grain."""

from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .paints import Paint, Pixels, Radial, rgba
from .shapes import HEIGHT, WIDTH, Ellipse, Shape, View, everything, rectangle

SAMPLES = 3  # the cover of a pixel on an edge is measured at 3 x 3 points


class Canvas:
    """A picture in the making: motifs draw on the plane, which covers it and is centred."""

    def __init__(self, size: tuple[int, int], random: Random):
        self.random = random
        scale = max(size[0] / WIDTH, size[1] / HEIGHT)
        self.view = View(scale, (WIDTH * scale - size[0]) / 2, (HEIGHT * scale - size[1]) / 2)
        self.image = Image.new("RGB", size)

    def fill(
        self,
        paint: Paint,
        *shapes: Shape,
        opacity: float = 1,
        blur: float = 0,
        is_light: bool = False,
    ) -> None:
        """Paint shapes as one layer: where they overlap, nothing shows twice.

        `blur` is a radius on the plane; what `is_light` only ever brightens.
        """
        box = self._touched(shapes, blur)
        if not box:
            return
        mask = self._mask(shapes, box, blur)
        colour, alpha = self._painted(paint, box)
        if alpha:
            mask = ImageChops.multiply(mask, alpha)
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        if is_light:
            colour = ImageChops.screen(self.image.crop(box), colour)
        self.image.paste(colour, box, mask)

    def background(self, paint: Paint) -> None:
        """Cover the whole picture."""
        self.fill(paint, everything())

    def vignette(self, colour: str, *, start: float, strength: float) -> None:
        """Darken towards the corners, from a share of the way out."""
        clear, dark = colour + "00", f"{colour}{round(strength * 255):02x}"
        reach = Radial(WIDTH / 2, HEIGHT / 2, 1150, (0, clear), (start, clear), (1, dark))
        self.background(reach)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1) -> None:
        """Let a light shine at a point, fading to nothing at the radius."""
        light = Radial(x, y, radius, (0, colour), (0.35, colour + "70"), (1, colour + "00"))
        self.fill(light, Ellipse(x, y, radius), opacity=strength, is_light=True)

    def reflect(self, horizon: float, tint: Paint, *, blur: float = 3) -> None:
        """Mirror what stands above a horizontal line in what lies below, under a tint."""
        width, height = self.image.size
        line = round(self.view.pixel((0, horizon))[1])
        above = self.image.crop((0, 2 * line - height, width, line))
        above = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        self.image.paste(
            above.filter(ImageFilter.GaussianBlur(blur * self.view.scale)), (0, line)
        )
        self.fill(tint, rectangle(-WIDTH, horizon, 2 * WIDTH, 2 * HEIGHT))

    def jpeg(self, *, grain: float = 0.1, quality: int = 85) -> bytes:
        """Return the picture as a JPEG, with a fine grain that hides the steps of gradients."""
        width, height = self.image.size
        noise = Image.frombytes("L", (width, height), self.random.randbytes(width * height))
        noise = noise.filter(ImageFilter.GaussianBlur(0.6))
        noise = noise.point([round(128 + (value - 128) * grain) for value in range(256)])
        grained = ImageChops.overlay(self.image, Image.merge("RGB", [noise] * 3))
        file = BytesIO()
        grained.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        return file.getvalue()

    def _touched(self, shapes: Sequence[Shape], blur: float) -> Pixels | None:
        """The part of the picture that the shapes may touch."""
        lefts, tops, rights, bottoms = zip(*(shape.bounds for shape in shapes), strict=True)
        margin = 3 * blur + 2
        x0, y0 = map(round, self.view.pixel((min(lefts) - margin, min(tops) - margin)))
        x1, y1 = map(round, self.view.pixel((max(rights) + margin, max(bottoms) + margin)))
        width, height = self.image.size
        box = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _mask(self, shapes: Sequence[Shape], box: Pixels, blur: float) -> Image.Image:
        scale, left, top = self.view
        blur *= scale
        samples = 1 if blur > 2 else SAMPLES
        view = View(scale * samples, (left + box[0]) * samples, (top + box[1]) * samples)
        mask = Image.new("L", ((box[2] - box[0]) * samples, (box[3] - box[1]) * samples))
        pen = ImageDraw.Draw(mask)
        for shape in shapes:
            shape.draw(pen, view)
        mask = mask.reduce(samples) if samples > 1 else mask
        return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask

    def _painted(self, paint: Paint, box: Pixels) -> tuple[Image.Image, Image.Image | None]:
        """The colours of a paint in a box and, where it lets through, its alpha channel."""
        size = box[2] - box[0], box[3] - box[1]
        if not isinstance(paint, str):
            drawn = paint.image(self.view, box)
            return drawn.convert("RGB"), drawn.getchannel("A")
        red, green, blue, alpha = rgba(paint)
        see_through = Image.new("L", size, alpha) if alpha < 255 else None
        return Image.new("RGB", size, (red, green, blue)), see_through
