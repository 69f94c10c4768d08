"""Things that flows cannot make: file contents, and uploads without a browser."""

import io
import itertools
import random
from typing import Any
from uuid import UUID

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tenants.actor import Member
from vault.flows.filing import OnConflict
from vault.flows.upload import receiving
from vault.models import Document

_numbers = itertools.count(1)


def unique(word: str) -> str:
    return f"{word}-{next(_numbers)}"


def pdf(words: str = "Invoice 0411", *, size: int = 0) -> bytes:
    """A small, whole PDF; padded to `size` bytes where more is wanted."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    if (gap := size - out.tell() - 200) > 0:
        out.write(b"%" + b"x" * gap + b"\n")
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % xref)
    return out.getvalue()


def pages(number: int, *, password: str = "") -> bytes:
    """A PDF whose pages lie far apart: each has a picture of noise, of 750,000 bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=password or None, invariant=True)
    for page in range(1, number + 1):
        noise = Image.frombytes("RGB", (500, 500), random.Random(page).randbytes(750_000))
        canvas.drawString(72, 720, f"This is page {page}")
        canvas.drawImage(ImageReader(noise), 72, 360, 300, 300)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def png(width: int = 4, height: int = 3) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def put(
    actor: Member,
    folder_id: UUID,
    name: str = "contract.pdf",
    content: bytes | None = None,
    *,
    on_conflict: OnConflict = "keep_both",
) -> Document:
    """Upload through the flow, as a form would."""
    content = pdf(name) if content is None else content
    with receiving(actor, folder_id, length=len(content) + 500) as intake:
        arrival = intake.begin(name)
        arrival.incoming.write(content)
        return intake.file(arrival, on_conflict=on_conflict)


def body(client_response: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    if getattr(client_response, "streaming", False):
        return b"".join(client_response.streaming_content)
    content: bytes = client_response.content
    return content
