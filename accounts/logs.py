"""Log lines: one JSON object a line, with the request's id and without secrets.

Whatever a client sent stays inside one JSON string, control characters escaped: nobody writes
a second line into the log. What opens something (a link's token, a mailed key) is masked.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

current_request_id: Final = ContextVar("current_request_id", default="")

SECRETS_IN_PATHS: Final = re.compile(
    r"(/s/|/r/|/unsubscribe/|/account/confirm-email/|/account/password/reset/key/)[^/\s\"'?]+"
)


class RequestIdFilter(logging.Filter):
    """Tells each record which request it belongs to; empty outside of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs an answer's status when the middleware, and its id, are behind it already.
        request = getattr(record, "request", None)
        record.request_id = current_request_id.get() or getattr(request, "request_id", "")
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
            "request_id": getattr(record, "request_id", ""),
        }
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        # JSON escapes what is below a space; DEL alone would pass.
        return json.dumps(line).replace("\x7f", "\\u007f")


def masked(text: str) -> str:
    return SECRETS_IN_PATHS.sub(r"\1***", text)
