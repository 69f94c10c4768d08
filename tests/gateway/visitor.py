"""A browser without pictures: cookies, forms, and every byte as it comes."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tenants.actor import Member
from tests.cast import signed_in
from tests.services.stack import Stack
from tests.services.web import WebServer
from tests.stack.client import Answer, ask

HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    stack: Stack
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        return self.send(method, path, b"", headers)

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """A form, with the token against forgery if the page before gave one."""
        if "csrftoken" in self.cookies:
            fields = {"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields}
        content = encode_multipart(BOUNDARY, fields)
        return self.send("POST", path, content, {"Content_Type": MULTIPART_CONTENT, **headers})

    def submit(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Open the page of a form, fill it in, and send it as the page says."""
        page = self.get(path).body.decode()
        token = HIDDEN.search(page)
        assert token, f"{path} has no form"
        return self.post(path, {"csrfmiddlewaretoken": token[1], **fields}, **headers)

    def upload(self, where: str, name: str, content: bytes, **headers: str) -> Answer:
        return self.submit(where, {"file": SimpleUploadedFile(name, content)}, **headers)

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        told = {"Host": self.stack.host, **headers}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = ask(self.port, path, method=method, body=body, **told)
        for name, value in answer.header_list:
            if name.lower() == "set-cookie":
                self.keep(value)
        return answer

    def keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name] = value
        if not value or "Max-Age=0" in cookie:
            del self.cookies[name]


def visitor(stack: Stack, actor: Member | None = None, *, at: WebServer | None = None) -> Visitor:
    """A stranger; or a member, who has signed in already. `at` a server behind the front door."""
    cookies, port = {}, at.port if at else stack.port
    if actor is not None:
        cookies = {name: morsel.value for name, morsel in signed_in(actor).cookies.items()}
    return Visitor(stack, port, cookies)


def content_path(slug: str, document_id: UUID) -> str:
    return f"/o/{slug}/d/{document_id}/content/"


def upload_path(slug: str, folder_id: UUID) -> str:
    return f"/o/{slug}/files/{folder_id}/upload/"


def address_in(page: bytes) -> str:
    """The path of the link that a share page has just made."""
    found = re.search(rb'id="new-link"[^>]* value="([^"]+)"', page)
    assert found, "no link was made"
    return path_of(unescape(found[1].decode()))


def path_of(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)
