from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.artwork import FAMILIES, PALETTES, artwork_svg, number

SVG = "{http://www.w3.org/2000/svg}"
TITLES = [f"Call for proposals {index}" for index in range(200)]


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())  # noqa: S314 - drawn by the portal


def test_the_same_words_give_the_same_drawing():
    assert artwork_svg("Rare diseases", theme="health") == artwork_svg(
        "Rare diseases", theme="health"
    )


def test_titles_of_one_topic_never_share_a_drawing():
    assert len({artwork_svg(title, theme="health") for title in TITLES}) == len(TITLES)


def test_a_topic_keeps_to_one_mood_of_colour():
    moods = [{pale.ground, deep.ground} for deep, pale in PALETTES]
    grounds = {
        elements(artwork_svg(title, theme="health"))[3].get("stop-color") for title in TITLES
    }
    assert grounds in moods


def test_every_family_is_drawn_for_some_topic(monkeypatch):
    drawn = set()
    spies = tuple(
        lambda random, palette, name=family.__name__: drawn.add(name) or []
        for family in FAMILIES
    )
    monkeypatch.setattr("media.artwork.FAMILIES", spies)
    for title in TITLES:
        artwork_svg(title)
    assert drawn == {family.__name__ for family in FAMILIES}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
@pytest.mark.parametrize("title", TITLES[:12])
def test_each_family_is_small_and_safe_under_a_strict_policy(family, title, monkeypatch):
    monkeypatch.setattr("media.artwork.FAMILIES", (family, family))
    svg = artwork_svg(title)
    assert 1_500 < len(svg.encode()) < 6_000
    drawn = elements(svg)
    assert {element.tag.removeprefix(SVG) for element in drawn} <= {
        "svg",
        "linearGradient",
        "stop",
        "path",
        "circle",
        "g",
    }
    attributes = {name for element in drawn for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert not {name for name in attributes if "href" in name}
    assert "nan" not in svg
    assert drawn[0].get("viewBox") == "0 0 640 400"


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=300), theme=st.text(max_size=80))
def test_any_text_gives_a_drawing_that_holds_none_of_it(title, theme):
    drawn = elements(artwork_svg(title, theme=theme))
    assert len(drawn) > 5
    assert not [element.text for element in drawn if element.text]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.04, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (10, "10"), (-12.34, "-12.3")],
)
def test_numbers_are_written_short(value, written):
    assert number(value) == written
