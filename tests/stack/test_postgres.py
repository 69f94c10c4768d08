import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from settings.stack.installation import PROJECT
from settings.stack.places import is_root
from settings.stack.postgres import Cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    server = Cluster(tmp_path / "var", fast=True)
    server.start()
    yield server
    server.destroy()


def test_the_application_owns_nothing_and_is_bound(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("app")) as app:
        assert (
            app.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit "
                "FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            == (False,) * 5
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_the_application_reaches_no_other_database(cluster: Cluster, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(cluster.url("app", database))


def test_the_backup_reads_past_row_security_and_writes_nothing(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("owner")) as owner:
        owner.execute("CREATE TABLE secret (id int)")
        owner.execute("INSERT INTO secret VALUES (1)")
        owner.execute("ALTER TABLE secret ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE secret FORCE ROW LEVEL SECURITY")
    with psycopg.connect(cluster.url("backup")) as backup:
        assert backup.execute("SELECT * FROM secret").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backup.execute("DELETE FROM secret")


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url("app"), password="wrong")


def test_starting_twice_is_harmless(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("app")) as app:
        cluster.start()
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_it_starts_again_after_it_was_killed(cluster: Cluster) -> None:
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    cluster.start()
    with psycopg.connect(cluster.url("app")) as app:
        assert app.execute("SHOW data_checksums").fetchone() == ("on",)


def test_a_foreign_process_of_the_same_number_does_not_keep_it_down(cluster: Cluster) -> None:
    pidfile = cluster.data / "postmaster.pid"
    lines = pidfile.read_text().splitlines()
    cluster.stop()
    pidfile.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    cluster.account.owns(pidfile)
    cluster.start()
    assert cluster.answers()


def test_data_of_a_folder_that_was_thrown_away_are_put_aside(cluster: Cluster) -> None:
    (cluster.var / "secrets" / "database_mark").unlink()
    with psycopg.connect(cluster.url("owner")) as owner:
        owner.execute("CREATE TABLE old (id int)")
    cluster.start()
    with psycopg.connect(cluster.url("owner")) as owner:
        assert owner.execute("SELECT to_regclass('old')").fetchone() == (None,)
    (aside,) = cluster.home.parent.glob(f"{cluster.home.name}.old-*")
    shutil.rmtree(aside)


def test_secrets_are_for_their_owner_alone(cluster: Cluster) -> None:
    modes = {path.stat().st_mode & 0o777 for path in (cluster.var / "secrets").iterdir()}
    assert modes == {0o600}
    assert cluster.data.stat().st_mode & 0o777 == 0o700


def test_two_that_start_on_a_fresh_machine_add_one_user(tmp_path: Path) -> None:
    """As root, that is; for everybody else the account is their own."""
    name = f"strongroom-{os.getpid()}"
    source = (
        f"from settings.stack import places; places.SERVICE_USER = {name!r}\n"
        "print(places.database_account().uid)"
    )
    at_once = [
        subprocess.Popen([sys.executable, "-c", source], cwd=PROJECT, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    try:
        answers = {process.communicate()[0] for process in at_once}
        assert [process.returncode for process in at_once] == [0] * 4
        assert len(answers) == 1
    finally:
        if is_root():
            subprocess.run(["userdel", name], check=False)
