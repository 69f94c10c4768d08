"""What is written down of a request: by nginx, by the application, and in the trail."""

import json
import time
from uuid import uuid4

from accounts.models import AccountEvent, User
from sharing.flows.create import Terms, create_link, revoke_link
from sharing.tokens import address_of
from tenants.models.audit import AuditTrace
from tenants.scoping import scope
from tests.cast import PASSWORD, Acme
from tests.gateway.visitor import Visitor, content_path, path_of, visitor
from tests.services.stack import Stack
from tests.stack.client import send_raw
from tests.vault.scene import token_of, trail

FORGED = {
    "X_Forwarded_For": "6.6.6.6",
    "X_Real_IP": "6.6.6.6",
    "Forwarded": "for=6.6.6.6",
    "X_Request_ID": "mine-0123456789abcdef",
}


def test_one_id_names_a_request_everywhere(stack: Stack, acme: Acme) -> None:
    path = f"/o/{acme.slug}/files/{uuid4()}/"
    answer = visitor(stack, acme.alice).get(path, **FORGED)
    name = answer.headers["x-request-id"]
    assert answer.status == 404
    assert len(name) == 32
    assert name.encode() in answer.body  # for the person who asks for help
    assert line_of(stack, name)["path"] == path
    (told,) = [line for line in own_log(stack) if line["request_id"] == name]
    assert told["message"] == f"Not Found: {path}"
    assert FORGED["X_Request_ID"] not in stack.logs()


def test_the_trail_names_the_request_and_where_it_came_from(stack: Stack, acme: Acme) -> None:
    answer = visitor(stack, acme.carol).get(content_path(acme.slug, acme.contract.pk), **FORGED)
    assert answer.body.startswith(b"%PDF")
    with scope(acme.tenant_id):
        (read,) = trail(acme.tenant_id, "vault:document:downloaded")
        trace = AuditTrace.objects.get(event=read["id"])
    assert trace.ip == "127.0.0.1"
    assert read["request"] == answer.headers["x-request-id"]
    assert line_of(stack, read["request"])["download"]


def test_who_signs_in_comes_from_where_nginx_says(stack: Stack, acme: Acme) -> None:
    user = User.objects.get(pk=acme.bob.user_id)
    form = {"login": user.email, "password": PASSWORD}
    answer = visitor(stack).submit("/account/login/", form, **FORGED)
    event = AccountEvent.objects.get(user=user, kind="accounts:session:signed-in")
    assert (event.ip, event.request_id) == ("127.0.0.1", answer.headers["x-request-id"])


def test_another_host_is_refused(stack: Stack, acme: Acme) -> None:
    alice = visitor(stack, acme.alice)
    for host in ("evil.example", f"evil.example:{stack.port}", "localhost.evil.example", "127.1"):
        assert alice.get("/", Host=host).status == 400
    assert alice.get("/", X_Forwarded_Host="evil.example").status in (200, 302)
    absolute = f"GET http://evil.example/ HTTP/1.1\r\nHost: {stack.host}\r\nConnection: close\r\n"
    assert b" 400 " in send_raw(stack.port, f"{absolute}\r\n".encode()).partition(b"\r\n")[0]


def test_a_mail_leads_to_the_public_address_alone(stack: Stack, acme: Acme) -> None:
    user = User.objects.get(pk=acme.dan.user_id)
    visitor(stack).submit(
        "/account/password/reset/", {"email": user.email}, X_Forwarded_Host="evil.example"
    )
    (mail,) = [text for text in mails(stack) if f"To: {user.email}" in text]
    assert f"{stack.url}/account/password/reset/key/" in mail
    assert "evil.example" not in mail


def test_no_log_holds_what_opens_something(stack: Stack, acme: Acme) -> None:
    with scope(acme.tenant_id):
        link = create_link(acme.alice, acme.contract.pk, terms=Terms())
    address, secret = path_of(address_of(link)), token_of(acme.alice)
    stranger = visitor(stack)
    ticket = path_of(stranger.post(f"{address}download", {}).headers["location"])
    key = "3q2m-cxz3k4l5m6n7o8p9q0r1s2t3u4v5w"
    alice = visitor(stack, acme.alice)
    use(stranger, address, ticket, secret)
    with scope(acme.tenant_id):
        revoke_link(acme.alice, link.pk)
    use(stranger, address, ticket, secret)
    for path in (f"/account/password/reset/key/{key}/", f"/account/confirm-email/{key}/"):
        alice.get(path)
        alice.post(path, {})

    done = stranger.get("/the-last-request").headers["x-request-id"]
    assert line_of(stack, done)
    logs = stack.logs()
    token, pass_ = address.split("/")[2], ticket.split("/")[2]
    for opens in (token, pass_, secret, key, *alice.cookies.values(), PASSWORD):
        assert opens not in logs
    assert "/s/***/content" in logs


def use(stranger: Visitor, address: str, ticket: str, secret: str) -> None:
    """In every way that might be written down, the mistaken ones too."""
    for path in (address, ticket):
        for wrong in ("", "/", "?x", "/none", "%2f", "/../", "//"):
            for method in ("GET", "HEAD", "DELETE"):
                stranger.get(f"{path.rstrip('/')}{wrong}", method=method, Referer=address)
    stranger.get(f"/account/login/?next={address}")
    stranger.get(f"/o/none/files/?token={secret}")
    stranger.get("/api/v1/me", Authorization=f"Bearer {secret}")
    stranger.get("/api/v1/me", Authorization=f"Bearer {secret}x")


def line_of(stack: Stack, request_id: str) -> dict[str, object]:
    """nginx's line of a request, which it writes a moment after the answer is out."""
    for _ in range(500):
        for line in stack.door.lines():
            if line["request_id"] == request_id:
                return line
        time.sleep(0.02)
    raise AssertionError(f"nginx wrote nothing of {request_id}")


def own_log(stack: Stack) -> list[dict[str, str]]:
    lines = stack.web.log.read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def mails(stack: Stack) -> list[str]:
    return [file.read_text() for file in stack.mail.glob("*.log")]
