"""What a person may be called: one line, in which nothing is hidden."""

import unicodedata
from typing import Final

# They turn the direction of what stands around the name.
TURNING: Final = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(name: str) -> str:
    """Spaces of any kind are one space; control characters and those that turn the line go."""
    line = " ".join(name.split())
    return "".join(c for c in line if unicodedata.category(c) != "Cc" and c not in TURNING)
