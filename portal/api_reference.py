"""View model of the API reference page, built from the OpenAPI document.

The portal renders the page itself: the usual OpenAPI viewers nest their controls, have no dark
mode and weigh more than all other pages together.
"""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import mark_safe

#: A choice as drf-spectacular writes it: a bullet below the field's own description.
CHOICE = re.compile(r"^\* `(.*?)` - (.*)$", re.MULTILINE)
MARKUP_PATTERNS = (
    (r"`([^`]+)`", r"<code>\1</code>"),
    (r"\*\*([^*]+)\*\*", r"<strong>\1</strong>"),
)


@dataclass(frozen=True)
class Field:
    """A parameter of an endpoint or a property of an object."""

    name: str
    kind: str
    #: Name of the object, or of the items of a list; "" for other types.
    object_name: str
    is_nullable: bool
    text: str
    choices: list = field(default_factory=list)


@dataclass(frozen=True)
class Endpoint:
    path: str
    summary: str
    text: str
    parameters: list
    #: Name of the returned object, or of the items of the returned list.
    object_name: str
    is_list: bool


@dataclass(frozen=True)
class Section:
    """Endpoints that share a tag."""

    name: str
    endpoints: list


class Reference:
    """Parts of an OpenAPI document: `introduction`, `sections`, `objects` and `schemas`.

    `objects` is a list of (name, description, fields).
    """

    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        paragraphs = document["info"]["description"].strip().split("\n\n")
        self.introduction = [render_markup(text) for text in paragraphs]
        self.sections = self._sections(document["paths"])
        visible = {
            name: s for name, s in self.schemas.items() if not name.startswith("Paginated")
        }
        self.objects = [
            (name, render_markup(schema.get("description", "")), self._properties(schema))
            for name, schema in visible.items()
        ]

    def _sections(self, paths):
        sections = {}
        for path, item in paths.items():
            operation = item["get"]
            sections.setdefault(operation["tags"][0], []).append(
                self._endpoint(path, operation)
            )
        return [Section(name, endpoints) for name, endpoints in sections.items()]

    def _endpoint(self, path, operation):
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        name = _referenced_name(schema)
        results = self.schemas[name]["properties"].get("results")
        return Endpoint(
            path=path,
            summary=operation["summary"],
            text=render_markup(operation["description"]),
            parameters=[
                _field(p["name"], _schema_with_description(p)) for p in operation["parameters"]
            ],
            object_name=_referenced_name(results["items"]) if results else name,
            is_list=bool(results),
        )

    def _properties(self, schema):
        return [_field(name, member) for name, member in schema["properties"].items()]


def render_markup(text):
    """Render the Markdown subset of descriptions, code and bold, as safe HTML."""
    html = escape(text)
    for pattern, replacement in MARKUP_PATTERNS:
        html = re.sub(pattern, replacement, html)
    return mark_safe(html)


def _schema_with_description(parameter):
    return parameter["schema"] | {"description": parameter.get("description", "")}


def _referenced_name(schema):
    """Return the name of the object that a schema refers to, or "" if there is none."""
    reference = schema.get("$ref") or next(iter(schema.get("allOf", [])), {}).get("$ref", "")
    return reference.rsplit("/", 1)[-1]


def _field(name, schema):
    text = schema.get("description") or schema.get("title", "")
    return Field(
        name=name,
        kind=_kind(schema),
        object_name=_referenced_name(schema) or _referenced_name(schema.get("items", {})),
        is_nullable=schema.get("nullable", False),
        text=render_markup(CHOICE.sub("", text).strip()),
        choices=CHOICE.findall(text),
    )


def _kind(schema):
    """Return the type in words, such as "date-time" or "list of string"; "" for an object."""
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return schema.get("format") or schema.get("type") or ""
