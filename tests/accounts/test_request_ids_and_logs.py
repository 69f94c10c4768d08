import json
import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.logs import JsonFormatter, RequestIdFilter, current_request_id
from accounts.middleware import RequestId


def answer_to(request: HttpRequest) -> HttpResponse:
    return RequestId(lambda _request: HttpResponse())(request)


def line(message: str, *args: object, exc_info: object = None) -> str:
    record = logging.LogRecord("vault", logging.INFO, "x.py", 1, message, args, exc_info)
    RequestIdFilter().filter(record)
    return JsonFormatter().format(record)


def test_it_takes_the_id_that_nginx_made(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"X-Request-ID": "0123456789abcdef" * 2})
    assert answer_to(request)["X-Request-ID"] == "0123456789abcdef" * 2
    assert request.request_id == "0123456789abcdef" * 2


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b" * 8, "<script>" * 3, "é" * 20])
def test_it_makes_its_own_in_place_of_a_bad_one(rf: RequestFactory, given: str) -> None:
    answer = answer_to(rf.get("/", headers={"X-Request-ID": given}))
    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 32


def test_a_log_line_knows_its_request(rf: RequestFactory) -> None:
    lines = []

    def respond(_request: HttpRequest) -> HttpResponse:
        lines.append(json.loads(line("hello")))
        return HttpResponse()

    answer = RequestId(respond)(rf.get("/"))
    assert lines[0]["request_id"] == answer["X-Request-ID"]
    assert current_request_id.get() == ""


def test_the_id_is_forgotten_after_a_failure(rf: RequestFactory) -> None:
    def fail(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestId(fail)(rf.get("/"))
    assert current_request_id.get() == ""


def test_a_line_is_one_object_with_its_time_in_utc() -> None:
    parsed = json.loads(line("%s came", "Alice"))
    assert parsed["message"] == "Alice came"
    assert parsed["time"].endswith("+00:00")
    assert set(parsed) == {"time", "level", "logger", "message", "request_id"}


def test_nobody_writes_a_second_line() -> None:
    text = line("a\r\nb\x00\x1b[31m\x7f\x85\u2028c")
    assert text.isprintable()
    assert text.isascii()
    assert json.loads(text)["message"] == "a\r\nb\x00\x1b[31m\x7f\x85\u2028c"


def test_a_trace_stays_on_the_line() -> None:
    try:
        int("one\ntwo")
    except ValueError:
        text = line("failed", exc_info=sys.exc_info())
    assert "\n" not in text
    assert "ValueError: invalid" in json.loads(text)["exception"]


@pytest.mark.parametrize(
    "path",
    [
        "/s/TOKEN/download",
        "/account/confirm-email/TOKEN/",
        "/account/password/reset/key/TOKEN/",
        "/r/TOKEN",
    ],
)
def test_what_opens_something_is_masked(path: str) -> None:
    message = json.loads(line("Not Found: %s", path))["message"]
    assert "TOKEN" not in message
    assert "***" in message
