"""The same list as people and programs ask for it: nginx, a web process, one client."""

import http.client
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from settings.stack.postgres import Cluster
from tenants.flows.tokens import create_token
from tenants.models import ApiToken
from tenants.scoping import scope
from tests.bench.clock import in_turns, whole
from tests.bench.crowd import BIG, Crowd
from tests.bench.figures import Effort, beside
from tests.bench.report import Figure
from tests.bench.seeding import Size
from tests.cast import signed_in
from tests.services.nginx import front_door
from tests.services.ports import free_port
from tests.services.web import web_server

WHO = ("member of the big tenant", "root")


def list_http(cluster: Cluster, size: Size, crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    database, port = cluster.url("app", size.database), free_port()
    with tempfile.TemporaryDirectory(prefix="strongroom-bench-") as folder:
        told = {"PUBLIC_URL": f"http://localhost:{port}", "GATEWAY": "nginx"}
        with (
            web_server(Path(folder), database, on_socket=True, **told) as web,
            front_door(Path(folder), upstream=web.upstream, port=port),
        ):
            connection = http.client.HTTPConnection("localhost", port)
            for name in WHO:
                yield from asked(connection, crowd, name, effort)


def asked(
    connection: http.client.HTTPConnection, crowd: Crowd, name: str, effort: Effort
) -> Iterator[Figure]:
    actor = crowd.people[name]
    with scope(actor.tenant_id):
        tomorrow = timezone.now() + timedelta(days=1)
        manage = ApiToken.Scope.MANAGE
        secret = create_token(actor, name="bench", scope=manage, expires_at=tomorrow)[1]
    cookies = signed_in(actor).cookies.output(attrs=[], header="", sep=";").strip()

    def get(path: str, **headers: str) -> None:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    def json() -> None:
        get(f"/api/v1/o/{BIG}/documents", Authorization=f"Bearer {secret}")

    def html() -> None:
        get(f"/o/{BIG}/documents/", Cookie=cookies)

    empty = whole(lambda: get("/healthz"))
    for kind, act in (("json", json), ("html", html)):
        times = in_turns({"list": whole(act), "empty": empty}, effort.rounds)
        yield beside(f"list.http {kind}: {name}", times["list"], "/healthz", times["empty"])
