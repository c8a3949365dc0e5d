from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from portal.demo import PICTURES, draw_picture


def opened(name: str, **options) -> Image.Image:
    image = Image.open(BytesIO(draw_picture(name, **options)))
    image.load()
    return image


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_fills_its_frame_with_colour(name):
    content = draw_picture(name)
    assert len(content) < 300_000
    image = Image.open(BytesIO(content))
    assert (image.format, image.size, image.mode) == ("JPEG", (1600, 1000), "RGB")
    assert min(ImageStat.Stat(image.convert("L")).stddev) > 12
    assert len(image.resize((80, 50)).getcolors(4000)) > 400


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_name_gives_the_same_picture(name):
    small = (160, 100)
    assert draw_picture(name, size=small) == draw_picture(name, size=small)


def test_a_size_is_a_scale_of_the_same_composition():
    large, small = (
        opened("city-at-dawn").resize((320, 200)),
        opened("city-at-dawn", size=(320, 200)),
    )
    difference = ImageStat.Stat(ImageChops.difference(large, small)).mean
    assert max(difference) < 12


@pytest.mark.parametrize("size", [(300, 300), (400, 120), (90, 200)])
def test_other_proportions_are_filled_to_the_edges(size):
    image = opened("rolling-hills", size=size)
    assert image.size == size
    corners = [image.getpixel((x, y)) for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert (0, 0, 0) not in corners


def test_pictures_differ_in_motif_and_alternative_text():
    assert len(PICTURES) >= 14
    assert len({picture.motif for picture in PICTURES.values()}) == len(PICTURES)
    for language in ("en", "fr", "nl"):
        texts = {picture.alt[language] for picture in PICTURES.values()}
        assert len(texts) == len(PICTURES)
        assert all(20 < len(text) <= 125 for text in texts)


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError, match="grey-box"):
        draw_picture("grey-box")
