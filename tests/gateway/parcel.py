"""Uploads written by hand, so that a test may break them where it likes."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.services.stack import Stack


def parcel(name: str, content: bytes, **fields: str) -> tuple[str, bytes]:
    """Its type and its bytes, as a form sends them."""
    parts = {**fields, "file": SimpleUploadedFile(name, content)}
    return MULTIPART_CONTENT, encode_multipart(BOUNDARY, parts)


def head(
    stack: Stack,
    path: str,
    *,
    length: int | None = None,
    kind: str = MULTIPART_CONTENT,
    **headers: str,
) -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"Host: {stack.host}", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode()
