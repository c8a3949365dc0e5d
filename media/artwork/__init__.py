"""Generated placeholder pictures: an abstract SVG drawn from an item's topic and title.

The topic determines two kinds of drawing and the palettes, the title everything else, so that
items of one topic look related but not alike. The output is deterministic and can therefore be
cached indefinitely.
"""

from random import Random

from media.artwork import fields, structures
from media.artwork.marks import HEIGHT, WIDTH, Point, number, polar
from media.artwork.palettes import PALETTES, Palette, mix

__all__ = ["PALETTES", "Palette", "artwork_svg", "mix"]

FAMILIES = (
    fields.contours,
    fields.interference,
    fields.seeds,
    fields.ridges,
    fields.flow,
    structures.network,
    structures.strata,
    structures.tiling,
    structures.orbits,
    structures.helix,
    structures.arcs,
)


def artwork_svg(seed_text: str, *, theme: str = "") -> str:
    """Return an SVG document, 640 by 400 and under 6 kB, for a title on the topic `theme`.

    Without a theme, the title is used as the theme. The SVG contains no text, style or script:
    serve it as image/svg+xml and show it as decoration (`alt=""`).
    """
    topic = _random("topic", theme or seed_text)
    title = _random("title", theme, seed_text)
    draw = title.choice(topic.sample(FAMILIES, 2))
    palette = title.choice(topic.choice(PALETTES))
    return _document(palette, "".join(draw(title, palette)))


def _random(*words: str) -> Random:
    return Random("\n".join(words))  # noqa: S311 - chooses shapes, protects nothing


def _document(palette: Palette, drawing: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" preserveAspectRatio="xMidYMid slice"'
        ' fill="none" stroke-linecap="round" stroke-linejoin="round">'
        '<linearGradient id="ground" x2="1" y2="1">'
        f'<stop stop-color="{mix(palette.ground, palette.tones[0], 0.7)}"/>'
        f'<stop offset="1" stop-color="{palette.ground}"/></linearGradient>'
        f'<path fill="url(#ground)" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>{drawing}</svg>'
    )


__all__ = [
    "fields",
    "HEIGHT",
    "mix",
    "number",
    "Palette",
    "PALETTES",
    "Point",
    "polar",
    "Random",
    "structures",
    "WIDTH",
]
