from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from accounts.models import User
from tenants.commands import SpeakingCommand
from tenants.errors import NotFound
from tenants.flows.enter import seats_of
from tenants.scoping import scope
from vault.access import Keyring, Role
from vault.flows.explain import explain_access
from vault.models import Document, place_of
from vault.rights.fetching import HeldDocument


class Command(SpeakingCommand):
    help = "Say whether and why a person can reach a document. Exit code 3: they cannot."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("document", type=UUID)

    def run(self, **options: Any) -> dict[str, Any]:
        user = User.objects.filter(email=User.objects.normalize_email(options["email"])).first()
        if user is None:
            raise NotFound(f"nobody has the address {options['email']}")
        for seat in seats_of(user.pk):
            with scope(seat.tenant_id):
                document = Document.objects.filter(pk=options["document"]).first()
                if document is not None:
                    return answer(user, document)
        raise NotFound("no such document in an organisation of this person")

    def tell(self, facts: dict[str, Any]) -> None:
        self.stdout.write(f"{facts['person']} on “{facts['document']}”: {facts['role']}")
        for reason in facts["reasons"]:
            self.stdout.write(f"  - {reason}")


def answer(user: User, document: Document) -> dict[str, Any]:
    held = HeldDocument(
        document, place_of(document.folder), Role.MANAGE, Keyring(to_everything=True)
    )
    entry = next((e for e in explain_access(held) if e.person.pk == user.pk), None)
    return {
        "ok": entry is not None,
        "person": user.email,
        "document": document.name,
        "role": entry.role.word if entry else "none",
        "reasons": [cause.words for cause in entry.causes] if entry else [],
    }
