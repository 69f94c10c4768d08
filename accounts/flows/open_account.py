from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from accounts.models import User


@transaction.atomic
def open_account(email: str, *, name: str = "", password: str | None = None) -> User:
    """Make the account of someone whose address the operator vouches for.

    Nobody has to confirm the address again. Without a password, hand over a `password_path`.
    """
    user = User.objects.create_user(email, password, name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def somebody(email: str) -> tuple[User, bool]:
    """The account of an address, and whether it was made just now: then without a password."""
    known = User.objects.filter(email=User.objects.normalize_email(email)).first()
    return (known, False) if known else (open_account(email), True)


def password_path(user: User) -> str:
    """The path of a page on which this person sets a password, once, within three days."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
