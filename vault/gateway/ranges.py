"""`Range` requests (RFC 9110, section 14), for the way in which Django streams by itself."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(ValueError):
    """No byte of the file lies in the range: 416."""


def span_of(header: str, size: int) -> Span | None:
    """The one range that a header asks of `size` bytes; none for what is to be ignored.

    Several ranges at once are ignored, as a server may (RFC 9110, 14.2). Raises `Unsatisfiable`.
    """
    match = re.fullmatch(r"(?i:bytes)= *([0-9]{0,18}) *- *([0-9]{0,18})", header.strip())
    if not match or match[1] == match[2] == "":
        return None
    if match[1] == "":
        return suffix(int(match[2]), size)
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Span(first, min(last, size - 1))


def suffix(length: int, size: int) -> Span:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Span(max(size - length, 0), size - 1)
