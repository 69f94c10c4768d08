"""Each part of the product as a container starts it: with production's settings, by one door."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from settings.stack import part, pgroles
from settings.stack.installation import PROJECT
from settings.stack.postgres import Cluster
from tests.services.nginx import nginx_program
from tests.services.patience import eventually
from tests.services.ports import free_port
from tests.services.run import run_folder
from tests.services.stack import build_the_face
from tests.stack.client import ask

type Told = dict[str, str]
HOST = "vault.example.org"


class BareCluster(Cluster):
    """As the official image starts: a superuser, and nothing made yet."""

    def _settle_contents(self) -> None:
        pass


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    server = BareCluster(tmp_path_factory.mktemp("bare") / "var", fast=True)
    server.start()
    yield server
    server.destroy()


@pytest.fixture(scope="module")
def prepared(cluster: Cluster) -> Told:
    """What the part `prepare` is told, which has ended well."""
    user, host = cluster.account.name, cluster.sockets
    told = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "STRONGROOM_VAR": str(cluster.var),
        "SECRET_KEY": "a key for this test alone",
        "TOKEN_KEYS": f"1:{'33' * 32}",
        "PUBLIC_URL": f"https://{HOST}",
        "GATEWAY": "nginx",
        "DATABASE_SUPERUSER_URL": f"postgres://{user}@/postgres?host={host}",
        "DATABASE_OWNER_URL": cluster.url("owner"),
        "DATABASE_URL": cluster.url("app"),
        "DATABASE_BACKUP_URL": cluster.url("backup"),
    }
    ended = run("prepare", told=told)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return told


@pytest.fixture(scope="module")
def static_root(prepared: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image brings with it."""
    build_the_face()
    folder = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    told = prepared | {"STATIC_ROOT": str(folder)}
    subprocess.run(command, cwd=PROJECT, env=told, check=True)
    return folder


@pytest.fixture
def told(prepared: Told, static_root: Path, tmp_path: Path) -> Told:
    """What the parts that serve are told: of one role, and of one folder for all of them."""
    served = {name: value for name, value in prepared.items() if not name.startswith("DATABASE_")}
    return served | {
        "DATABASE_URL": prepared["DATABASE_URL"],
        "STRONGROOM_VAR": str(tmp_path),
        "STATIC_ROOT": str(static_root),
        "WEB_ADDRESS": str(run_folder() / f"{free_port()}.socket"),
        "LISTEN": f"*:{free_port()}",
        "NGINX_PROGRAM": str(nginx_program()),
    }


def run(*arguments: str, told: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*part.starting(""), *arguments]
    command.remove("")
    return subprocess.run(
        command, cwd=PROJECT, env=told, capture_output=True, text=True, check=False
    )


def answers(name: str, told: Told) -> bool:
    command = [sys.executable, "-m", "settings.stack.health", name]
    return subprocess.run(command, cwd=PROJECT, env=told, check=False).returncode == 0


@contextmanager
def running(name: str, told: Told) -> Iterator[subprocess.Popen[bytes]]:
    with Path(told["STRONGROOM_VAR"], f"{name}.out").open("ab") as out:
        process = subprocess.Popen(
            part.starting(name), cwd=PROJECT, env=told, stdout=out, stderr=out, process_group=0
        )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0


@pytest.mark.parametrize("arguments", [[], ["none"], ["web", "worker"]])
def test_an_unknown_part_is_refused_with_a_list_of_all(arguments: list[str]) -> None:
    refused = run(*arguments, told={})
    assert refused.returncode == 2
    assert refused.stderr == "Name one part: web, worker, door, prepare.\n"


def test_prepare_makes_the_roles_and_the_tables(prepared: Told) -> None:
    with psycopg.connect(prepared["DATABASE_URL"]) as app:
        assert app.execute("SELECT count(*) FROM tenants_organisation").fetchone() == (0,)
        roles = app.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolbypassrls FROM pg_roles "
            "WHERE rolname = ANY(%s) ORDER BY rolname",
            [list(pgroles.ROLES)],
        ).fetchall()
    assert roles == [
        ("strongroom_app", False, False, False),
        ("strongroom_backup", False, False, True),
        ("strongroom_owner", False, False, False),
    ]


def test_the_role_that_serves_is_bound(told: Told) -> None:
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    subprocess.run(command, cwd=PROJECT, env=told, check=True)


def test_preparing_again_mends_and_loses_nothing(prepared: Told, cluster: Cluster) -> None:
    with psycopg.connect(prepared["DATABASE_OWNER_URL"]) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS id")
    with cluster.superuser("postgres") as superuser:
        superuser.execute("ALTER ROLE strongroom_app BYPASSRLS PASSWORD 'forgotten'")
    assert run("prepare", told=prepared).returncode == 0
    with psycopg.connect(prepared["DATABASE_URL"]) as app:
        bound = "SELECT NOT rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert app.execute(bound).fetchone() == (True,)
    with psycopg.connect(prepared["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT id FROM kept").fetchone() == (1,)


@pytest.mark.parametrize(
    "url", ["", "postgres://strongroom_app@h/strongroom", "postgres://root:x@h/strongroom"]
)
def test_prepare_says_which_address_does_not_fit(prepared: Told, url: str) -> None:
    refused = run("prepare", told=prepared | {"DATABASE_URL": url})
    assert refused.returncode == 1
    assert "DATABASE_URL must be postgres://strongroom_app:PASSWORD@" in refused.stderr


def test_prepare_says_that_no_superuser_is_there(prepared: Told) -> None:
    nowhere = {"DATABASE_SUPERUSER_URL": "postgres://x@127.0.0.1:1/postgres"}
    refused = run("prepare", told=prepared | nowhere)
    assert refused.returncode == 1
    assert refused.stderr.startswith("prepare: DATABASE_SUPERUSER_URL leads nowhere")


def test_web_and_door_answer_and_end(told: Told) -> None:
    port = int(told["LISTEN"].removeprefix("*:"))
    with running("web", told) as web, running("door", told):
        assert eventually(lambda: answers("web", told))
        assert eventually(lambda: answers("door", told))
        assert "granian" in psutil.Process(web.pid).cmdline()
        page = ask(port, "/account/login/", Host=HOST)
        style = re.search(rb'href="(/static/[^"]+\.css)"', page.body)
        assert style
        assert "immutable" in ask(port, style[1].decode(), Host=HOST).headers["cache-control"]
    assert not answers("web", told)
    assert not answers("door", told)


def test_web_starts_where_one_was_killed(told: Told) -> None:
    socket = Path(told["WEB_ADDRESS"])
    socket.touch()
    with running("web", told):
        assert eventually(lambda: answers("web", told))


def test_worker_works_and_ends(told: Told) -> None:
    out = Path(told["STRONGROOM_VAR"], "worker.out")
    with running("worker", told) as worker:
        assert eventually(lambda: "Starting worker" in out.read_text())
        assert "procrastinate" in psutil.Process(worker.pid).cmdline()
        asks = [sys.executable, "manage.py", "procrastinate", "healthchecks"]
        subprocess.run(asks, cwd=PROJECT, env=told, check=True)
    assert "Stopped worker" in out.read_text()


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("NGINX_PROGRAM", "/none", "NGINX_PROGRAM=/none cannot be run."),
        ("TRUSTED_PROXIES", "everybody", "'everybody' is no address and no network."),
        ("LISTEN", "$host:80", "'$host:80' cannot stand in nginx's configuration."),
        ("PORT", "0", "PORT must be a number from 1 to 65535, not '0'."),
    ],
)
def test_door_says_what_it_was_told_wrongly(
    told: Told, variable: str, value: str, says: str
) -> None:
    refused = run("door", told=told | {variable: value})
    assert refused.returncode == 1
    assert refused.stderr == f"door: {says}\n"
