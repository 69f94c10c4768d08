"""docker/: what its files promise, read from them; no engine of containers runs here."""

import json
import re
from typing import Any, Final

import compose_spec
import pytest
import yaml

from settings.stack.part import PARTS
from tests.house.sources import APPS, ROOT, table

DOCKER: Final = ROOT / "docker"
COMPOSE: Final = (DOCKER / "compose.yml").read_text()
EXAMPLE: Final = (DOCKER / "strongroom.env.example").read_text()
IGNORE: Final = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
PLACE: Final = re.compile(r"\$\{(\w+):([-?])([^}]*)\}")
SERVICES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(COMPOSE)["services"]
OURS: Final = {name: s for name, s in SERVICES.items() if name != "postgres"}
WITH_FILES: Final = {"web", "worker", "door"}
# Python's own and the system's; all others must be ours.
FOREIGN: Final = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, each on one line, without comments."""
    text = re.sub(r"^#.*\n", "", (DOCKER / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


def said(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def judged(compose: str) -> None:
    """Raises where the text breaks the Compose specification, or names what is not there."""
    filled = PLACE.sub(lambda place: place[3] if place[2] == "-" else "filled", compose)
    compose_spec.PyOptions(apply_merge=True).from_yaml(filled).validate()


def test_compose_is_what_the_specification_allows() -> None:
    judged(COMPOSE)


@pytest.mark.parametrize(
    ("right", "wrong"), [("cap_drop:", "cap_dorp:"), ("networks: [front]", "networks: [fornt]")]
)
def test_a_mistake_in_it_would_be_noticed(right: str, wrong: str) -> None:
    assert right in COMPOSE
    with pytest.raises(ValueError, match=r"cap_dorp|fornt"):
        judged(COMPOSE.replace(right, wrong))


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_held_down(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == ("999:999" if name == "postgres" else "10001:10001")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit"} <= set(service)
    assert service["restart"] == ("no" if name == "prepare" else "unless-stopped")
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid", "ipc"} & set(service)


def test_each_service_is_a_part() -> None:
    assert {name: service["command"] for name, service in OURS.items()} == {
        part: [part] for part in PARTS
    }


def test_only_the_door_publishes_a_port_and_it_reaches_no_database() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["door"]
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert networks["door"] == {"front"}
    assert [name for name in networks if "front" in networks[name]] == ["door"]
    assert yaml.safe_load(COMPOSE)["networks"]["database"] == {"internal": True}


def test_files_are_one_mount_at_one_path() -> None:
    """A rename across two mounts would be a copy."""
    mounts = {name: service.get("volumes") for name, service in OURS.items()}
    var = environment_of_image()["STRONGROOM_VAR"]
    assert mounts == {name: [f"files:{var}"] if name in WITH_FILES else None for name in mounts}


def test_each_service_is_told_what_it_needs_alone() -> None:
    told = {name: set(service["environment"]) for name, service in OURS.items()}
    assert told["door"] == {"PUBLIC_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES"}
    assert told["web"] == told["worker"]
    assert told["prepare"] - told["web"] == {
        "DATABASE_SUPERUSER_URL",
        "DATABASE_OWNER_URL",
        "DATABASE_BACKUP_URL",
    }


def test_every_variable_is_one_that_we_read() -> None:
    told = {name for service in OURS.values() for name in service["environment"]}
    known = table("Running two, or elsewhere")
    assert (told | set(environment_of_image()) - FOREIGN) - known == set()


def test_nothing_starts_without_its_secrets() -> None:
    refused = {name for name, how, _ in PLACE.findall(COMPOSE) if how == "?"}
    passwords = {f"{role}_PASSWORD" for role in ("SUPERUSER", "OWNER", "APP", "BACKUP")}
    assert refused == {"PUBLIC_URL", "SECRET_KEY", "TOKEN_KEYS", *passwords}
    assert set(re.findall(r"^(\w+)=$", EXAMPLE, re.MULTILINE)) == refused


def test_no_secret_stands_in_a_file() -> None:
    for value in re.findall(r"^ +\w*(?:PASSWORD|KEYS?): *(.+)$", COMPOSE, re.MULTILINE):
        assert PLACE.fullmatch(value)
    for password in re.findall(r"postgres://\w+:([^@]+)@", COMPOSE):
        assert PLACE.fullmatch(password)
    assert not re.search("SECRET|PASSWORD|KEY|DATABASE", " ".join(environment_of_image()))
    assert said("ARG") == []
    assert "/docker/.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_example_names_what_compose_takes() -> None:
    named = set(re.findall(r"^(?:# )?(\w+)=", EXAMPLE, re.MULTILINE))
    passed_on = {n for s in OURS.values() for n, value in s["environment"].items() if not value}
    assert named - passed_on <= {name for name, _, _ in PLACE.findall(COMPOSE)}


def test_images_are_of_a_named_release() -> None:
    images = [*(line.split()[0] for line in said("FROM")), SERVICES["postgres"]["image"]]
    assert len(images) == 4
    for image in images:
        assert re.fullmatch(r"[a-z]+:\d+(\.\d+)*(-[a-z]+)+", image), image


def test_the_image_runs_a_part_as_no_root() -> None:
    assert said("USER") == ["10001:10001"]
    after = instructions()[instructions().index(("USER", "10001:10001")) :]
    assert {name for name, _ in after} <= {"USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert json.loads(said("ENTRYPOINT")[0]) == ["python", "-m", "settings.stack.part"]
    assert json.loads(said("CMD")[0])[0] in PARTS


def test_no_root_can_read_what_the_image_brings() -> None:
    """collectstatic writes as the vault does, for the owner alone; sources keep their umask."""
    (collect,) = (run for run in said("RUN") if "collectstatic" in run)
    assert collect.endswith(f"chmod --recursive go+rX . {environment_of_image()['STATIC_ROOT']}")


def test_packages_are_those_whose_hashes_are_known() -> None:
    (install,) = (run for run in said("RUN") if "pip" in run)
    assert {"--require-hashes", "--only-binary=:all:", "--no-cache-dir"} <= set(install.split())


def test_what_is_copied_exists_and_is_let_in() -> None:
    copied = {
        source
        for line in said("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    }
    assert copied >= {*APPS, "templates", "static", "docker/nginx"}
    let_in = {line[1:] for line in IGNORE if line.startswith("!")}
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source in let_in or source.partition("/")[0] in let_in, source
    assert let_in - copied == set()


def test_nothing_else_is_let_in() -> None:
    assert next(line for line in IGNORE if not line.startswith("#")) == "*"
    let_in = {line[1:] for line in IGNORE if line.startswith("!")}
    assert not {"var", ".git", "tests", "node_modules", "docker", ".", "docker/.env"} & let_in


def environment_of_image() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in said("ENV") for pair in line.split())
