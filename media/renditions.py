"""Sizes and formats of image renditions: one ratio, cropped around the focal point."""

from pathlib import PurePosixPath

from imagefield.processing import register

#: Widths in pixels; heights follow from the ratio.
WIDTHS = (480, 960, 1600)
RATIO = 16 / 10
QUALITY = {"AVIF": 55, "WEBP": 78, "JPEG": 82}


@register
def encode(get_image, *args):
    """Save as `args[0]` ("AVIF", "WEBP" or "JPEG"); an image processor."""

    def processor(image, context):
        image = get_image(image, context)
        context.save_kwargs.update(format=args[0], quality=QUALITY[args[0]])
        if args[0] == "AVIF":
            context.save_kwargs["speed"] = 8
        return image.convert("RGB")

    return processor


def rendition(format_name, width):
    """Return a django-imagefield format: cropped to the ratio, scaled and encoded."""

    def spec(_file, context):
        if context.name:
            path = PurePosixPath(context.name).with_suffix(f".{format_name.lower()}")
            context.name = str(path)
        context.extension = f".{format_name.lower()}"
        context.processors = [
            ("encode", format_name),
            "autorotate",
            ("crop", (width, round(width / RATIO))),
        ]

    return spec


FORMATS = {
    f"{format_name.lower()}_{width}": rendition(format_name, width)
    for format_name in ("AVIF", "WEBP")
    for width in WIDTHS
} | {"jpeg_960": rendition("JPEG", 960)}
