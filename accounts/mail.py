"""The mails of a development machine, which lie in a folder in place of being sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import Final

# What Django's file based backend writes after each message.
BETWEEN_MAILS: Final = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    to: str
    sent: str
    body: str


def newest_mails(folder: Path, *, at_most: int = 50) -> list[Mail]:
    return list(islice(mails(folder), at_most))


def mails(folder: Path) -> Iterator[Mail]:
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files:
        for source in reversed(file.read_bytes().split(BETWEEN_MAILS)):
            if source.strip():
                yield read(source)


def read(source: bytes) -> Mail:
    message = message_from_bytes(source, EmailMessage, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return Mail(
        subject=message.get("Subject", ""),
        to=message.get("To", ""),
        sent=message.get("Date", ""),
        body=body.get_content() if body else "",
    )
