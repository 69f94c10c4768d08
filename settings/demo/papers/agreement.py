"""A contract between Acme and somebody else, in all its versions."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Agreement:
    """`drafts` are its versions, the oldest first: a day each, and what fills the gaps."""

    title: str
    partner: tuple[str, str]
    subject: str
    text: str
    drafts: tuple[tuple[date, dict[str, str]], ...]
    description: str = ""

    @property
    def file_name(self) -> str:
        return f"{self.title}.pdf"
