"""What allauth asks of us: who may sign up, where from, and that each act is remembered.

The hooks write the events, so that a reader finds them here and not behind a signal.
"""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from accounts.events import Event
from accounts.flows.end_sessions import end_sessions
from accounts.flows.remember import remember
from accounts.models import User
from accounts.origin import client_ip

PAGES_OF_THE_SIGNED_IN: Final = {"account_change_password", "account_set_password"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.STRONGROOM_OPEN_SIGNUP)

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002  allauth's signature
    ) -> User:
        super().save_user(request, user, form, commit=commit)
        if commit:
            remember(Event.SIGNED_UP, request, user)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        remember(Event.SIGNED_IN, request, user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            for path in settings.BEFORE_SIGN_OUT:
                import_string(path)(request)
            remember(Event.SIGNED_OUT, request, request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """One look-up and one row, whether there is such an account or not."""
        email = User.objects.normalize_email(credentials.get("email"))
        remember(Event.SIGN_IN_FAILED, request, User.objects.filter(email=email).first())

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            remember(Event.ADDRESS_VERIFIED, request, email_address.user)
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session: whoever knew the old one is out."""
        request = context.request
        user.set_password(password)
        user.save(update_fields=["password"])
        mine = request.user == user
        end_sessions(user.pk, except_key=request.session.session_key if mine else None)
        changed = request.resolver_match.url_name in PAGES_OF_THE_SIGNED_IN
        remember(Event.PASSWORD_CHANGED if changed else Event.PASSWORD_RESET, request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by; without one nobody is let through uncounted."""
        ip = client_ip(request)
        if ip is None:
            raise PermissionDenied("The request came without an address.")
        return ip

    def is_safe_url(self, url: str) -> bool:
        """To this host only: allauth's own would send people to any host that we trust."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def format_email_subject(self, subject: str) -> str:
        return str(subject)
