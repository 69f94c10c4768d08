"""The only code that lets bytes out.

Behind nginx an empty answer names the file by its internal address, and nginx carries it: with
ranges, sendfile and no worker of ours. Without nginx Django streams, with the same headers.
"""

from collections.abc import Iterator
from typing import IO, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from vault.errors import StorageAway
from vault.gateway.headers import described, etag_of, guarded
from vault.gateway.permit import DownloadPermit
from vault.gateway.ranges import Span, Unsatisfiable, span_of
from vault.storage import vault_storage

CHUNK: Final = 256 * 1024


def respond(request: HttpRequest, permit: DownloadPermit) -> HttpResponseBase:
    """Answer a GET or HEAD with the permit's bytes, or with 304 or 416."""
    if is_unchanged(request, permit):
        return dressed(HttpResponseNotModified(), permit)
    if settings.GATEWAY == "nginx":
        return handed_over(permit)
    return streamed(request, permit)


def is_unchanged(request: HttpRequest, permit: DownloadPermit) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    weakly = {tag.removeprefix("W/") for tag in known}
    return bool({"*", etag_of(permit)} & weakly)


def handed_over(permit: DownloadPermit) -> HttpResponse:
    response = HttpResponse(headers=described(permit))
    response["Content-Length"] = "0"  # else the server in between would chunk or close
    response["X-Accel-Redirect"] = vault_storage().internal_address(permit.key)
    if permit.download:
        response["X-Strongroom-Download"] = permit.download
    return permitted(response)


def streamed(request: HttpRequest, permit: DownloadPermit) -> HttpResponseBase:
    try:
        span = asked_for(request, permit)
    except Unsatisfiable:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{permit.size}"
        return dressed(answer, permit)
    part = span or Span(0, permit.size - 1)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    else:
        response = StreamingHttpResponse(chunks(opened(permit.key), part))
    response.status_code = 206 if span else 200
    response["Content-Length"] = str(part.length)
    if span:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{permit.size}"
    return dressed(response, permit)


def asked_for(request: HttpRequest, permit: DownloadPermit) -> Span | None:
    condition = request.headers.get("If-Range")
    if condition is not None and condition != etag_of(permit):
        return None
    return span_of(request.headers.get("Range", ""), permit.size)


def opened(key: str) -> IO[bytes]:
    try:
        return vault_storage().open(key)
    except OSError as error:
        raise StorageAway from error


def chunks(file: IO[bytes], part: Span) -> Iterator[bytes]:
    with file:
        file.seek(part.first)
        left = part.length
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def dressed[R: HttpResponseBase](response: R, permit: DownloadPermit) -> R:
    for name, value in {**described(permit), **guarded()}.items():
        response[name] = value
    return permitted(response)


def permitted[R: HttpResponseBase](response: R) -> R:
    """Marked for `GatewayGuard`: this answer came through the gateway."""
    response.came_through_the_gateway = True  # type: ignore[attr-defined]
    return response
