"""What a test looks at after an act: bytes, rows, room and trail; and requests of programs."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tenants.actor import Member
from tenants.flows.tokens import create_token
from tenants.models import ApiToken
from tenants.models.audit import AuditEvent
from tenants.scoping import scope
from vault.models import Blob, Document, Reservation, Usage, Version


def keep_files_in(root: Path, settings: Settings) -> Path:
    settings.FILES_ROOT = root
    settings.STORAGES = vault_in(root, settings.STORAGES)
    return root


def vault_in(root: Path, storages: dict[str, Any]) -> dict[str, Any]:
    return {**storages, "vault": {**storages["vault"], "OPTIONS": {"location": root}}}


def storage_root() -> Path:
    return Path(storages["vault"].location)  # type: ignore[attr-defined]


def kept_files() -> list[str]:
    root = storage_root()
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@dataclass(frozen=True, slots=True)
class Remains:
    """All that an upload can leave behind."""

    files: list[str]
    blobs: int
    versions: int
    documents: int
    reservations: int
    usage: dict[UUID | None, tuple[int, int]]  # stored and reserved, where there is any


def remains(tenant_id: UUID) -> Remains:
    with scope(tenant_id):
        return Remains(
            kept_files(),
            Blob.objects.count(),
            Version.objects.count(),
            Document.objects.count(),
            Reservation.objects.count(),
            {
                row.user_id: (row.stored, row.reserved)
                for row in Usage.objects.all()
                if row.stored or row.reserved
            },
        )


def usage(tenant_id: UUID, user_id: UUID | None = None) -> tuple[int, int]:
    """Bytes stored and reserved."""
    return remains(tenant_id).usage.get(user_id, (0, 0))


def trail(tenant_id: UUID, action: str) -> list[dict[str, Any]]:
    with scope(tenant_id):
        bodies = list(AuditEvent.objects.order_by("id").values_list("body", flat=True))
    return [event for body in bodies if (event := json.loads(body))["action"] == action]


class Api:
    """One member's token in one organisation."""

    def __init__(self, slug: str, secret: str) -> None:
        self.base = f"/api/v1/o/{slug}"
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str = "", **query: str) -> Any:
        return self.client.get(self.base + path, query)

    def send(self, method: str, path: str, body: object = None) -> Any:
        sent = "" if body is None else json.dumps(body)
        return self.client.generic(method, self.base + path, sent, "application/json")

    def upload(
        self, folder_id: UUID, fields: dict[str, Any], query: str = "", **extra: Any
    ) -> Any:
        return self.client.post(
            f"{self.base}/folders/{folder_id}/documents{query}", fields, **extra
        )


def token_of(actor: Member, ceiling: str = "manage") -> str:
    tomorrow = timezone.now() + timedelta(days=1)
    with scope(actor.tenant_id):
        held = ApiToken.Scope(ceiling)
        return create_token(actor, name="a test", scope=held, expires_at=tomorrow)[1]


def api_of(actor: Member, slug: str, ceiling: str = "manage") -> Api:
    return Api(slug, token_of(actor, ceiling))


def all_at_once[T](acts: list[Callable[[], T]]) -> list[T | BaseException]:
    """Each act in a thread and with a connection of its own, all let go at the same moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | BaseException:
        try:
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
