"""Two organisations with a row of every kind, and names that nobody else has."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from sharing.flows.create import Terms, create_link
from sharing.flows.redeem import begin_download
from sharing.tokens import token_of as link_token
from tenants.actor import Member, Trace
from tenants.flows.teams import add_to_team, create_team
from tenants.models import ApiToken, Organisation, Team
from tenants.scoping import scope
from tests.cast import Acme, Rival, member
from tests.factories import pdf, put
from tests.house.catalogue import ask, open_tables
from tests.tenants.scene import settle_the_trail, token_of
from vault import quota
from vault.access import Role
from vault.flows.ask import ask_for_document
from vault.flows.bulk import move_all
from vault.flows.choose import ticked
from vault.flows.download import download
from vault.flows.folders import create_folder, rename_folder
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.rename import rename
from vault.flows.star import star_document, star_folder
from vault.flows.trash import trash_document, trash_folder
from vault.flows.visit import look_at
from vault.models import AccessRequest, Blob, Document, Folder, Job
from vault.names import DisplayName
from vault.storage.keys import blob_key


@dataclass(frozen=True, slots=True)
class Furnished:
    """An organisation with at least one row in every table that has a tenant."""

    slug: str
    owner: Member
    other: Member  # a member, without an office
    folder: Folder
    document: Document
    team: Team
    grant_id: UUID
    link_id: UUID
    trashing_id: UUID
    request_id: UUID
    job_id: UUID
    token: str  # of the link

    def ids(self, *, slug: str = "") -> dict[str, object]:
        return {
            "org": slug or self.slug,
            "folder_id": self.folder.pk,
            "document_id": self.document.pk,
            "grant_id": self.grant_id,
            "link_id": self.link_id,
            "trashing_id": self.trashing_id,
            "request_id": self.request_id,
            "job_id": self.job_id,
            "number": 1,
            "form": "csv",
            "membership_id": self.other.membership_id,
            "team_id": self.team.pk,
        }


@dataclass(frozen=True, slots=True)
class Two:
    """Acme, full of names that occur nowhere else, and the rival's, where Mallory rules."""

    acme: Acme
    ours: Furnished
    canaries: set[str]
    rival: Rival
    hers: Furnished


def furnish(slug: str, owner: Member, other: Member, folder: Folder, mark: str) -> Furnished:
    """Flows make what they can; `mark` goes into every name."""
    document = put(owner, folder.pk, f"{mark} paper.pdf", pdf(mark))
    lost = put(owner, folder.pk, f"{mark} lost.pdf", pdf(mark))
    with scope(owner.tenant_id):
        team = create_team(owner, name=f"{mark} team")
        add_to_team(owner, team.pk, other.membership_id)
        crowd, person = Principal("team", team.pk), Principal("user", other.user_id)
        grant = grant_on_folder(owner, folder.pk, to=person, role=Role.READ)
        grant_on_folder(owner, folder.pk, to=crowd, role=Role.READ)
        grant_on_document(owner, document.pk, to=person, role=Role.READ)
        grant_on_document(owner, document.pk, to=crowd, role=Role.READ)
        link = create_link(owner, document.pk, terms=Terms(label=f"{mark} link", pinned=True))
        download(owner, document.pk)
        look_at(owner, document.pk)
        star_document(owner, document.pk)
        star_folder(owner, folder.pk)
        ask_for_document(other, document.pk, role=Role.MANAGE, note=f"{mark} note")
        asked = AccessRequest.objects.get()
        begin_upload(owner)
        token = link_token(link)
        gone = create_folder(owner, folder.pk, name=DisplayName(f"{mark} gone"))
        trash_folder(owner, gone.pk)
        trashing = trash_document(owner, lost.pk)
        archive = create_folder(owner, folder.pk, name=DisplayName(f"{mark} archive"))
        job = move_through_a_token(owner, [document.pk, lost.pk], to=archive)
    begin_download(token, trace=Trace())
    token_of(other)
    settle_the_trail()
    return Furnished(
        slug=slug,
        owner=owner,
        other=other,
        folder=folder,
        document=document,
        team=team,
        grant_id=grant.pk,
        link_id=link.pk,
        trashing_id=trashing.pk,
        request_id=asked.pk,
        job_id=job.pk,
        token=token,
    )


def move_through_a_token(owner: Member, documents: list[UUID], *, to: Folder) -> Job:
    token_of(owner)
    through = ApiToken.objects.get(membership=owner.membership_id)
    return move_all(owner, ticked([], documents), to=to.pk, token=through.pk)


def begin_upload(actor: Member) -> None:
    """What stands in the tables while bytes are on their way."""
    blob_id = uuid7()
    Blob.objects.create(
        pk=blob_id,
        tenant_id=actor.tenant_id,
        owner_id=actor.user_id,
        file=blob_key(actor.tenant_id, actor.user_id, blob_id, at=timezone.now()),
        reservation=quota.reserve(actor.tenant_id, actor.user_id, 100),
    )


def mark_acme(acme: Acme) -> tuple[Furnished, set[str]]:
    """Acme with names like no other, and those names with every address in it."""
    mark = f"canary-{uuid4().hex}"
    people = [acme.alice, acme.bob, acme.carol, acme.dan]
    Organisation.objects.filter(pk=acme.tenant_id).update(name=f"{mark} Ltd")
    for person in people:
        User.objects.filter(pk=person.user_id).update(name=f"{mark} person")
    with scope(acme.tenant_id):
        rename_folder(acme.alice, acme.folder.pk, to=DisplayName(f"{mark} folder"))
        rename(acme.alice, acme.contract.pk, to=DisplayName(f"{mark} contract.pdf"))
    addresses = User.objects.filter(pk__in=[person.user_id for person in people])
    found = furnish(acme.slug, acme.alice, acme.bob, acme.folder, mark)
    return found, {mark, *addresses.values_list("email", flat=True)}


def furnish_rival(slug: str, mallory: Member, root: Folder) -> Furnished:
    with scope(mallory.tenant_id):
        other = member(mallory, "oscar")
        folder = create_folder(mallory, root.pk, name=DisplayName("rival folder"))
    return furnish(slug, mallory, other, folder, "rival")


def fingerprint(tenant_id: UUID, files: Path) -> dict[str, object]:
    """Every row and every byte of an organisation, so that no change goes unseen."""
    rows: dict[str, object] = {}
    with scope(tenant_id):
        for table in sorted(open_tables()):
            (rows[table],) = ask(
                "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)))"
                f" FROM {table} t"
            )
    rows["tenants_organisation"] = ask(
        "SELECT t::text FROM tenants_organisation t WHERE id = %s", tenant_id
    )
    lying = [path for path in sorted(files.rglob("*")) if path.is_file()]
    mine = [path for path in lying if f"/tenants/{tenant_id}/" in str(path)]
    return rows | {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in mine}
