"""Between the form on the wire and the upload flow: no byte of a file stays in memory."""

from typing import Any, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenants.errors import Invalid
from vault.errors import LengthRequired, NoFile, StorageAway, Unfinished
from vault.failpoints import reach
from vault.flows.upload import Arrival, Intake

MOST_DIGITS: Final = 18  # of a length that a counter can hold


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """What a form field holds of a file that went straight to the vault."""

    def __init__(self, arrival: Arrival) -> None:
        super().__init__(file=None, name=arrival.raw_name, size=arrival.size)
        self.arrival = arrival

    @property
    def name(self) -> str:
        """As it was sent: what it may be called is the flow's to judge."""
        return self.arrival.raw_name

    @name.setter
    def name(self, name: str | None) -> None:
        return

    def close(self) -> None:
        """Nothing is open here: the bytes are the intake's."""


class VaultUploadHandler(FileUploadHandler):
    """Writes each file of a form into the intake, as it comes."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest, intake: Intake) -> None:
        super().__init__(request)
        self.intake = intake
        self.arrival: Arrival | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrival = self.intake.begin(self.file_name or "")
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.arrival is not None:
            try:
                self.arrival.incoming.write(raw_data)
            except OSError as error:  # the disk is full, say
                raise StorageAway from error
            reach("upload.receiving")

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        arrival, self.arrival = self.arrival, None
        reach("upload.received")
        return ReceivedFile(arrival) if arrival else None


def declared_length(request: HttpRequest) -> int:
    """Bytes of the body, which a client must say first. Raises `LengthRequired`."""
    text = request.META.get("CONTENT_LENGTH") or ""
    if not text.isdecimal() or request.headers.get("Transfer-Encoding"):
        raise LengthRequired
    return int(text) if len(text) <= MOST_DIGITS else 10**MOST_DIGITS


def received_files(request: HttpRequest, field: str) -> list[ReceivedFile]:
    """The files of a form that came whole. Raises `Unfinished`.

    Django's parser takes the end of the stream for the end of the last file; so the count of
    bytes that came is compared with what was declared.
    """
    if request.content_type != "multipart/form-data":
        return []
    try:
        files = request.FILES.getlist(field)
    except OSError as error:  # the connection broke
        raise Unfinished from error
    stream: Any = getattr(request, "_stream", None)
    position = getattr(stream, "_pos", None)
    handlers = cast("list[VaultUploadHandler]", request.upload_handlers)
    has_no_end = any(handler.arrival for handler in handlers)
    if has_no_end or (position is not None and position < stream.limit):
        raise Unfinished
    return cast("list[ReceivedFile]", files)


def the_one_file(request: HttpRequest) -> ReceivedFile:
    """Where one file is to come. Raises `NoFile`, `Invalid`, `Unfinished`."""
    files = received_files(request, "file")
    if not files:
        raise NoFile
    if len(files) > 1:
        raise Invalid(_("One file a request."))
    return files[0]
