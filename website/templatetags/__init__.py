from website.templatetags import website_tags

__all__ = [
    "website_tags",
]
