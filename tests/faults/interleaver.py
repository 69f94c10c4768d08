"""One of several processes that change rights and read, at random; tells what it did and when.

python -m tests.faults.interleaver '{"tenant": ..., "owner": ..., "seed": 1, "acts": 100, ...}'
"""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tenants.actor import Member, member_of
from tenants.errors import Refused
from tenants.flows.teams import add_to_team, remove_from_team
from tenants.models import Membership, Team
from tenants.scoping import scope
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.move import move_document, move_folder
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.models import GRANTS, Document, Folder
from vault.rights.fetching import fetch_document

KINDS = ("grant", "revoke", "move", "wall", "seat", "read", "read", "read", "read", "read")


class Interleaver:
    def __init__(self, tenant: str, owner: str, seed: int) -> None:
        self.tenant, self.dice = UUID(tenant), random.Random(seed)
        with scope(self.tenant):
            self.owner = member_of(Membership.objects.get(user=owner))
            self.people = list(Membership.objects.exclude(user=owner).order_by("pk"))
            self.teams = list(Team.objects.filter(is_everyone=False).order_by("pk"))
            self.folders = list(
                Folder.objects.filter(home_of__isnull=True).values_list("pk", flat=True)
            )
            self.documents = list(Document.objects.values_list("pk", flat=True))

    def act(self) -> dict[str, Any]:
        kind = self.dice.choice(KINDS)
        told: dict[str, Any] = {"kind": kind, "began": time.time()}
        try:
            with scope(self.tenant):
                told |= getattr(self, kind)() or {}
        except Refused as refusal:
            told["refused"] = refusal.code
        return told | {"ended": time.time()}

    def read(self) -> dict[str, Any]:
        """As any request does: the seat, the keys, the document; all asked for anew."""
        person, document = self.dice.choice(self.people), self.dice.choice(self.documents)
        seat = Membership.objects.get(pk=person.pk)
        try:
            fetch_document(member_of(seat), document, at_least=Role.READ)
        except Refused:
            served = False
        else:
            served = True
        return {"person": str(person.user_id), "document": str(document), "served": served}

    def grant(self) -> None:
        role = self.dice.choice([Role.PREVIEW, Role.READ, Role.EDIT])
        on_folder = self.dice.random() < 0.7
        node = self.dice.choice(self.folders if on_folder else self.documents)
        give: Callable[..., object] = grant_on_folder if on_folder else grant_on_document
        give(self.owner, node, to=self.somebody(), role=role)

    def somebody(self) -> Principal:
        if self.dice.random() < 0.3:
            return Principal("team", self.dice.choice(self.teams).pk)
        return Principal("user", self.dice.choice(self.people).user_id)

    def revoke(self) -> None:
        keys = [pk for model in GRANTS for pk in model.objects.values_list("pk", flat=True)]
        if keys:
            revoke_grant(self.owner, self.dice.choice(keys))

    def move(self) -> None:
        target = self.dice.choice(self.folders)
        if self.dice.random() < 0.6:
            move_folder(self.owner, self.dice.choice(self.folders), to=target)
        else:
            move_document(self.owner, self.dice.choice(self.documents), to=target)

    def wall(self) -> None:
        on_folder = self.dice.random() < 0.7
        node = self.dice.choice(self.folders if on_folder else self.documents)
        acts: list[Callable[[Member, UUID], object]] = (
            [restrict_folder, open_folder] if on_folder else [restrict_document, open_document]
        )
        self.dice.choice(acts)(self.owner, node)

    def seat(self) -> None:
        team, person = self.dice.choice(self.teams), self.dice.choice(self.people)
        change = self.dice.choice([add_to_team, remove_from_team])
        change(self.owner, team.pk, person.pk)


def main() -> None:
    told = json.loads(sys.argv[1])
    acts = told.pop("acts")
    one = Interleaver(**told)
    for _ in range(acts):
        print(json.dumps(one.act()))
