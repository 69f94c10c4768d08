"""What a file or folder may be called: shown, stored and served alike.

Invisible characters that could make a name lie (controls, bidirectional overrides, line breaks)
are removed, and the rest is normalised (Unicode NFC). What cannot be kept is refused with a name
that could be: separators, device names of Windows, a dot at the end.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from vault.errors import NameInvalid

LONGEST: Final = 200  # characters; the extension survives a cut
LONGEST_EXTENSION: Final = 20
INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})
JOINERS: Final = frozenset("\u200c\u200d")  # needed inside words of Persian, Hindi and emoji
EDGES: Final = " \u200c\u200d"  # what no name begins or ends with
DEVICES: Final = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


class DisplayName(str):
    """A name that is safe to show, to store and to put into a header. Raises `NameInvalid`."""

    __slots__ = ()

    def __new__(cls, raw: str) -> "DisplayName":
        name = shortened(visible(raw))
        better = acceptable(name)
        if name != better or unspeakable(raw):
            raise NameInvalid(suggestion=better)
        return super().__new__(cls, name)

    @classmethod
    def nearest(cls, raw: str) -> "DisplayName":
        """The closest name that can be kept, for what nobody is there to ask about."""
        return cls(acceptable(shortened(visible(raw.replace("\0", "")))))

    @property
    def extension(self) -> str:
        """In lower case, without the dot; empty where there is none."""
        stem, dot, extension = self.rpartition(".")
        return extension.lower() if dot and stem else ""

    def numbered(self, number: int) -> "DisplayName":
        """`Invoice.pdf` -> `Invoice (2).pdf`."""
        extension = f".{self.rpartition('.')[2]}" if self.extension else ""
        stem = self.removesuffix(extension)
        return DisplayName(f"{stem[: LONGEST - 26]} ({number}){extension}")

    def free_among(self, names: Iterable[str]) -> "DisplayName":
        """Itself, or the first of its numbers that none of these names has."""
        taken = {other.casefold() for other in names}
        if self.casefold() not in taken:
            return self
        numbers = range(2, len(taken) + 3)
        return next(new for n in numbers if (new := self.numbered(n)).casefold() not in taken)


def unspeakable(raw: str) -> bool:
    """NUL and lone surrogates are no text: no honest program sends them."""
    return "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw)


def visible(raw: str) -> str:
    text = raw.encode("utf-8", "ignore").decode()
    kept = (c for c in text if c in JOINERS or unicodedata.category(c) not in INVISIBLE)
    # Normalised last: what was removed may have parted a letter from its accent.
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", "".join(kept))).strip(EDGES)


def shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return name[:LONGEST].rstrip(EDGES + ".")
    return stem[: LONGEST - len(extension) - 1].rstrip(EDGES) + dot + extension


def acceptable(name: str) -> str:
    """The nearest name that can be kept."""
    inner = re.sub(r"^[/\\]+|[/\\]+$", "", name.replace("::$", "-"))
    better = re.sub(r"[/\\]+", "-", inner).lstrip(EDGES).rstrip(EDGES + ".") or "Untitled"
    return shortened(f"_{better}") if DEVICES.match(better) else better
