"""The page of the API says all that its description says, once."""

import json
from collections import Counter
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.test import Client

from settings.api import described, shown
from settings.reference.fields import shapes_of
from settings.reference.operations import METHODS
from settings.reference.rows import Operation
from settings.reference.schemas import type_of

DESCRIBED: Final = {
    (method.upper(), path): (item, item[method])
    for path, item in described()["paths"].items()
    for method in METHODS
    if method in item
}
ROWS: Final = [operation for section in shown() for operation in section.operations]

by_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value]


@pytest.fixture(scope="module")
def page() -> str:
    return Client().get("/api/docs/").content.decode()


def test_every_operation_is_told_once() -> None:
    assert Counter((row.method, row.path) for row in ROWS) == Counter(DESCRIBED.keys())


@by_row
def test_an_operation_has_all_its_parameters(row: Operation) -> None:
    item, told = DESCRIBED[row.method, row.path]
    expected = [
        (parameter["name"], parameter["in"], parameter["required"])
        for parameter in (*item.get("parameters", []), *told["parameters"])
    ]
    assert [(field.name, field.where, field.required) for field in row.parameters] == expected
    assert all(name for name, *_ in expected)


@by_row
def test_an_operation_has_all_its_answers(row: Operation) -> None:
    _, told = DESCRIBED[row.method, row.path]
    statuses = [answer.status for answer in row.answers] + [status for status, _ in row.refusals]
    assert statuses == sorted(map(int, told["responses"]))


@by_row
def test_an_operation_has_its_body(row: Operation) -> None:
    _, told = DESCRIBED[row.method, row.path]
    assert (row.body is not None) == ("requestBody" in told)
    if row.body and not row.body.is_form:
        names = {field.name for field in row.body.shapes[0].fields}
        needed = {field.name for field in row.body.shapes[0].fields if field.required}
        assert needed <= set(json.loads(row.body.example)) <= names


@by_row
def test_an_operation_says_in_a_sentence_what_it_does(row: Operation) -> None:
    _, told = DESCRIBED[row.method, row.path]
    assert row.sentence.endswith(".")
    assert told["description"].startswith(row.sentence)
    assert row.path.replace("{", "$").replace("}", "") in row.curl


def test_the_page_shows_every_operation_once(page: str) -> None:
    ids = Ids()
    ids.feed(page)
    assert [id_ for id_, n in Counter(ids.found).items() if n > 1] == []
    assert {row.id for row in ROWS} <= set(ids.found)
    assert page.count('<details class="api-call"') == len(ROWS)


def test_the_page_shows_every_field(page: str) -> None:
    shapes = [shape for row in ROWS for answer in row.answers for shape in answer.shapes]
    shapes += [shape for row in ROWS if row.body for shape in row.body.shapes]
    fields = [field for row in ROWS for field in row.parameters]
    fields += [field for shape in shapes for field in shape.fields]
    assert page.count('<th scope="row">') == len(fields)


def test_nothing_is_left_to_be_looked_up(page: str) -> None:
    assert "$ref" not in page
    assert "components/schemas" not in page


def test_every_object_that_is_mentioned_is_told() -> None:
    named = described()["components"]["schemas"]
    shapes = shapes_of({"$ref": "#/components/schemas/Access"}, named)
    assert [shape.name for shape in shapes] == [
        *("Access", "AccessOut", "PersonOut", "ReasonOut", "GrantOut"),
    ]


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "string", "format": "uuid"}, "uuid"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer | null"),
        ({"type": "array", "items": {"$ref": "#/x/Thing"}}, "Thing[]"),
        ({"type": "array", "items": {"anyOf": [{"type": "string"}, {}]}}, "(string | any)[]"),
        ({"$ref": "#/x/Word"}, "string"),
        ({"const": "read", "type": "string"}, '"read"'),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "{name: string}"),
    ],
)
def test_a_type_is_said_in_short(schema: dict[str, Any], type_: str) -> None:
    named = {"Thing": {"properties": {}}, "Word": {"type": "string", "enum": ["a"]}}
    assert type_of(schema, named) == type_
