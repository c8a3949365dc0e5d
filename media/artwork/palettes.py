"""Colour palettes of generated pictures."""

from typing import NamedTuple


class Palette(NamedTuple):
    """A ground colour, four tones of increasing contrast to it, and an accent."""

    ground: str
    tones: tuple[str, str, str, str]
    accent: str

    def ramp(self, share: float) -> str:
        """Return the colour at `share`, from the ground (0) to the last tone (1)."""
        stops = (self.ground, *self.tones)
        place = min(max(share, 0), 1) * (len(stops) - 1)
        index = min(int(place), len(stops) - 2)
        return mix(stops[index], stops[index + 1], place - index)


def mix(first: str, second: str, share: float) -> str:
    """Return the linear blend of two colours; `share` is the weight of the second (0 to 1)."""
    channels = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


# One row per topic: a dark and a light ground of one mood. None is near black or white, so that
# pictures have acceptable contrast on light and dark pages.
PALETTES = (
    (
        Palette("#17424c", ("#205661", "#3b7a82", "#74a9a8", "#c0d8cf"), "#f0b775"),
        Palette("#d3e0db", ("#bcd1cc", "#8fb5b3", "#4f868b", "#1f5660"), "#cf6a45"),
    ),
    (
        Palette("#263457", ("#34456f", "#53689a", "#8b9dc6", "#cbd5ea"), "#f2a98d"),
        Palette("#d6deea", ("#c0cce0", "#94a8cb", "#556ea3", "#2a3c6b"), "#d9774f"),
    ),
    (
        Palette("#2c4234", ("#3b5743", "#5d7d5b", "#96ad81", "#d3dcbb"), "#f0bd6a"),
        Palette("#dfe4d0", ("#cbd4b6", "#a2b58a", "#648062", "#33503d"), "#c9683c"),
    ),
    (
        Palette("#43304f", ("#574065", "#7d618b", "#b096b8", "#e0d0e2"), "#f3b98a"),
        Palette("#e5dbe5", ("#d5c5d7", "#b49bba", "#7d5f8b", "#4b3159"), "#d07a4a"),
    ),
    (
        Palette("#6b3a33", ("#804a40", "#a86c5a", "#d09d86", "#f0d8c8"), "#9cc4be"),
        Palette("#eedfd2", ("#e2c9b7", "#cc9f86", "#a3664f", "#693a31"), "#2f7378"),
    ),
    (
        Palette("#4d4130", ("#62543d", "#8b7852", "#bda673", "#e9dbb4"), "#8fb9c4"),
        Palette("#ece2c8", ("#dfd0a7", "#c7ad6d", "#93793f", "#554526"), "#33708a"),
    ),
    (
        Palette("#2e4553", ("#3b5666", "#5c7b8c", "#93aebb", "#d2dfe5"), "#efc66b"),
        Palette("#dbe3e8", ("#c6d3db", "#9cb4c1", "#5b7d90", "#2c4b5d"), "#c98a2b"),
    ),
    (
        Palette("#5a2f45", ("#703d57", "#975c77", "#c592a6", "#edd3db"), "#f0c179"),
        Palette("#eedfe3", ("#e2c8d0", "#c998aa", "#985c77", "#5f2f49"), "#2f7c80"),
    ),
)
