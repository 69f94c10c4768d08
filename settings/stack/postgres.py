"""A PostgreSQL of the installation's own, reached through a Unix socket and in no other way.

    cluster = Cluster(var)
    cluster.start()
    cluster.url("app")      # postgres://strongroom_app:...@/strongroom?host=...
    cluster.stop()

Starting one that runs is harmless; one whose server was killed starts again. Nothing here needs
Django.
"""

import fcntl
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

import psycopg

from settings.stack import pgconfig, pgroles
from settings.stack.kept import kept
from settings.stack.pgbinaries import ENVIRONMENT, find_binaries, major_version
from settings.stack.places import (
    StackError,
    database_account,
    is_root,
    socket_folder,
    state_folder,
)

type Role = Literal["owner", "app", "backup"]
START_SECONDS: Final = 60
ATTEMPTS: Final = 6


class Cluster:
    """One PostgreSQL server with its data. `fast` gives up durability: for tests alone."""

    def __init__(self, var: Path, *, fast: bool = False) -> None:
        self.var = var.resolve()
        self.fast = fast
        self.account = database_account()
        self.home = state_folder(self.var)
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.sockets = socket_folder(self.var) / "postgres"
        self.binaries = find_binaries(self.account)

    def start(self) -> None:
        with self._alone():
            self._settle_folders()
            if not (self.data / "PG_VERSION").exists():
                self._found()
            self._refuse_other_version()
            if not self.answers():
                pgconfig.write(self.data, self.sockets, self.account, fast=self.fast)
                self._launch()
            self._settle_contents()

    def stop(self) -> None:
        """Break off what runs, write everything down, end. Nothing happens when it is down."""
        if self.is_running():
            self._pg_ctl("stop", "--mode=fast", "--wait", f"--timeout={START_SECONDS}")

    def destroy(self) -> None:
        """Stop it and remove its data: what a test's cluster ends with."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.sockets.parent, ignore_errors=True)

    def is_running(self) -> bool:
        return self.data.exists() and self._run("pg_ctl", "status", "-D", self.data) == 0

    def answers(self) -> bool:
        try:
            self.superuser("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, role: Role, database: str = pgroles.DATABASE) -> str:
        name = f"strongroom_{role}"
        host = quote(str(self.sockets), safe="/")
        return f"postgres://{name}:{self._password(name)}@/{quote(database)}?host={host}"

    def superuser(self, database: str) -> pgroles.Superuser:
        """A connection that may do anything: the operating system vouches for the caller."""
        return psycopg.connect(
            host=str(self.sockets), user=self.account.name, dbname=database, autocommit=True
        )

    def _password(self, role: str) -> str:
        return kept(self.var / "secrets", f"{role}_password")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two that start at once take turns, and the second finds the server running."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.var / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _settle_folders(self) -> None:
        self._put_strangers_data_aside()
        for folder in (self.home, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.account.owns(folder)
            folder.chmod(0o700)

    def _put_strangers_data_aside(self) -> None:
        """`var/` was thrown away and its data was not: begin anew, and lose nothing."""
        mark = self.home / "mark"
        if mark.exists() and mark.read_text() != kept(self.var / "secrets", "database_mark"):
            self.stop()
            self.home.rename(self.home.with_name(f"{self.home.name}.old-{int(time.time())}"))

    def _found(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        options = pgconfig.initdb_options(self.binaries, self.account.name)
        if self._run("initdb", "-D", self.data, *options) != 0:
            raise StackError(f"PostgreSQL could not make its data folder: see {self.log}.")
        (self.home / "mark").write_text(kept(self.var / "secrets", "database_mark"))

    def _refuse_other_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        found = major_version(self.binaries)
        if made_by != found:
            raise StackError(
                f"{self.data} was made by PostgreSQL {made_by}, but {found} was found. "
                f"Install PostgreSQL {made_by}, or move the folder away to begin anew."
            )

    def _launch(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            pgconfig.remove_stale_pid(self.data)
            options = ("--wait", f"--timeout={START_SECONDS}", "-l", self.log)
            if self._run("pg_ctl", "start", "-D", self.data, *options) == 0:
                return
            time.sleep(0.25 * attempt)  # after kill -9 the server's children need a moment to end
        raise StackError(f"PostgreSQL did not start: see {self.log}.")

    def _settle_contents(self) -> None:
        """A fast cluster is one of the tests, whose owner makes databases of its own."""
        roles = pgroles.ROLES_OF_TESTS if self.fast else pgroles.ROLES
        passwords = {role: self._password(role) for role in roles}
        with self.superuser("postgres") as superuser:
            pgroles.settle_roles(superuser, passwords, roles)
            pgroles.settle_database(superuser)
            if self.fast:
                pgroles.let_tests_create_databases(superuser)
        for database in (pgroles.DATABASE, *(["template1"] if self.fast else [])):
            with self.superuser(database) as superuser:
                pgroles.settle_extensions(superuser)

    def _pg_ctl(self, command: str, *options: str) -> None:
        if self._run("pg_ctl", command, "-D", self.data, *options) != 0:
            raise StackError(f"pg_ctl {command} failed: see {self.log}.")

    def _run(self, program: str, *arguments: str | Path) -> int:
        """Run one of PostgreSQL's programs as its account; what it says goes into a file."""
        with (self.home / "commands.log").open("ab") as log:
            return subprocess.run(
                [self.binaries / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd="/",
                check=False,
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=[] if is_root() else None,
            ).returncode
