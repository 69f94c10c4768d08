"""The operations of the description, by their tags."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from settings.reference.examples import body_like, curl
from settings.reference.fields import parameter_of, shapes_of
from settings.reference.rows import Answer, Body, Field, Operation, Section
from settings.reference.schemas import Named, Schema, type_of

METHODS: Final = ("get", "head", "post", "put", "patch", "delete")
REFUSED: Final = 400


def sections(description: Mapping[str, Any], *, origin: str) -> tuple[Section, ...]:
    """One for each tag, in the description's order. The examples of calls go to `origin`."""
    by_tag: dict[str, list[Operation]] = {}
    named = description["components"]["schemas"]
    for path, item in description["paths"].items():
        for method in (word for word in METHODS if word in item):
            operation = read(method, path, item, named, origin)
            by_tag.setdefault(item[method]["tags"][0], []).append(operation)
    return tuple(Section(tag, tuple(found)) for tag, found in by_tag.items())


def read(method: str, path: str, item: Schema, named: Named, origin: str) -> Operation:
    told = item[method]
    parameters = tuple(parameters_of(item, told, named))
    body = body_of(told.get("requestBody"), named)
    words = told.get("description") or told["summary"]
    sentence, more = parted(words)
    return Operation(
        id=anchor(method, path),
        method=method.upper(),
        path=path,
        sentence=sentence,
        more=more,
        parameters=parameters,
        body=body,
        answers=tuple(answers_of(told, named)),
        refusals=tuple(refusals_of(told)),
        curl=curl(method.upper(), origin + path, parameters, body),
    )


def anchor(method: str, path: str) -> str:
    """`get-folders-folder_id`: what stands in the page's address to lead here."""
    short = path.removeprefix("/api/v1/").removeprefix("o/{org}/")
    return "-".join([method, *re.findall(r"\w+", short)])


def parted(words: str) -> tuple[str, str]:
    """The first sentence, and the rest."""
    first, *rest = re.split(r"(?<=\.)\s+", words.strip(), maxsplit=1)
    return first, "".join(rest)


def parameters_of(item: Schema, told: Schema, named: Named) -> Iterator[Field]:
    for parameter in (*item.get("parameters", []), *told["parameters"]):
        yield parameter_of(parameter, named)


def body_of(told: Schema | None, named: Named) -> Body | None:
    if told is None:
        return None
    media, content = next(iter(told["content"].items()))
    schema = content["schema"]
    example = body_like(schema, named) if media == "application/json" else ""
    return Body(media, shapes_of(schema, named), example)


def answers_of(told: Schema, named: Named) -> Iterator[Answer]:
    for status, response in sorted(told["responses"].items()):
        if int(status) < REFUSED:
            yield answer_of(int(status), response, named)


def answer_of(status: int, response: Schema, named: Named) -> Answer:
    for content in response.get("content", {}).values():
        schema = content["schema"]
        return Answer(
            status, response["description"], type_of(schema, named), shapes_of(schema, named)
        )
    return Answer(status, response["description"], "", ())


def refusals_of(told: Schema) -> Iterator[tuple[int, str]]:
    for status, response in sorted(told["responses"].items()):
        if int(status) >= REFUSED:
            yield int(status), response["description"]
