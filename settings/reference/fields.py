"""Objects and parameters as rows of fields."""

import json
from typing import Any

from settings.reference.rows import Field, Shape
from settings.reference.schemas import Named, Schema, flat, objects_in, type_of


def shapes_of(schema: Schema, named: Named) -> tuple[Shape, ...]:
    """Of every object that it is or mentions, however deep: each one once, the whole first."""
    if "properties" in schema:
        return (shape_of("", schema, named),)
    names = list(objects_in(schema, named))
    for name in names:  # grows on the way
        for inner in named[name]["properties"].values():
            names += [found for found in objects_in(inner, named) if found not in names]
    return tuple(shape_of(name, named[name], named) for name in dict.fromkeys(names))


def shape_of(name: str, schema: Schema, named: Named) -> Shape:
    required = schema.get("required", [])
    fields = [
        field_of(key, inner, named, required=key in required)
        for key, inner in schema["properties"].items()
    ]
    return Shape(name, schema.get("description", ""), tuple(fields))


def parameter_of(parameter: Schema, named: Named) -> Field:
    return field_of(
        parameter["name"],
        parameter["schema"],
        named,
        required=parameter["required"],
        where=parameter["in"],
    )


def field_of(name: str, schema: Schema, named: Named, *, required: bool, where: str = "") -> Field:
    whole = flat(schema, named)
    return Field(
        name=name,
        type=type_of(schema, named),
        required=required,
        where=where,
        choices=tuple(map(str, whole.get("enum", ()))),
        default="" if "const" in whole else said(whole.get("default")),
        longest=whole.get("maxLength"),
        least=whole.get("minimum"),
        most=whole.get("maximum"),
        pattern=whole.get("pattern", ""),
    )


def said(default: Any) -> str:
    """Nothing for what says nothing: no default, null, the empty text."""
    if default is None or default == "":
        return ""
    return default if isinstance(default, str) else json.dumps(default)
