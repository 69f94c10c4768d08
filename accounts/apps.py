from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from accounts import checks


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        for check in (
            checks.sessions_are_ours,
            checks.limits_are_shared,
            checks.passwords_are_hashed_well,
            checks.accounts_go_through_our_adapter,
        ):
            register(check, Tags.security)
