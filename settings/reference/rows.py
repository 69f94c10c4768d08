"""What the page of the API shows. All of it can be kept: nothing here is in a language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One name that is sent or answered; `least`, `most` bound numbers, `longest` characters."""

    name: str
    type: str
    required: bool
    where: str = ""  # of parameters: path, query
    choices: tuple[str, ...] = ()
    default: str = ""
    longest: int | None = None
    least: int | None = None
    most: int | None = None
    pattern: str = ""

    @property
    def is_file(self) -> bool:
        return self.type == "file"


@dataclass(frozen=True, slots=True)
class Shape:
    """An object and its fields. The first of several is the whole, the others are its parts."""

    name: str
    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Body:
    media: str
    shapes: tuple[Shape, ...]
    example: str

    @property
    def is_form(self) -> bool:
        return self.media == "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    words: str
    type: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """`id` is its anchor on the page, `path` its whole address with names in braces."""

    id: str
    method: str
    path: str
    sentence: str
    more: str
    parameters: tuple[Field, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    refusals: tuple[tuple[int, str], ...]
    curl: str

    @property
    def place(self) -> tuple[str, str]:
        """The organisation's part of the path, and what is particular to this operation."""
        short = self.path.removeprefix("/api/v1")
        rest = short.removeprefix("/o/{org}")
        return short.removesuffix(rest) if rest else short, rest

    @property
    def to_fill_in(self) -> list[Field]:
        """The parameters without the organisation, which is the same for all operations."""
        return [field for field in self.parameters if field.name != "org"]


@dataclass(frozen=True, slots=True)
class Section:
    tag: str
    operations: tuple[Operation, ...]
