"""What one would send: a body to begin with, and the whole call for a terminal."""

import json
import re
from typing import Any, Final

from settings.reference.rows import Body, Field
from settings.reference.schemas import Named, Schema, flat

AN_ID: Final = "0199d3a4-5b6c-7d8e-9f01-23456789abcd"
BY_FORMAT: Final = {"uuid": AN_ID, "date-time": "2030-01-31T12:00:00Z"}
BY_NAME: Final = {"name": "Letters", "role": "read"}
BY_TYPE: Final = {"integer": 1, "boolean": False, "array": [], "object": {}}


def body_like(schema: Schema, named: Named) -> str:
    """JSON with what must be there, what has a default, and the first field in any case."""
    whole = flat(schema, named)
    required, properties = whole.get("required", []), whole["properties"]
    first = next(iter(properties))
    chosen = {
        name: value_like(name, flat(inner, named))
        for name, inner in properties.items()
        if name in (first, *required) or inner.get("default") is not None
    }
    return json.dumps(chosen, indent=2, ensure_ascii=False)


def value_like(name: str, schema: Schema) -> Any:
    choices = schema.get("enum", [])
    if BY_NAME.get(name) in choices or (name in BY_NAME and not choices):
        return BY_NAME[name]
    if "default" in schema:
        return schema["default"]
    if choices:
        return choices[0]
    return BY_FORMAT.get(schema.get("format", "")) or BY_TYPE.get(schema.get("type", ""), "")


def curl(method: str, address: str, parameters: tuple[Field, ...], body: Body | None) -> str:
    """For a shell where `$token` and the names of the path are set."""
    asked = [f"{field.name}=${field.name}" for field in parameters if must_be_asked(field)]
    place = re.sub(r"{(\w+)}", r"$\1", address) + ("?" + "&".join(asked) if asked else "")
    get = " -OJ" if address.endswith("/content") else ""  # bytes go into a file
    how = {"GET": get, "HEAD": " --head"}.get(method, f" -X {method}")
    lines = [f'curl{how} -H "Authorization: Bearer $token"', *sent(body), f'"{place}"']
    return " \\\n  ".join(lines)


def must_be_asked(field: Field) -> bool:
    return field.required and field.where == "query"


def sent(body: Body | None) -> list[str]:
    if body is None:
        return []
    if body.is_form:
        return ["-F file=@invoice.pdf"]
    short = json.dumps(json.loads(body.example), ensure_ascii=False)
    return ['-H "Content-Type: application/json"', f"-d '{short}'"]
