"""What could be seen at a moment is what was recorded at that moment, whatever came after it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.errors import Refused
from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import add_to_team, remove_from_team
from tenants.models import Membership, MembershipRole
from tenants.scoping import scope
from tests.vault.access.planting import Company, Planted, found_company, planted
from tests.vault.access.world import ROLES, TEAMS, in_the_database, worlds
from tests.vault.moments import now_in_the_database
from vault.access import Reason
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.move import move_document, move_folder
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.flows.trash import restore_node, trash_document, trash_folder
from vault.models import GRANTS, Document, Folder, place_of
from vault.rights.explaining import who_can
from vault.rights.history import who_could

VERBS = ("give", "take", "restrict", "open", "move", "join", "leave", "seat", "trash", "restore")
steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS), st.integers(0, 99), st.integers(0, 99), st.sampled_from(ROLES)
    ),
    min_size=3,
    max_size=10,
)
type Answer = dict[UUID, set[tuple[UUID | None, int]]]


@dataclass(slots=True)
class Told:
    """What the rule said at a moment, of every node; of those in the trash, nothing."""

    at: datetime
    nodes: dict[UUID, Answer] = field(default_factory=dict)


def as_answer(people: dict[UUID, list[Reason]]) -> Answer:
    return {
        person: {(reason.key.grant if reason.key else None, reason.role) for reason in reasons}
        for person, reasons in people.items()
    }


def record_now() -> Told:
    told = Told(now_in_the_database())
    for folder in Folder.objects.all():
        told.nodes[folder.pk] = as_answer(who_can(place_of(folder.pk)))
    for document in Document.objects.select_related("folder"):
        place = place_of(document.folder_id)
        told.nodes[document.pk] = as_answer(who_can(place, document=document))
    return told


def act(company: Company, rows: Planted, step: tuple[str, int, int, int]) -> None:
    verb, pick, other, role = step
    owner = company.people[0]
    nodes = [*rows.folders, *rows.documents]
    node, member = nodes[pick % len(nodes)], company.people[other % len(company.people)]
    kind = 0 if isinstance(node, Folder) else 1
    team = company.teams[1 + pick % (TEAMS - 1)]
    to = Principal("user", member.user_id) if pick % 2 else Principal("team", team.pk)
    grants = [pk for model in GRANTS for pk in model.objects.values_list("pk", flat=True)]
    target = rows.folders[other % len(rows.folders)].pk
    flows: dict[str, tuple[Any, Any]] = {
        "give": (grant_on_folder, grant_on_document),
        "restrict": (restrict_folder, restrict_document),
        "open": (open_folder, open_document),
        "move": (move_folder, move_document),
        "trash": (trash_folder, trash_document),
        "restore": (restore_node, restore_node),
    }
    more: dict[str, dict[str, Any]] = {"give": {"to": to, "role": role}, "move": {"to": target}}
    if verb in flows:
        flows[verb][kind](owner, node.pk, **more.get(verb, {}))
    elif verb == "take":
        revoke_grant(owner, grants[pick % len(grants)])
    elif verb == "seat":
        seats(company, member.membership_id, pick)
    else:
        change = add_to_team if verb == "join" else remove_from_team
        change(owner, team.pk, member.membership_id)


def seats(company: Company, membership: UUID, pick: int) -> None:
    """A change of role, or, seldom, the end of it."""
    owner = company.people[0]
    if membership == owner.membership_id:
        return
    if pick % 5 == 0:
        end_membership(owner, membership)
    elif Membership.objects.filter(pk=membership).exists():
        roles = [MembershipRole.ADMIN, MembershipRole.MEMBER, MembershipRole.GUEST]
        change_role(owner, membership, to=roles[pick % 3])


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


def check(company: Company, world: object, plan: list[tuple[str, int, int, int]]) -> None:
    with scope(company.tenant_id), transaction.atomic():
        before = now_in_the_database()
        rows = planted(company, world)  # type: ignore[arg-type]
        history = [record_now()]
        for step in plan:
            try:
                with transaction.atomic():
                    act(company, rows, step)
            except (Refused, IndexError, ZeroDivisionError):
                continue
            history.append(record_now())
        for told in history:
            for node in [*rows.folders, *rows.documents]:
                past = who_could(node, told.at)
                if node.pk in told.nodes:
                    assert past.state == "there"
                    assert as_answer(past.people) == told.nodes[node.pk]
                else:
                    assert past.state == "trashed"
                    assert past.people == {}
                assert who_could(node, before).state == "absent"
        transaction.set_rollback(True)


@given(worlds(most_folders=5), steps)
@settings(in_the_database, max_examples=10)
def test_the_past_is_as_it_was_recorded(
    company: Company, world: object, plan: list[tuple[str, int, int, int]]
) -> None:
    check(company, world, plan)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(worlds(), steps.map(lambda some: some * 2))
@settings(in_the_database, max_examples=300)
def test_the_past_is_as_it_was_recorded_over_long_sequences(
    company: Company, world: object, plan: list[tuple[str, int, int, int]]
) -> None:
    check(company, world, plan)
