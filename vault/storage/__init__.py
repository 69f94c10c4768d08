"""Where bytes lie. What a backend must offer is `VaultStorage`; the setting names which it is."""

from typing import IO, Protocol, cast
from uuid import UUID

from django.core.files.storage import Storage, storages

from vault.storage.incoming import Incoming


class VaultStorage(Protocol):
    """What the vault asks of a place for blobs, local or S3.

    Keys are those of `vault.storage.keys`, checked before they are used. A blob is immutable:
    it is kept once, and discarded once.
    """

    def receive(self, blob_id: UUID, *, most: int) -> Incoming: ...
    def keep(self, incoming: Incoming, key: str) -> None: ...
    def discard(self, blob_id: UUID, key: str) -> None: ...
    def holds(self, key: str) -> bool: ...
    def open(self, name: str, mode: str = "rb") -> IO[bytes]: ...
    def internal_address(self, key: str) -> str: ...


def vault_storage() -> VaultStorage:
    return cast("VaultStorage", storages["vault"])


def django_storage() -> Storage:
    """The same backend, as Django's file fields know it."""
    return storages["vault"]
