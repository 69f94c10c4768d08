"""JSON Schema read: what a schema refers to, its type in short, the objects that it mentions."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

type Schema = Mapping[str, Any]
type Named = Mapping[str, Schema]  # `components.schemas`

WRAPPERS = ("$ref", "allOf", "anyOf", "oneOf")


def name_in(reference: str) -> str:
    return reference.rpartition("/")[2]


def parts_of(schema: Schema, named: Named) -> list[Schema]:
    """What it refers to, or is composed of."""
    if "$ref" in schema:
        return [named[name_in(schema["$ref"])]]
    return [part for word in WRAPPERS[1:] for part in schema.get(word, [])]


def flat(schema: Schema, named: Named) -> Schema:
    """In one piece with what it refers to, and with what it is when it is not null."""
    parts = [part for part in parts_of(schema, named) if part.get("type") != "null"]
    if len(parts) != 1:
        return schema
    own = {key: value for key, value in schema.items() if key not in WRAPPERS}
    return {**flat(parts[0], named), **own}


def type_of(schema: Schema, named: Named) -> str:
    """In the short way of programmers: `uuid | null`, `(FolderOut | DocumentOut)[]`."""
    if "$ref" in schema and "properties" in named[name_in(schema["$ref"])]:
        return name_in(schema["$ref"])
    if parts := parts_of(schema, named):
        return " | ".join(dict.fromkeys(type_of(part, named) for part in parts))
    if "const" in schema:
        return json.dumps(schema["const"])
    if schema.get("type") == "array":
        inner = type_of(schema["items"], named)
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    return simple_type_of(schema, named)


def simple_type_of(schema: Schema, named: Named) -> str:
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return f"{{name: {type_of(values, named)}}}"
    if schema.get("format") == "binary":
        return "file"
    return str(schema.get("format") or schema.get("type", "any"))


def objects_in(schema: Schema, named: Named) -> Iterator[str]:
    """The names of the objects that its type mentions."""
    if "$ref" in schema and "properties" in named[name_in(schema["$ref"])]:
        yield name_in(schema["$ref"])
        return
    inner = [*parts_of(schema, named), schema.get("items"), schema.get("additionalProperties")]
    for part in inner:
        if isinstance(part, dict):
            yield from objects_in(part, named)
