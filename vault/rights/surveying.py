"""The rows for `vault.access.effect`: a region of the tree, lot by lot.

A folder is a *mark* where the keys may differ from those of the folder around it: at a wall, where
keys were given, and where the region begins. Everything else has the keys of the nearest mark
above it. So a folder with 100,000 documents is a few lots, counted by the database.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tenants.models import Team
from tenants.scoping import tenant_in_scope
from vault.access import Key, Place, Role
from vault.access.effect import Lot, Survey
from vault.models import Document, among, places_of
from vault.models.grants import roles_by_permission
from vault.rights.explaining import administrators, document_keys, folder_keys, people_in

LIVE: Final = "(g.expires_at IS NULL OR g.expires_at > %(now)s)"
NEAREST: Final = f"""
    WITH beneath AS (
        SELECT f.id, f.restricted FROM vault_folder f
        WHERE f.tenant_id = %(tenant)s AND f.trashed_id IS NULL AND f.id IN (
            SELECT descendant_id FROM vault_folderclosure
            WHERE tenant_id = %(tenant)s AND ancestor_id = ANY(%(folders)s))
    ), marks AS (
        SELECT b.id FROM beneath b WHERE b.restricted OR b.id = ANY(%(folders)s)
        UNION SELECT b.id FROM beneath b JOIN vault_folderusergrant g
            ON g.tenant_id = %(tenant)s AND g.content_object_id = b.id AND {LIVE}
        UNION SELECT b.id FROM beneath b JOIN vault_folderteamgrant g
            ON g.tenant_id = %(tenant)s AND g.content_object_id = b.id AND {LIVE}
    ), nearest AS (
        SELECT DISTINCT ON (line.descendant_id)
               line.descendant_id AS folder, line.ancestor_id AS mark
        FROM vault_folderclosure line JOIN marks m ON m.id = line.ancestor_id
        WHERE line.tenant_id = %(tenant)s AND line.descendant_id IN (SELECT id FROM beneath)
        ORDER BY line.descendant_id, line.distance
    )
"""
FOLDERS: Final = f"{NEAREST} SELECT mark, count(*) FROM nearest GROUP BY mark"
# A document's own keys, as texts of principal and permission: documents that are held alike are
# one lot, however many there are.
DOCUMENTS: Final = f"""
    {NEAREST}, lying AS (
        SELECT d.id, d.restricted, n.mark FROM vault_document d JOIN nearest n
            ON n.folder = d.folder_id
        WHERE d.tenant_id = %(tenant)s AND d.trashed_id IS NULL AND d.id <> ALL(%(watched)s)
    ), own AS (
        SELECT document, array_agg(key ORDER BY key) AS keys FROM (
            SELECT l.id AS document, g.user_id::text || ' ' || g.permission_id AS key
            FROM lying l JOIN vault_documentusergrant g
                ON g.tenant_id = %(tenant)s AND g.content_object_id = l.id AND {LIVE}
            UNION ALL
            SELECT l.id, t.id::text || ' ' || g.permission_id
            FROM lying l JOIN vault_documentteamgrant g
                ON g.tenant_id = %(tenant)s AND g.content_object_id = l.id AND {LIVE}
            JOIN tenants_team t ON t.tenant_id = %(tenant)s AND t.group_id = g.group_id
        ) k GROUP BY document
    )
    SELECT l.mark, l.restricted, own.keys, count(*)
    FROM lying l LEFT JOIN own ON own.document = l.id GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where marks stand, and the keys that reach each of them."""

    places: Mapping[UUID, Place]
    keys: Mapping[UUID, list[Key]]  # by folder

    @classmethod
    def of(cls, folders: Collection[UUID], teams: dict[int, UUID]) -> "Ground":
        places = places_of(folders)
        keys: dict[UUID, list[Key]] = {}
        for key in folder_keys({f for p in places.values() for f in p.within_reach}, teams):
            keys.setdefault(key.node, []).append(key)
        return cls(places, keys)

    def reaching(self, folder: UUID) -> list[Key]:
        within = self.places[folder].within_reach
        return [key for above in within for key in self.keys.get(above, [])]


def survey(folders: Collection[UUID], watched: Collection[UUID] = ()) -> Survey:
    """What lies in these folders and beneath them, and these documents, wherever they lie.

    Each document of `watched` is a lot of its own, by its id. A constant number of queries.
    """
    teams = dict(Team.objects.values_list("group_id", "pk"))
    inside = counted(FOLDERS, folders, watched)
    lying = counted(DOCUMENTS, folders, watched)
    seen = list(Document.objects.filter(pk__in=among(watched)).only("pk", "folder", "restricted"))
    ground = Ground.of({*(row[0] for row in inside), *(d.folder_id for d in seen)}, teams)
    own: dict[UUID, list[Key]] = {}
    for key in document_keys([document.pk for document in seen], teams):
        own.setdefault(key.node, []).append(key)
    lots: dict[Hashable, Lot] = {}
    for mark, number in inside:
        lots["folder", mark] = Lot(strongest(ground.reaching(mark)), folders=number)
    for mark, restricted, texts, number in lying:
        held = strongest([] if restricted else ground.reaching(mark), texts or ())
        lots["lying", mark, restricted, *(texts or ())] = Lot(held, documents=number)
    for document in seen:
        above = [] if document.restricted else ground.reaching(document.folder_id)
        held = strongest([*above, *own.get(document.pk, [])])
        lots[document.pk] = Lot(held, documents=1)
    return Survey(lots, crowds(lots.values(), teams.values()), administrators())


def counted(
    query: str, folders: Collection[UUID], watched: Collection[UUID]
) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "tenant": tenant_in_scope(),
        "folders": list(folders),
        "watched": list(watched),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def strongest(keys: Iterable[Key], texts: Iterable[str] = ()) -> dict[UUID, Role]:
    """The strongest role of each principal, of these keys and of those told as texts."""
    roles = roles_by_permission()
    told = (text.split(" ") for text in texts)
    held: list[tuple[UUID | None, Role]] = [(key.user or key.team, key.role) for key in keys]
    held += [(UUID(principal), roles[int(permission)]) for principal, permission in told]
    best: dict[UUID, Role] = {}
    for principal, role in held:
        if principal is not None:
            best[principal] = max(role, best.get(principal, Role.NONE))
    return best


def crowds(lots: Iterable[Lot], teams: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The people in each team that holds a key in the region."""
    holders = {principal for lot in lots for principal in lot.keys}
    named = holders.intersection(teams)
    people = people_in(named)
    return {team: frozenset(people.get(team, ())) for team in named}
