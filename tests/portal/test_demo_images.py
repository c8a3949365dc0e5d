"""The pictures that the demo ships with, and what becomes of them when they are loaded."""

from hashlib import sha256

import pytest
from PIL import Image as Picture
from PIL import ImageStat

from media.models import Image
from media.renditions import FORMATS
from portal.demo import CONTENT, image_content, read_entries, save_image

ALT_TEXTS = {name: entry["alt_text"] for name, entry in read_entries("pictures").items()}
FILES = {path.stem: path for path in (CONTENT / "pictures").glob("*.avif")}


def test_each_picture_has_a_file_and_each_file_its_texts():
    assert set(FILES) == set(ALT_TEXTS)


@pytest.mark.parametrize("name", FILES)
def test_every_picture_fills_its_frame_with_colour(name):
    with Picture.open(FILES[name]) as image:
        assert (image.format, image.size, image.mode) == ("AVIF", (1600, 1000), "RGB")
        assert min(ImageStat.Stat(image.convert("L")).stddev) > 12
        assert len(image.resize((80, 50)).getcolors(4000)) > 400


def test_pictures_together_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in FILES.values()) < 1_500_000


def test_pictures_differ_in_motif_and_alternative_text():
    assert len(FILES) >= 14
    assert len({sha256(path.read_bytes()).digest() for path in FILES.values()}) == len(FILES)
    for language in ("en", "fr", "nl"):
        texts = {alt_text[language] for alt_text in ALT_TEXTS.values()}
        assert len(texts) == len(ALT_TEXTS)
        assert all(20 < len(text) <= 125 for text in texts)


@pytest.mark.django_db
def test_loaded_picture_keeps_its_file_and_gets_its_renditions(settings):
    save_image("city-at-dawn", ALT_TEXTS["city-at-dawn"])

    image = Image.objects.get(name="city-at-dawn")

    assert image.file.read() == image_content("city-at-dawn")
    assert (image.width, image.height) == (1600, 1000)
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(files) == 1 + len(FORMATS)
    for spec in FORMATS:
        kind, width = spec.split("_")
        with Picture.open(image.file.storage.path(image.file.process(spec))) as rendition:
            assert (rendition.format, rendition.width) == (kind.upper(), int(width))


def test_an_unknown_picture_is_refused():
    with pytest.raises(FileNotFoundError, match="grey-box"):
        image_content("grey-box")
