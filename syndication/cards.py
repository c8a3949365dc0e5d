"""Share cards: the pictures that other sites show for a shared page.

A card shows the page's title, type and most important date beside its lead image or a drawing
in its topic's colours: 1200 by 630 pixels, as Open Graph recommends.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from random import Random

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from media.artwork import PALETTES

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
#: Left edge of the picture; the text ends one margin before it.
PICTURE_AT = 800
TEXT_WIDTH = PICTURE_AT - 2 * MARGIN
LINE_SIZES = (32, 28, 24, 20)
TITLE_AT, TITLE_HEIGHT = 130, 330
TITLE_SIZES = (72, 64, 56, 48, 42)
LINE_HEIGHT = 1.14
QUALITY = 88
FONTS = settings.BASE_DIR / "static" / "fonts"
#: Letters found only in the fonts' latin-ext files.
FURTHER = re.compile(r"([\u0100-\u0130\u0134-\u0151\u0154-\u0177\u0179-\u017f\u0218-\u021b]+)")


@dataclass(frozen=True)
class Card:
    """Content of a card. `picture` is a publishing Image or None; `theme` selects colours."""

    title: str
    kicker: str = ""
    line: str = ""
    theme: str = ""
    picture: object = None

    def jpeg(self):
        """Return the card as JPEG bytes."""
        canvas = Image.new("RGB", (WIDTH, HEIGHT), self.palette.ground)
        canvas.paste(self.drawn_picture(), (PICTURE_AT, 0))
        draw = ImageDraw.Draw(canvas)
        write(draw, (MARGIN, MARGIN), self.kicker, face("sans", 30, 600), self.palette.accent)
        self.write_title(draw)
        foot = HEIGHT - MARGIN
        write(draw, (MARGIN, foot - 84), self.line, fitting(self.line), self.ink)
        write(draw, (MARGIN, foot - 30), settings.PORTAL_NAME, face("sans", 26), self.ink)
        file = BytesIO()
        canvas.save(file, "JPEG", quality=QUALITY, optimize=True)
        return file.getvalue()

    @property
    def palette(self):
        """The dark palette of the topic."""
        return self.random().choice(PALETTES)[0]

    @property
    def ink(self):
        return self.palette.tones[3]

    def random(self):
        return Random(f"card\n{self.theme or self.title}")  # noqa: S311 - chooses a look

    def write_title(self, draw):
        """Write the title in the largest size that fits, or truncate it in the smallest."""
        for size in TITLE_SIZES:
            fonts = face("serif", size)
            lines, height = wrapped(self.title, fonts), round(size * LINE_HEIGHT)
            room = TITLE_HEIGHT // height
            if len(lines) <= room:
                break
        else:
            lines = [*lines[: room - 1], f"{lines[room - 1]} …"]
        for number, line in enumerate(lines):
            write(draw, (MARGIN, TITLE_AT + number * height), line, fonts, "#ffffff")

    def drawn_picture(self):
        return self.photograph() or self.drawing()

    def photograph(self):
        """Return the lead image cropped around its focal point, or None if unreadable."""
        if not self.picture:
            return None
        try:
            with self.picture.file.open("rb") as file, Image.open(file) as image:
                image.draft("RGB", (2 * WIDTH, 2 * HEIGHT))
                image = ImageOps.exif_transpose(image).convert("RGB")
                return ImageOps.fit(
                    image,
                    (WIDTH - PICTURE_AT, HEIGHT),
                    Image.Resampling.LANCZOS,
                    centering=focal_point(self.picture),
                )
        except (OSError, ValueError):  # lost or broken: fall back to the drawing
            return None

    def drawing(self):
        """Draw rings around a point in the palette's tones, downsampled for antialiasing."""
        random = self.random()
        width, height = 2 * (WIDTH - PICTURE_AT), 2 * HEIGHT
        picture = Image.new("RGB", (width, height), self.palette.tones[0])
        draw = ImageDraw.Draw(picture)
        x, y = random.uniform(0.6, 1) * width, random.uniform(0.1, 0.9) * height
        for ring in range(9, 0, -1):
            radius = ring * height / 9
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, fill=self.palette.ramp(1 - ring / 10))
        radius = height / 18
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=self.palette.accent)
        return picture.resize((width // 2, height // 2), Image.Resampling.LANCZOS)


def focal_point(picture):
    """Return the focal point as (x, y), each from 0 to 1."""
    try:
        x, y = str(picture.focal_point).split("x")
        return float(x), float(y)
    except ValueError:
        return 0.5, 0.5


# --- Text -------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def face(family, size, weight=400):
    """Return the typeface's two fonts: for basic Latin and for extended Latin letters."""
    name = {"sans": "hanken-grotesk", "serif": "source-serif-4-heading"}[family]
    fonts = []
    for part in ("latin", "latin-ext"):
        font = ImageFont.truetype(FONTS / f"{name}-{part}.woff2", size)
        if family == "sans":
            font.set_variation_by_axes([weight])
        fonts.append(font)
    return tuple(fonts)


def runs(text, fonts):
    """Split a text into (piece, font) pairs, by the font that has the letters."""
    plain, further = fonts
    return [
        (piece, further if FURTHER.fullmatch(piece) else plain)
        for piece in FURTHER.split(text)
        if piece
    ]


def length(text, fonts):
    return sum(font.getlength(piece) for piece, font in runs(text, fonts))


def write(draw, at, text, fonts, fill):
    """Write one line from its top left corner."""
    x, y = at
    baseline = y + fonts[0].getmetrics()[0]
    for piece, font in runs(text, fonts):
        draw.text((x, baseline), piece, font=font, fill=fill, anchor="ls")
        x += font.getlength(piece)


def fitting(text):
    """Return the largest fonts in which the text fits on one line, or the smallest."""
    faces = [face("sans", size, 600) for size in LINE_SIZES]
    return next((fonts for fonts in faces if length(text, fonts) <= TEXT_WIDTH), faces[-1])


def wrapped(text, fonts, width=TEXT_WIDTH):
    """Break a text into lines between words, and inside words that are too long."""
    lines = [""]
    for word in text.split():
        for piece in broken(word, fonts, width):
            longer = f"{lines[-1]} {piece}".strip()
            if lines[-1] and length(longer, fonts) > width:
                lines.append(piece)
            else:
                lines[-1] = longer
    return lines


def broken(word, fonts, width):
    """Yield pieces of a word that each fit on a line."""
    start = 0
    for end in range(1, len(word) + 1):
        if length(word[start:end], fonts) > width and end - start > 1:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]
