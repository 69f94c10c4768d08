"""Sessions of which the database knows the digest only: a stolen table opens no browser.

The key is in the cookie; the row's primary key is its SHA-256. A key is 32 random characters,
so a plain digest is enough. The asynchronous half of `SessionBase` calls these methods in a
thread, hence both halves go through here.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Session

# `last_seen` is for people to read: within this time a visit writes nothing.
COARSE: Final = timedelta(minutes=5)


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    key_salt = "accounts.sessions"

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        row = Session.objects.filter(digest=digest(self.session_key or ""))
        session = row.filter(expire_date__gt=now).first()
        if session is None:
            self._session_key = None
            return {}
        if session.last_seen < now - COARSE:
            row.update(last_seen=now)
        return self.decode(session.session_data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest(session_key)).exists()

    def create(self) -> None:
        """Unlike Django's, no second try: 165 random bits do not meet twice."""
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        """`UpdateError` if the session was ended meanwhile: a late answer revives nothing."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        columns = {
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "user_id": data.get(SESSION_KEY),
        }
        if must_create:
            return insert(digest(self.session_key), columns)
        if not Session.objects.filter(digest=digest(self.session_key)).update(**columns):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(digest=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lte=timezone.now()).delete()


def insert(primary_key: str, columns: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(digest=primary_key, **columns)
    except IntegrityError as taken:
        raise CreateError from taken
